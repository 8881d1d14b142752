import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { loadWords } from '../../knowledge/words.js';
import { type Config, ConfigError, readSettings } from '../config.js';
import { loadDotEnv, projectRoot } from '../project-root.js';
import { colourIcon, outlineIcon } from '../teams/icons.js';
import { type ManifestSettings, manifestOf } from '../teams/manifest.js';
import { toPng } from '../teams/png.js';
import { toZip } from '../teams/zip.js';

/** Where the package is written, from the folder of the project. */
const target = 'dist/teams/backup-medic.zip';

function main(): void {
  const root = projectRoot();
  loadDotEnv(root);
  const settings = settingsOf(readSettings(), root);
  const manifest = manifestOf(settings, loadWords(join(root, 'knowledge/words.yaml')));
  const file = join(root, target);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    toZip([
      { name: 'manifest.json', body: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
      { name: 'color.png', body: toPng(colourIcon()) },
      { name: 'outline.png', body: toPng(outlineIcon()) },
    ]),
  );
  console.log(
    `${relative(process.cwd(), file)} is ready for ${settings.publicUrl}, version ${settings.version}.`,
  );
  console.log('In Teams: Apps, Manage your apps, Upload an app.');
}

/** What the package needs. @throws ConfigError naming all that is missing. */
function settingsOf(config: Config, root: string): ManifestSettings {
  const { MicrosoftAppId: appId, PUBLIC_URL: publicUrl } = config;
  const faults: string[] = [];
  if (appId === undefined) {
    faults.push('MicrosoftAppId must be set: the GUID of the app registration behind the Azure Bot');
  }
  if (publicUrl === undefined || !publicUrl.startsWith('https://')) {
    faults.push('PUBLIC_URL must be set to the https address under which Teams finds the bot');
  }
  if (appId === undefined || publicUrl === undefined || faults.length > 0) throw new ConfigError(faults);
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return {
    appId,
    publicUrl,
    developerName: config.TEAMS_DEVELOPER_NAME,
    privacyUrl: config.PRIVACY_URL ?? publicUrl,
    termsUrl: config.TERMS_URL ?? publicUrl,
    version,
  };
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
