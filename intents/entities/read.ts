import type { Lexicon, LexiconReader } from '../lexicon.js';
import type { Token } from '../text/tokens.js';
import { findDurations, findPercents } from './figures.js';
import type { FoundValue } from './found.js';
import { findModels } from './models.js';
import { createNamedFinder } from './named.js';
import { findOsVersions } from './os-version.js';

/** Entities of one message, amounts and speeds apart. */
export interface ReadEntities {
  found: FoundValue[];
  percents: number[];
  durationsHours: number[];
}

/** Reads the entities of a message from its folded text and its tokens. */
export type EntityReader = (
  folded: string,
  tokens: readonly Token[],
  isVersionAsked: boolean,
) => ReadEntities;

/** Builds the reader over the entities of `lexicon`. */
export function createEntityReader(lexicon: Lexicon, reader: LexiconReader): EntityReader {
  const findNamed = createNamedFinder(lexicon, reader);
  const yesNo = reader.trieOf({ yes: lexicon.cues.yes ?? [], no: lexicon.cues.no ?? [] });
  return (folded, tokens, isVersionAsked) => {
    const percents = findPercents(folded);
    const durations = findDurations(folded);
    const answer = yesNo.matchAt(tokens, 0);
    const found: FoundValue[] = [
      ...findNamed(tokens),
      ...findModels(folded),
      ...findOsVersions(folded, isVersionAsked),
      ...percents.map(({ entity, value, span }) => ({ entity, value, span })),
      ...durations.map(({ entity, value, span }) => ({ entity, value, span })),
    ];
    if (answer !== undefined) {
      found.push({ entity: 'yesNo', value: answer.value, span: { start: answer.start, end: answer.end } });
    }
    return {
      found: found.sort((one, other) => one.span.start - other.span.start),
      percents: percents.map((one) => one.percent),
      durationsHours: durations.map((one) => one.hours),
    };
  };
}
