import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseLabelledLines } from '../../intents/evaluation/examples-file.js';
import { type Answered, countFigures } from '../../intents/evaluation/figures.js';
import { confusionLines, figureLines } from '../../intents/evaluation/report.js';
import { loadUnderstander } from '../../intents/model-cache.js';
import { outOfScope } from '../../intents/names.js';
import type { Understand } from '../../intents/understand.js';

const usage =
  'Usage: npm run -s understand [-- --evaluate FILE.jsonl]   (otherwise one utterance a line on stdin)';

async function main(words: readonly string[]): Promise<void> {
  if (words.length === 0) return answerLines(loadUnderstander());
  const [option, file] = words;
  if (option !== '--evaluate' || file === undefined || words.length > 2) throw new Error(usage);
  evaluate(loadUnderstander(), file);
}

/** Exactly one line of JSON for each line of stdin. */
async function answerLines(understand: Understand): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const { text, intent, confidence, alternatives, entities } = understand(line);
    console.log(JSON.stringify({ text, intent, confidence, alternatives, entities }));
  }
}

/** Prints how the engine does on a file of labelled messages. */
function evaluate(understand: Understand, file: string): void {
  const milliseconds: number[] = [];
  const answered = parseLabelledLines(readFileSync(file, 'utf8'), file).map((message): Answered => {
    const start = performance.now();
    const { intent, confidence, alternatives, strangeness = 0 } = understand(message.text);
    milliseconds.push(performance.now() - start);
    const others = alternatives.map((one) => ({ label: one.intent, confidence: one.confidence }));
    return { message, prediction: { ranked: [{ label: intent, confidence }, ...others], strangeness } };
  });
  milliseconds.sort((one, other) => one - other);
  const at = (share: number) => (milliseconds[Math.floor(milliseconds.length * share)] ?? 0).toFixed(2);
  console.log(figureLines(countFigures(answered, outOfScope)).join('\n'));
  console.log(`milliseconds a message: p50 ${at(0.5)}  p99 ${at(0.99)}`);
  console.log(`\nconfusions (right -> said)\n${confusionLines(answered).join('\n')}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
