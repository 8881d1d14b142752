import { brokenRules } from './reply-rules.js';
import type { Shown, Talk } from './talk.js';
import type { Exchange, Expected, Transcript } from './transcript.js';

/** Plays a transcript; what went otherwise than it says, each with its line, and all that was said. */
export async function play(
  transcript: Transcript,
  talk: Talk,
): Promise<{ faults: string[]; record: string[] }> {
  const faults: string[] = [];
  const record: string[] = [];
  for (const exchange of transcript.exchanges) {
    const shown = await act(exchange, talk);
    record.push(`> ${JSON.stringify(exchange.action)}`, ...shown.map(recordOf));
    faults.push(...faultsOf(exchange, shown));
  }
  faults.push(...(await repeatedFixes(talk)));
  return { faults, record };
}

async function act({ action }: Exchange, talk: Talk): Promise<Shown[]> {
  switch (action.do) {
    case 'join':
      return talk.join();
    case 'type':
      return talk.type(action.text);
    case 'press':
      return talk.press(action.label, action.isOld);
    case 'attach':
      return talk.attach(action.name, action.contentType);
    case 'open':
      return talk.open(action.context);
    case 'later':
      talk.wait(action.ms);
      return [];
    case 'restart':
      await talk.restart();
      return [];
  }
}

function recordOf({ text, activity, reply }: Shown): string {
  const labels = (reply?.choices ?? []).map((choice) => `[${choice.label}]`).join(' ');
  return activity.type === 'event' ? `< (${activity.name})` : `< ${text} ${labels}`;
}

function faultsOf(exchange: Exchange, shown: readonly Shown[]): string[] {
  const faults: string[] = [];
  let from = 0;
  for (const expected of exchange.says) {
    const at = shown.findIndex((one, index) => index >= from && contains(one, expected));
    if (at < 0) faults.push(`line ${expected.line}: no reply says "${expected.parts.join(' ... ')}"`);
    else from = at;
  }
  for (const expected of exchange.saysNot) {
    if (shown.some((one) => contains(one, expected))) {
      faults.push(`line ${expected.line}: a reply says "${expected.parts.join(' ... ')}"`);
    }
  }
  const isSilent = exchange.action.do === 'later' || exchange.action.do === 'restart';
  if (shown.length === 0 && !isSilent && exchange.action.do !== 'open') {
    faults.push(`line ${exchange.line}: nothing is answered`);
  }
  for (const one of shown) {
    for (const rule of brokenRules(one)) faults.push(`line ${exchange.line}: a reply ${rule}: ${one.text}`);
  }
  return faults;
}

function contains(shown: Shown, { parts }: Expected): boolean {
  const said = shown.activity.type === 'event' ? (shown.activity.name ?? '') : saidWith(shown);
  let from = 0;
  for (const part of parts) {
    const at = said.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** The text with its buttons behind it, so that a line may name those too. */
function saidWith({ text, reply, activity }: Shown): string {
  if (activity.suggestedActions === undefined) return text;
  return `${text} ${(reply?.choices ?? []).map((choice) => choice.label).join(' ')}`;
}

/** Fixes that were offered after they had failed on this phone. */
async function repeatedFixes(talk: Talk): Promise<string[]> {
  const { db } = await talk.host();
  const facts = await db.selectFrom('facts').select(['kind', 'detail_json']).orderBy('at').execute();
  const failed = new Set<unknown>();
  const faults: string[] = [];
  for (const { kind, detail_json } of facts) {
    const { fix, outcome } = JSON.parse(detail_json);
    if (kind === 'outcome' && outcome !== 'worked') failed.add(fix);
    if (kind === 'offered' && failed.has(fix)) faults.push(`${fix} is offered again after it failed`);
  }
  return faults;
}
