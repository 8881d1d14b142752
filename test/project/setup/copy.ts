import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that holds the setup and a project of one source, with a stand-in for npm. */
export class ProjectCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'setup-'));

  /** As after `git clone`, but with the Web Chat file, which only the real npm could fetch. */
  static fresh(): ProjectCopy {
    const copy = new ProjectCopy();
    for (const name of ['setup.mjs', 'setup', 'dev.mjs']) {
      cpSync(join('src', name), join(copy.folder, 'src', name), { recursive: true });
    }
    cpSync('test/project/setup/fake-npm.mjs', join(copy.folder, 'npm-cli.js'));
    copy.write('package.json', '{"type":"module","devDependencies":{"typescript":"1.0.0"}}');
    copy.write('package-lock.json', '{"packages":{"node_modules/typescript":{"version":"1.0.0"}}}');
    for (const name of ['tsconfig.json', 'tsconfig.build.json']) copy.write(name, '{}');
    for (const room of ['knowledge', 'dialogs']) mkdirSync(join(copy.folder, room));
    copy.write('src/main.ts', '');
    copy.write('intents/train.ts', '');
    const integrity = /sha512-[\w+/=]+/.exec(copy.read('src/setup/webchat.mjs'))?.[0] ?? '';
    copy.write('dist/web/webchat.stamp', integrity);
    for (const name of ['webchat.js', 'webchat.js.LICENSE.txt']) copy.write(`dist/web/${name}`, 'kept');
    return copy;
  }

  /** Another folder with the same content. */
  clone(): ProjectCopy {
    const copy = new ProjectCopy();
    cpSync(this.folder, copy.folder, { recursive: true });
    return copy;
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.folder, path, '..'), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** The file's text; empty when there is none. */
  read(path: string): string {
    return this.has(path) ? readFileSync(join(this.folder, path), 'utf8') : '';
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  remove(path = '.'): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, npm_execpath: join(this.folder, 'npm-cli.js'), NODE_ENV: 'production' };
  }

  setUp(...nodeOptions: string[]): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, [...nodeOptions, 'src/setup.mjs'], {
      cwd: this.folder,
      encoding: 'utf8',
      env: this.environment,
    });
  }
}
