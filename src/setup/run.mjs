import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A setup step that cannot go on; the message is one line that names the way out. */
export class SetupError extends Error {}

/** Writes one line to stderr: stdout belongs to the script that runs after the setup. @param {string} line */
export function tell(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs Node with `args`; resolves to whether it ended well. All output goes to stderr.
 * @param {string[]} args
 * @param {string} [cwd]
 */
export function runNode(args, cwd = root) {
  return runCommand(process.execPath, args, { cwd });
}

/**
 * Runs npm, the one that runs this script where there is one; resolves to whether it ended well.
 * `npm run -s` would otherwise silence its errors too, and what `npx -p` and `-c` were given would reach the
 * install scripts that call npx themselves.
 * @param {string[]} args
 * @param {string} [cwd]
 */
export function runNpm(args, cwd = root) {
  const loud = [
    ...args,
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--no-update-notifier',
  ];
  const { npm_config_call, npm_config_package, npm_execpath: cli, ...env } = process.env;
  if (cli?.endsWith('npm-cli.js')) return runCommand(process.execPath, [cli, ...loud], { cwd, env });
  return runCommand('npm', loud, { cwd, env, shell: process.platform === 'win32' });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, shell?: boolean }} options
 * @returns {Promise<boolean>}
 */
function runCommand(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}
