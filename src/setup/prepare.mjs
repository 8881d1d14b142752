import { build, isBuilt } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { SetupError, tell } from './run.mjs';
import { isTrained, train } from './train.mjs';
import { fetchWebchat, isWebchatFetched } from './webchat.mjs';

/** What must be there before any script runs, in this order; each step says itself whether it is done. */
const steps = [
  { isDone: isInstalled, make: install },
  { isDone: isWebchatFetched, make: fetchWebchat },
  { isDone: isBuilt, make: build },
  { isDone: isTrained, make: train },
];

/** Installs, fetches, builds and trains what is missing or out of date; leaves with code 1 and one line when it cannot. */
export async function prepare() {
  try {
    if (steps.every((step) => step.isDone())) return;
    await withLock(async () => {
      for (const step of steps) if (!step.isDone()) await step.make();
    });
  } catch (error) {
    tell(lineFor(error));
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function lineFor(error) {
  if (error instanceof SetupError) return error.message;
  return `Setup failed: ${error instanceof Error ? error.message : String(error)}`;
}
