const units = new Map<string, number>([
  ['zero', 0],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['eleven', 11],
  ['twelve', 12],
  ['fifteen', 15],
  ['sixteen', 16],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['seventy', 70],
  ['eighty', 80],
  ['ninety', 90],
]);

const unitNames = [...units.keys()].join('|');

/** Source of a pattern for a quantity in words or figures, without groups; `readQuantity` reads what it finds. */
export const quantityPattern =
  '(?:' +
  [
    '\\d+(?:[.,]\\d+)*\\s?½|½',
    '\\d+(?:[.,]\\d+)*(?: and a half| 1\\/2)?',
    `(?:${unitNames})(?:[ -](?:${unitNames}))?(?: hundred(?: and)?(?: (?:${unitNames}))?(?:[ -](?:${unitNames}))?)?(?: and a half)?`,
    'a hundred',
    '(?:a )?half (?:of )?an?|half',
    'a quarter of an?|quarter of an?',
    '(?:a )?couple(?: of)?',
    'an?',
  ].join('|') +
  ')';

/** The number that a found quantity means; undefined when it is none or too large to be one. */
export function readQuantity(text: string): number | undefined {
  const words = text.trim();
  const half = words.endsWith(' and a half') || words.endsWith(' 1/2') || words.endsWith('½') ? 0.5 : 0;
  const whole = words.replace(/\s*(?:and a half|1\/2|½)$/u, '').trim();
  if (whole === '') return half || undefined;
  if (/^\d/u.test(whole)) {
    const figure = readFigure(whole);
    return figure === undefined ? undefined : figure + half;
  }
  if (/quarter/u.test(whole)) return 0.25;
  if (/half/u.test(whole)) return 0.5;
  if (/couple/u.test(whole)) return 2;
  if (/^an?$/u.test(whole)) return 1 + half;
  return readWords(whole, half);
}

function readWords(words: string, half: number): number | undefined {
  let total = 0;
  for (const word of words.split(/[ -]+/u)) {
    if (word === 'hundred') total = (total || 1) * 100;
    else if (word === 'a') total = 1;
    else if (word !== 'and') total += units.get(word) ?? 0;
  }
  return total === 0 && !words.startsWith('zero') ? undefined : total + half;
}

/**
 * Reads "8.2", "3,1", "1,234" and "1.234,5". The last sign is the decimal one, but a comma before exactly three
 * figures, and a sign that stands more than once, part thousands. Undefined above fifteen figures.
 */
export function readFigure(figure: string): number | undefined {
  if (figure.replace(/\D/gu, '').length > 15) return undefined;
  const lastComma = figure.lastIndexOf(',');
  const lastPoint = figure.lastIndexOf('.');
  const decimal = lastComma > lastPoint ? ',' : '.';
  const decimalAt = Math.max(lastComma, lastPoint);
  if (decimalAt < 0) return Number(figure);
  const isRepeated = figure.indexOf(decimal) !== decimalAt;
  const onlyComma = lastPoint < 0 && decimal === ',';
  const partsThousands = onlyComma && /^[1-9]\d{0,2},\d{3}$/u.test(figure);
  const digits = figure.replace(/[.,]/gu, '');
  if (isRepeated || partsThousands) return Number(digits);
  const decimals = figure.length - decimalAt - 1;
  return Number(`${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals)}`);
}
