const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Characters to one edit, unless another figure is given. */
const charsPerEdit = 8;

/**
 * The text with one random edit for every eight characters: a letter left out, put in, replaced, or swapped with the
 * next. `random` gives numbers in [0, 1).
 */
export function misspell(text: string, random: () => number, spacing = charsPerEdit): string {
  const units = [...text];
  const edits = Math.floor(text.length / spacing);
  for (let edit = 0; edit < edits; edit++) {
    const at = Math.floor(random() * units.length);
    const kind = Math.floor(random() * 4);
    const letter = letters.charAt(Math.floor(random() * letters.length));
    if (kind === 0) units.splice(at, 1);
    else if (kind === 1) units.splice(at, 0, letter);
    else if (kind === 2) units[at] = letter;
    else units.splice(at, 2, units[at + 1] ?? '', units[at] ?? '');
  }
  return units.join('');
}
