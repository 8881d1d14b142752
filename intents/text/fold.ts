const quotes = new Map([
  ['\u2018', "'"],
  ['\u2019', "'"],
  ['\u201b', "'"],
  ['\u02bc', "'"],
  ['`', "'"],
  ['\u00b4', "'"],
  ['\u201c', '"'],
  ['\u201d', '"'],
  ['\u201e', '"'],
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['\u2013', '-'],
  ['\u2014', '-'],
  ['\u2212', '-'],
]);

const plainAscii = /^[\x20-\x7e]*$/;

function foldUnit(unit: string): string {
  const quote = quotes.get(unit);
  if (quote !== undefined) return quote;
  const folded = unit.normalize('NFKC').toLowerCase();
  return folded.length === 1 ? folded : unit;
}

/**
 * The text in lower case with plain quotes, dashes and full-width letters, of exactly the same length,
 * so that every offset in it is an offset in the original.
 */
export function foldText(text: string): string {
  if (plainAscii.test(text)) return text.toLowerCase().replaceAll('`', "'");
  let folded = '';
  for (let index = 0; index < text.length; index++) {
    const unit = text.charAt(index);
    const isControl = unit < ' ' || unit === '\u00a0' || unit === '\u200b' || unit === '\ufeff';
    folded += isControl ? ' ' : unit <= '~' ? unit.toLowerCase() : foldUnit(unit);
  }
  return folded.replaceAll('`', "'");
}
