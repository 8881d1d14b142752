import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode, SetupError, tell } from './run.mjs';
import { filesBelow, hashOf, isStamped, stamp, unstamp } from './stamp.mjs';

const stampFile = 'dist/train.stamp';
const trainer = 'dist/intents/train.js';
const model = 'dist/intents/model.bin';

/** Whether the intent model was trained from these examples by this engine. */
export function isTrained() {
  return existsSync(join(root, model)) && isStamped(stampFile, hashOf(inputs()));
}

/** Trains the intent model. @throws SetupError when the trainer fails. */
export async function train() {
  const value = hashOf(inputs());
  tell('Training the intent model ...');
  unstamp(stampFile);
  if (!(await runNode([trainer]))) {
    throw new SetupError(
      'The intent model could not be trained: mend what is named above and run this again.',
    );
  }
  stamp(stampFile, value);
}

function inputs() {
  return filesBelow('intents', ['.ts', '.yaml']);
}
