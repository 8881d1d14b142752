import { writeFileSync } from 'node:fs';
import { createClassifier } from '../../../intents/classify/classifier.js';
import { trainClassifier } from '../../../intents/classify/train.js';
import { readLexicon } from '../../../intents/examples.js';
import { emptyLexicon } from '../../../intents/lexicon.js';
import { type Answers, readJob } from './job.js';

const shownLabels = 6;

/** Trains this project's engine on a job and writes its answers: node own-engine.js JOB.json ANSWERS.json [LEXICON]. */
function main([jobFile = '', answersFile = '', lexiconFolder]: string[]): void {
  const job = readJob(jobFile);
  const lexicon = lexiconFolder === undefined ? emptyLexicon : readLexicon(lexiconFolder);
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const classifier = createClassifier(trainClassifier(job.train, { lexicon, outOfScope: 'oos' }));
  const trainSeconds = (performance.now() - start) / 1000;
  const memoryMb = (process.memoryUsage().rss - before) / 1e6;
  const answers: Answers['answers'] = {};
  for (const [name, texts] of Object.entries(job.tests)) {
    answers[name] = texts.map((text) => {
      const begun = performance.now();
      const { ranked, strangeness } = classifier.classify(text);
      const milliseconds = performance.now() - begun;
      return { ranked: ranked.slice(0, shownLabels), strangeness, milliseconds };
    });
  }
  writeFileSync(answersFile, JSON.stringify({ trainSeconds, memoryMb, answers, note: '' } satisfies Answers));
}

main(process.argv.slice(2));
