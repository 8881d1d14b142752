import { parseArgs } from 'node:util';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { freshWordings } from '../contract/fresh-wordings.js';
import { findPlaces } from '../contract/places.js';
import { tryLines } from '../contract/try-lines.js';
import { wordings } from '../contract/wordings.js';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    wordings: { type: 'string', default: '10' },
    list: { type: 'string', default: 'both' },
    faults: { type: 'string', default: '0' },
  },
});
const each = Number(values.wordings);
const brain = loadBrain(projectRoot());
const { places, unreached } = await findPlaces(brain);
const kinds = new Map<string, number>();
for (const { cursor } of places) kinds.set(cursor.kind, (kinds.get(cursor.kind) ?? 0) + 1);
const counts = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
console.log(`${places.length} places (${counts}), ${unreached.length} unreached, ${each} wordings each`);
for (const [name, list] of Object.entries({ wordings, freshWordings })) {
  if (values.list !== 'both' && values.list !== name) continue;
  console.log(name);
  for (const { line, tried, kept, faults } of await tryLines(brain, places, { wordings: list, each })) {
    const share = `${((100 * kept) / tried).toFixed(1)} %`;
    console.log(`${line.padEnd(9)} ${String(kept).padStart(5)} of ${tried}  ${share}`);
    const byText = new Map<string, string[]>();
    for (const { text, place } of faults) {
      const wording = line === 'two' ? 'two' : text;
      byText.set(wording, [...(byText.get(wording) ?? []), `${JSON.stringify(place.cursor)} "${text}"`]);
    }
    const most = [...byText].sort(([, a], [, b]) => b.length - a.length).slice(0, Number(values.faults));
    for (const [text, ones] of most)
      console.log(`    ${ones.length}x ${text}: ${ones.slice(0, 4).join('; ')}`);
  }
}
