/** Every intent a message can have, without `oos` (out of scope), in the order of the taxonomy. */
export const intentNames = [
  'fix.storage',
  'fix.network',
  'fix.permissions',
  'fix.power',
  'fix.update',
  'fix.corrupted',
  'fix.settings',
  'fix.stuck',
  'fix.unknown',
  'fix.restore',
  'learn.causes',
  'learn.prevent',
  'learn.lean',
  'learn.schedule',
  'learn.prepare',
  'learn.verify',
  'learn.dataloss',
  'log.show',
  'data.export',
  'data.delete',
  'talk.greet',
  'talk.bye',
  'talk.thanks',
  'talk.help',
  'talk.bot',
  'talk.yes',
  'talk.no',
  'talk.fixed',
  'talk.notfixed',
  'talk.repeat',
  'talk.back',
  'talk.skip',
  'talk.why',
  'talk.restart',
  'talk.cancel',
  'talk.human',
  'talk.upset',
] as const;

/** One intent of the taxonomy. */
export type IntentName = (typeof intentNames)[number];

/** The intent of a message that is none of ours. */
export const outOfScope = 'oos';

/** What a message can be labelled with: an intent, or out of scope. */
export type Label = IntentName | typeof outOfScope;

/** How a person can report on the step or the fix that is open; read only while one is open. */
export const outcomeNames = [
  'done', // did the step; nothing said of whether the backup works
  'worked', // the backup works now
  'failed', // did it, and the backup still fails
  'partly', // better, not whole
  'cannot', // is not able or not willing: no router access, no money, no computer
  'notThere', // the menu, button or setting is not on this phone
  'alreadyDone', // tried it before this conversation
  'paused', // will do it later, or it is running now and takes time
] as const;

/** One outcome of a step or a fix, in the person's words. */
export type OutcomeName = (typeof outcomeNames)[number];
