/** Every so many messages are sent once more after they were taken, as channels do that missed the answer. */
export const repeatEvery = 3;

/** Twenty messages of which each depends on those before it. */
export const talk: readonly string[] = [
  'not enough storage',
  'iphone',
  'icloud',
  '1.2 GB free, 4.5 GB needed',
  'why',
  'no, only this one',
  'photos',
  'back',
  'not sure',
  'repeat',
  'help',
  'skip',
  'done',
  'still failing',
  'why',
  'skip',
  'back',
  'skip',
  'still failing',
  'no wait, it is an android',
];
