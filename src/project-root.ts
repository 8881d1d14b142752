import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: the nearest above this file that holds package.json and the content. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'knowledge', 'words.yaml')) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}

/** Reads the settings of the file .env, where there is one, into the environment; what is set there already stays. */
export function loadDotEnv(root: string): void {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
