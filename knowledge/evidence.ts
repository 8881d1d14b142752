import { z } from 'zod';
import type { AmountName } from './schema.js';

/** Who said it, and how: a page's values are untrusted, a person's own words correct everything else. */
const sourceSchema = z.enum(['typed', 'chosen', 'inferred', 'agent', 'page']);

const factSchema = z.object({ answer: z.string(), source: sourceSchema, at: z.number() });

/** What is known about one phone; an older or broken shape is read as far as it goes. */
export const evidenceSchema = z.object({
  /** Question id to the answer given. */
  facts: z
    .record(z.string(), factSchema)
    .catch(() => ({}))
    .default(() => ({})),
  /** Bytes; `uploadSpeed` in bits a second, `elapsedHours` in hours. */
  amounts: z
    .record(z.string(), z.number())
    .catch(() => ({}))
    .default(() => ({})),
  /** Causes whose exact vendor text the person quoted. */
  errors: z
    .array(z.object({ cause: z.string(), text: z.string() }))
    .catch(() => [])
    .default(() => []),
  /** Topics the person complained of, and topics they ruled out. */
  topics: z
    .array(z.string())
    .catch(() => [])
    .default(() => []),
  ruledOut: z
    .array(z.string())
    .catch(() => [])
    .default(() => []),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceSource = z.infer<typeof sourceSchema>;

const ledgerEntrySchema = z.object({
  outcome: z.enum(['worked', 'failed', 'partly', 'cannot', 'notThere']),
  by: z.enum(['bot', 'agent', 'person']),
  at: z.number(),
});

/** Every fix tried on one phone with what came of it, fix id to entry. */
export const ledgerSchema = z
  .record(z.string(), ledgerEntrySchema)
  .catch(() => ({}))
  .default(() => ({}));

export type Ledger = z.infer<typeof ledgerSchema>;
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
export type FixOutcome = LedgerEntry['outcome'];

/** Answer id of "not sure": asked, and of no help. */
export const unsure = 'unsure';

/** Evidence of a phone that nothing is known of. */
export function emptyEvidence(): Evidence {
  return { facts: {}, amounts: {}, errors: [], topics: [], ruledOut: [] };
}

/** Amount known under this name; undefined when it is not. */
export function amountOf(evidence: Evidence, name: AmountName): number | undefined {
  return evidence.amounts[name];
}
