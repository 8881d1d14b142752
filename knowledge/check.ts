import type { Content } from './content.js';
import { ContentError } from './content.js';
import type { Fix, Topic } from './schema.js';

/** Words of a step that make a fix dangerous unless it says why not. */
const dangerous =
  /\b(delet|eras|reset|remov|sign(ing|ed|s)? out|turn(ing|ed|s)? off|switch(ing|ed|es)? off)/i;

/** Checks what one file's schema cannot see. @throws ContentError for the first fault. */
export function checkTopics(contents: readonly Content<Topic>[]): void {
  checkUnique(contents);
  const causes = new Set(contents.flatMap(({ value }) => value.causes.map((cause) => cause.id)));
  const questions = new Map(
    contents.flatMap(({ value }) =>
      value.questions.map((q) => [q.id, new Set(['unsure', ...q.answers.map((a) => a.id)])] as const),
    ),
  );
  const fixes = new Set(contents.flatMap(({ value }) => value.fixes.map((fix) => fix.id)));
  for (const content of contents) {
    checkQuestions(content, causes, questions);
    checkImplied(content, ['implies'], content.value.implies, questions);
    content.value.causes.forEach((cause, at) => {
      checkImplied(content, ['causes', at, 'implies'], cause.implies, questions);
    });
    content.value.fixes.forEach((fix, at) => {
      checkFix(content, fix, at, { causes, questions, fixes });
      checkImplied(content, ['fixes', at, 'whenFailed'], fix.whenFailed, questions);
    });
  }
}

function checkUnique(contents: readonly Content<Topic>[]): void {
  const seen = new Map<string, string>();
  for (const content of contents) {
    for (const kind of ['causes', 'questions', 'fixes', 'lessons', 'tips'] as const) {
      content.value[kind].forEach((item, at) => {
        const key = `${kind} ${item.id}`;
        const other = seen.get(key);
        if (other !== undefined) fail(content, [kind, at, 'id'], `"${item.id}" stands in ${other} already`);
        seen.set(key, content.file);
      });
    }
  }
}

function checkQuestions(
  content: Content<Topic>,
  causes: ReadonlySet<string>,
  questions: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  content.value.questions.forEach((question, at) => {
    checkConditions(content, ['questions', at, 'if'], question.if, questions);
    checkImplied(content, ['questions', at, 'whenUnsure'], question.whenUnsure, questions);
    for (const other of question.unless) {
      if (!questions.has(other))
        fail(content, ['questions', at, 'unless'], `there is no question "${other}"`);
    }
    question.answers.forEach((answer, answerAt) => {
      checkImplied(content, ['questions', at, 'answers', answerAt, 'implies'], answer.implies, questions);
      for (const cause of Object.keys(answer.moves)) {
        if (!causes.has(cause)) {
          fail(
            content,
            ['questions', at, 'answers', answerAt, 'moves', cause],
            `there is no cause "${cause}"`,
          );
        }
      }
    });
  });
}

interface Ids {
  causes: ReadonlySet<string>;
  questions: ReadonlyMap<string, ReadonlySet<string>>;
  fixes: ReadonlySet<string>;
}

function checkFix(content: Content<Topic>, fix: Fix, at: number, ids: Ids): void {
  for (const cause of Object.keys(fix.mends)) {
    if (!ids.causes.has(cause)) fail(content, ['fixes', at, 'mends', cause], `there is no cause "${cause}"`);
  }
  for (const other of fix.after) {
    if (!ids.fixes.has(other)) fail(content, ['fixes', at, 'after'], `there is no fix "${other}"`);
  }
  for (const question of fix.asks) {
    if (!ids.questions.has(question))
      fail(content, ['fixes', at, 'asks'], `there is no question "${question}"`);
  }
  checkConditions(content, ['fixes', at, 'if'], fix.if, ids.questions);
  checkConditions(content, ['fixes', at, 'unless'], fix.unless, ids.questions);
  const isGated = fix.risk === 'switchesOff' || fix.risk === 'deletes';
  if (isGated && (fix.loses === undefined || fix.undo === undefined)) {
    fail(
      content,
      ['fixes', at, 'risk'],
      `a fix that ${fix.risk} needs "loses" and "undo" for the safety gate`,
    );
  }
  if (isGated || fix.riskNote !== undefined) return;
  fix.steps.forEach((step, stepAt) => {
    if ([step.say].flat().some((say) => dangerous.test(say))) {
      fail(
        content,
        ['fixes', at, 'steps', stepAt, 'say'],
        `names something dangerous: raise "risk" or give a "riskNote"`,
      );
    }
  });
}

function checkImplied(
  content: Content<Topic>,
  path: PropertyKey[],
  implied: Record<string, string>,
  questions: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  const conditions = Object.entries(implied).map(([question, answer]) => [question, [answer]] as const);
  checkConditions(content, path, Object.fromEntries(conditions), questions);
}

function checkConditions(
  content: Content<Topic>,
  path: PropertyKey[],
  conditions: Readonly<Record<string, readonly string[]>>,
  questions: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [question, answers] of Object.entries(conditions)) {
    const known = questions.get(question);
    if (known === undefined) fail(content, [...path, question], `there is no question "${question}"`);
    for (const answer of answers) {
      if (!known.has(answer)) fail(content, [...path, question], `"${question}" has no answer "${answer}"`);
    }
  }
}

function fail(content: Content<Topic>, path: PropertyKey[], message: string): never {
  throw new ContentError(content.file, content.lineOf(path), path.join('.'), message);
}
