import { parseArgs } from 'node:util';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { tryLines } from '../contract/try-lines.js';

const { values } = parseArgs({
  allowPositionals: true,
  options: { wordings: { type: 'string', default: '10' }, faults: { type: 'string', default: '0' } },
});
const { places, figures } = await tryLines(loadBrain(projectRoot()), Number(values.wordings));
const kinds = new Map<string, number>();
for (const { cursor } of places) kinds.set(cursor.kind, (kinds.get(cursor.kind) ?? 0) + 1);
const counts = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
console.log(`${places.length} places (${counts}), ${values.wordings} wordings each`);
for (const { line, tried, kept, faults } of figures) {
  console.log(
    `${line.padEnd(9)} ${String(kept).padStart(5)} of ${tried}  ${((100 * kept) / tried).toFixed(1)} %`,
  );
  const byText = new Map<string, string[]>();
  for (const { text, place } of faults) {
    const wording = /restart/.test(text) && line === 'two' ? 'two' : text;
    byText.set(wording, [...(byText.get(wording) ?? []), `${JSON.stringify(place.cursor)} "${text}"`]);
  }
  const most = [...byText].sort(([, a], [, b]) => b.length - a.length).slice(0, Number(values.faults));
  for (const [text, ones] of most) console.log(`    ${ones.length}x ${text}: ${ones.slice(0, 4).join('; ')}`);
}
