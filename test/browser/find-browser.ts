import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { projectRoot } from '../../src/project-root.js';

const installHint = 'npx playwright-core install --with-deps chromium';
const pathNames = ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge'];
const usualPlaces = [
  '/opt/google/chrome/chrome',
  '/opt/microsoft/msedge/msedge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
/** Containers and root accounts have no sandbox to offer. */
const args = ['--no-sandbox', '--font-render-hinting=none'];

/**
 * A headless browser: an installed Chrome, Edge or Chromium, else the packaged one; undefined when none runs,
 * after one line that says what to install. @throws Error instead where CI is set.
 */
export async function findBrowser(): Promise<Browser | undefined> {
  for (const candidate of candidates()) {
    const browser = await candidate()
      .then(launch)
      .catch(() => undefined);
    if (browser !== undefined) return browser;
  }
  const message = `No Chrome, Edge or Chromium runs here, so the browser tests cannot: ${installHint}`;
  if (process.env.CI) throw new Error(message);
  process.stderr.write(`${message}\n`);
  return undefined;
}

/** Only what is there is tried: a launch that finds nothing leaves its folders behind. */
function candidates(): (() => Promise<LaunchOptions>)[] {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => pathNames.map((name) => join(folder, name)));
  const windows = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
    ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) =>
      join(process.env[name] ?? '/', file),
    ),
  );
  const there = [...usualPlaces, ...windows, ...onPath, chromium.executablePath()].filter((file) =>
    existsSync(file),
  );
  return [
    ...there.map((executablePath) => async () => ({ executablePath })),
    async () => ({ executablePath: await unpackChromium() }),
  ];
}

function launch(options: LaunchOptions): Promise<Browser> {
  return chromium.launch({ ...options, args, timeout: 30_000 });
}

/** Unpacks the packaged Chromium (Linux x64) once; the package itself would take any file that lies in /tmp. */
async function unpackChromium(): Promise<string> {
  const folder = join(projectRoot(), '.cache/chromium');
  const executable = join(folder, 'chromium');
  if (existsSync(executable)) return executable;
  const part = `${folder}.${process.pid}`;
  mkdirSync(part, { recursive: true });
  const { TMPDIR } = process.env;
  try {
    process.env.TMPDIR = part;
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    // Another test file may have been faster: its browser is as good.
    if (!existsSync(executable)) renameSync(part, folder);
  } catch (error) {
    if (!existsSync(executable)) throw error;
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(part, { recursive: true, force: true });
  }
  return executable;
}
