import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseLabelledLines } from '../../intents/evaluation/examples-file.js';
import { type Answered, countFigures } from '../../intents/evaluation/figures.js';
import { confusionLines, figureLines } from '../../intents/evaluation/report.js';
import { loadUnderstander } from '../../intents/model-cache.js';
import { outOfScope } from '../../intents/names.js';
import type { Understand } from '../../intents/understand.js';

const usage = `Usage: npm run -s understand [-- --evaluate FILE.jsonl [--no-texts]]
Without options: one utterance a line on stdin. With --no-texts the report counts confusions and shows no message,
so that a set of messages stays unread by those who write examples.`;

async function main(words: readonly string[]): Promise<void> {
  if (words.length === 0) return answerLines(loadUnderstander());
  const [option, file, further] = words;
  const isKnown = further === undefined || (further === '--no-texts' && words.length === 3);
  if (option !== '--evaluate' || file === undefined || !isKnown) throw new Error(usage);
  evaluate(file, further === undefined);
}

/** Exactly one line of JSON for each line of stdin. */
async function answerLines(understand: Understand): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const { text, intent, confidence, alternatives, entities } = understand(line);
    console.log(JSON.stringify({ text, intent, confidence, alternatives, entities }));
  }
}

/** Times a file is read, each by a new engine that remembers none of it; the last tells the time, as code then runs. */
const passes = 3;

/** Prints how the engine does on a file of labelled messages, with a few of those it gets wrong unless told not to. */
function evaluate(file: string, showsTexts: boolean): void {
  const messages = parseLabelledLines(readFileSync(file, 'utf8'), file);
  let milliseconds: number[] = [];
  let answered: Answered[] = [];
  for (let pass = 0; pass < passes; pass += 1) {
    const understand = loadUnderstander();
    milliseconds = [];
    answered = messages.map((message) => {
      const start = performance.now();
      const { intent, confidence, alternatives, strangeness = 0 } = understand(message.text);
      milliseconds.push(performance.now() - start);
      const others = alternatives.map((one) => ({ label: one.intent, confidence: one.confidence }));
      return { message, prediction: { ranked: [{ label: intent, confidence }, ...others], strangeness } };
    });
  }
  milliseconds.sort((one, other) => one - other);
  const at = (share: number) => (milliseconds[Math.floor(milliseconds.length * share)] ?? 0).toFixed(2);
  console.log(figureLines(countFigures(answered, outOfScope)).join('\n'));
  console.log(`milliseconds a message: p50 ${at(0.5)}  p99 ${at(0.99)}`);
  console.log(`\nconfusions (right -> said)\n${confusionLines(answered, showsTexts).join('\n')}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
