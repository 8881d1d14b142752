// Trains one engine on a job and answers its texts, in a process of its own so that memory can be compared.
// node peer.mjs ENGINE JOB.json ANSWERS.json
import { readFileSync, writeFileSync } from 'node:fs';

const maxLogisticTexts = 304;
const notes = [];
const engines = { bayes, logistic, nlpjs, fasttext };

/** natural's Bayes classifier, as its documentation uses it. */
async function bayes(train) {
  const { default: natural } = await import('natural/lib/natural/classifiers/index.js');
  return trainNatural(new natural.BayesClassifier(), train, true);
}

/**
 * natural's logistic regression, over as many examples of each label, evenly spread, as keep its training to a minute:
 * its full-batch descent over dense matrices took 7, 20 and 55 s for 76, 152 and 304 texts, days for thousands.
 */
async function logistic(train) {
  const { default: natural } = await import('natural/lib/natural/classifiers/index.js');
  const share = Math.max(2, Math.floor(maxLogisticTexts / Object.keys(train).length));
  const cut = Object.fromEntries(
    Object.entries(train).map(([label, texts]) => [label, spread(texts, Math.min(share, texts.length))]),
  );
  notes.push(`on ${share} examples a label`);
  return trainNatural(new natural.LogisticRegressionClassifier(), cut, false);
}

function spread(texts, count) {
  return Array.from({ length: count }, (_, at) => texts[Math.floor((at * texts.length) / count)]);
}

function trainNatural(classifier, train, isLog) {
  for (const [label, texts] of Object.entries(train)) for (const text of texts) classifier.addDocument(text, label);
  classifier.train();
  return (text) => {
    const found = classifier.getClassifications(text);
    const sum = found.reduce((total, one) => total + one.value, 0) || 1;
    const ranked = found.map((one) => ({ label: one.label, confidence: one.value / sum }));
    return { ranked, strangeness: isLog ? -ranked[0].confidence : -found[0].value };
  };
}

/** NLP.js with its usual settings. */
async function nlpjs(train) {
  const { dockStart } = await import('@nlpjs/basic');
  const dock = await dockStart({
    settings: { nlp: { languages: ['en'], autoSave: false, nlu: { log: false } } },
    use: ['Basic', 'LangEn'],
  });
  const nlp = dock.get('nlp');
  nlp.addLanguage('en');
  for (const [label, texts] of Object.entries(train)) for (const text of texts) nlp.addDocument('en', text, label);
  await nlp.train();
  return async (text) => {
    const { classifications } = await nlp.process('en', text);
    const ranked = classifications.map((one) => ({
      label: one.intent === 'None' ? 'oos' : one.intent,
      confidence: one.score,
    }));
    return { ranked, strangeness: -(ranked[0]?.confidence ?? 0) };
  };
}

/** fastText in WebAssembly: word pairs and subwords, settings that its documentation suggests for short texts. */
async function fasttext(train) {
  const { getFastTextClass, getFastTextModule } = await import('fasttext.wasm.js');
  const FastText = await getFastTextClass({ getFastTextModule });
  const lines = Object.entries(train).flatMap(([label, texts]) => texts.map((text) => `__label__${label} ${plain(text)}`));
  const seeded = shuffle(lines).join('\n');
  const url = `data:text/plain;base64,${Buffer.from(`${seeded}\n`).toString('base64')}`;
  const settings = { lr: 0.5, epoch: 50, dim: 100, wordNgrams: 2, minn: 2, maxn: 5, bucket: 200_000, loss: 'softmax' };
  const model = await new FastText().trainSupervised(url, settings, () => {});
  return (text) => {
    const found = model.predict(plain(text), 6, 0);
    const ranked = [];
    for (let at = 0; at < found.size(); at++) {
      const [confidence, label] = found.get(at);
      ranked.push({ label: label.replace('__label__', ''), confidence });
    }
    return { ranked, strangeness: -(ranked[0]?.confidence ?? 0) };
  };
}

function plain(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}\s']/gu, ' ').replace(/\s+/gu, ' ').trim();
}

/** A fixed shuffle: training in order of label would favour the last. */
function shuffle(lines) {
  let state = 1;
  const keyed = lines.map((line) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return [state, line];
  });
  return keyed.sort((one, other) => one[0] - other[0]).map(([, line]) => line);
}

const [engine, jobFile, answersFile] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobFile, 'utf8'));
const before = process.memoryUsage().rss;
const start = performance.now();
const classify = await engines[engine](job.train);
const trainSeconds = (performance.now() - start) / 1000;
const memoryMb = (process.memoryUsage().rss - before) / 1e6;
const answers = {};
for (const [name, texts] of Object.entries(job.tests)) {
  answers[name] = [];
  for (const text of texts) {
    const begun = performance.now();
    const { ranked, strangeness } = await classify(text);
    answers[name].push({ ranked: ranked.slice(0, 6), strangeness, milliseconds: performance.now() - begun });
  }
}
writeFileSync(answersFile, JSON.stringify({ trainSeconds, memoryMb, answers, note: notes.join(', ') }));
