import { answersOf } from '../knowledge/belief.js';
import { unsure } from '../knowledge/evidence.js';
import { likelyCauses } from '../knowledge/explain.js';
import { phoneOf, suits } from '../knowledge/phone.js';
import { slotsFor } from '../knowledge/slots.js';
import { fill, formatList } from '../knowledge/text.js';
import type { Frame, HandoffSummary } from './frame.js';
import { endProblem } from './problem.js';

/** Where the vendor helps people himself, by platform (guide, "Apple or Google"). */
const vendorLinks = {
  apple: 'https://support.apple.com/en-us/102563',
  google: 'https://support.google.com/android/answer/2819582',
} as const;

/** Stops, sums up, raises the hand-off, and tells the person what happens next: all in this turn. */
export function handOver(frame: Frame, reason: 'asked' | 'exhausted' | 'unclear'): void {
  const summary = summaryOf(frame);
  const { words } = frame.brain.knowledge;
  frame.facts.push({ kind: 'handoff', detail: { reason, topic: frame.session.topic ?? '' } });
  const text = [...frame.leads.splice(0), words.say('handoff.next')].join(' ');
  frame.out.push({
    kind: 'reply',
    reply: {
      say: text,
      links: linksOf(frame),
    },
  });
  frame.out.push({ kind: 'reply', reply: { say: summaryText(frame, summary) } });
  frame.out.push({ kind: 'handoff', summary });
  endProblem(frame);
}

/** Where the vendor helps, both where the phone is not known, and what there is to read about the topic in hand. */
function linksOf(frame: Frame): { title: string; url: string }[] {
  const { words, topics } = frame.brain.knowledge;
  const phone = phoneOf(frame.device.evidence);
  const vendors = (['apple', 'google'] as const).filter(
    (vendor) => phone.platform === undefined || (vendor === 'google') === (phone.platform === 'android'),
  );
  const first = vendors.map((vendor) => ({
    title: words.say(`handoff.link.${vendor}`),
    url: vendorLinks[vendor],
  }));
  const links = topics.get(frame.session.topic ?? '')?.links ?? [];
  const more = links.filter((link) => suits(link.for, phone) && first.every(({ url }) => url !== link.url));
  return [...first, ...more.map(({ title, url }) => ({ title, url }))];
}

/** What is known and was tried, for the person who takes over. */
function summaryOf(frame: Frame): HandoffSummary {
  const { knowledge } = frame.brain;
  const { evidence, ledger } = frame.device;
  const slots = slotsFor(evidence, frame.locale);
  const told: string[] = [];
  for (const [id, answer] of answersOf(evidence)) {
    const given = knowledge.questions.get(id)?.answers.find((one) => one.id === answer);
    if (given === undefined || answer === unsure || ['platform', 'vendor', 'service'].includes(id)) continue;
    const clause = given.because === undefined ? undefined : fill(given.because, slots);
    if (clause !== undefined) told.push(clause);
  }
  const causes = likelyCauses(knowledge, evidence, ledger).map((cause) => cause.name);
  const fixes = Object.entries(ledger).map(([id, entry]) => ({
    fix: knowledge.fixes.get(id)?.name ?? id,
    outcome: knowledge.words.say(`outcome.${entry.outcome}`),
    by: entry.by,
  }));
  const errorText = evidence.errors.at(-1)?.text;
  return {
    phone: labelsOf(frame),
    evidence: told,
    causes: frame.session.topic === undefined && told.length === 0 && errorText === undefined ? [] : causes,
    fixes,
    ...(errorText === undefined ? {} : { errorText }),
  };
}

function labelsOf(frame: Frame): Record<string, string> {
  const { evidence } = frame.device;
  const labels: Record<string, string> = {};
  for (const field of ['platform', 'vendor', 'service', 'os']) {
    const answer = evidence.facts[field]?.answer;
    if (answer === undefined || answer === unsure) continue;
    const question = frame.brain.knowledge.questions.get(field);
    labels[field] = question?.answers.find((one) => one.id === answer)?.label ?? answer;
  }
  return labels;
}

/** The summary as lines that a person can copy. */
function summaryText(frame: Frame, summary: HandoffSummary): string {
  const { words } = frame.brain.knowledge;
  const list = (items: string[]) => formatList(items, frame.locale);
  const lines = [words.say('summary.title')];
  const phone = Object.values(summary.phone);
  lines.push(
    phone.length > 0 ? words.say('summary.phone', { phone: phone.join(', ') }) : words.say('summary.noPhone'),
  );
  if (summary.errorText !== undefined) lines.push(words.say('summary.error', { error: summary.errorText }));
  if (summary.evidence.length > 0)
    lines.push(words.say('summary.evidence', { evidence: list(summary.evidence) }));
  if (summary.causes.length > 0) lines.push(words.say('summary.causes', { causes: list(summary.causes) }));
  const tried = summary.fixes.map((one) => words.say('summary.fix', { fix: one.fix, outcome: one.outcome }));
  lines.push(
    tried.length > 0 ? words.say('summary.tried', { fixes: tried.join('; ') }) : words.say('summary.untried'),
  );
  return lines.join('\n');
}
