import type { Lexicon, LexiconReader } from '../lexicon.js';
import type { PhraseMatch } from '../text/phrase-trie.js';
import type { Token } from '../text/tokens.js';
import type { EntityName } from '../understanding.js';
import type { FoundValue } from './found.js';

/** Entities that are known by name: a lexicon lists their values. */
const namedEntities = ['platform', 'vendor', 'service', 'network', 'content', 'date', 'ordinal'] as const;

/** Words after which "messages" are no content of a phone. */
const notContent = new Set(['error', 'warning', 'the', 'this', 'same']);

/** A finder of the values that `lexicon` lists, in tokens read in its spelling. */
export function createNamedFinder(
  lexicon: Lexicon,
  reader: LexiconReader,
): (tokens: readonly Token[]) => FoundValue[] {
  const tries = namedEntities.map((entity) => ({
    entity,
    trie: reader.trieOf(lexicon.entities[entity] ?? {}),
  }));
  return (tokens) => {
    const services: PhraseMatch[] = [];
    const found: FoundValue[] = [];
    for (const { entity, trie } of tries) {
      for (const match of trie.findAll(tokens)) {
        if (entity === 'service') services.push(match);
        if (entity === 'content' && isPartOfName(match, services, tokens)) continue;
        found.push(toValue(entity, match));
      }
    }
    for (const vendor of found.filter((one) => one.entity === 'vendor')) {
      found.push({ entity: 'platform', value: 'android', span: vendor.span });
    }
    return found;
  };
}

function toValue(entity: EntityName, match: PhraseMatch): FoundValue {
  return { entity, value: match.value, span: { start: match.start, end: match.end } };
}

/** "google photos" names a service and no content; "error messages" are none either. */
function isPartOfName(
  match: PhraseMatch,
  services: readonly PhraseMatch[],
  tokens: readonly Token[],
): boolean {
  const isInService = services.some(
    (service) => service.value === 'google_photos' && service.from <= match.from && match.to <= service.to,
  );
  const before = tokens[match.from - 1]?.text ?? '';
  const isErrorMessage = match.value === 'messages' && notContent.has(before);
  return isInService || isErrorMessage;
}
