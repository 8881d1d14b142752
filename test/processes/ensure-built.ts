import { build, isBuilt } from '../../src/setup/build.mjs';

/** Makes sure that dist/ holds these very sources: processes run what `npm start` runs. */
export async function ensureBuilt(): Promise<void> {
  if (!isBuilt()) await build();
}
