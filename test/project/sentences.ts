import {
  type CallExpression,
  type NewExpression,
  type ObjectExpression,
  parseSync,
  Visitor,
} from 'oxc-parser';

/** A piece of a source that reads like something said to a person, and the line it stands on. */
export type Sentence = { line: number; text: string };
type Span = { start: number; end: number };
type Call = CallExpression | NewExpression;

/** Calls whose words reach an operator: errors, logs and the terminal. */
const operatorCalls = /^(?:\w*Error|fail|tell|trace|debug|info|warn|error|fatal|write|log|describe)$/;

/** Properties whose words a person sees, be they one word only. */
const spokenNames = /^(?:say|label|title|subtitle|speak|prompt|placeholder|alt|altText|text)$/;

/** Sentences in a script that go to no operator, in order. @throws Error when it does not parse. */
export function sentencesIn(path: string, source: string): Sentence[] {
  const { program, errors } = parseSync(path, source);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const operators: Span[] = [];
  const spoken = new Set<number>();
  const found: { start: number; text: string }[] = [];
  const visitCall = (node: Call) => {
    if (isOperatorCall(node)) operators.push(node);
  };
  const visitText = (node: Span, text: string) => {
    if (operators.some((span) => span.start <= node.start && node.end <= span.end)) return;
    if (isSentence(text) || (spoken.has(node.start) && isWording(text)))
      found.push({ start: node.start, text });
  };
  new Visitor({
    NewExpression: visitCall,
    CallExpression: visitCall,
    ObjectExpression: (node) => operators.push(...codedMessages(node)),
    Property: (node) => {
      if (node.key.type === 'Identifier' && spokenNames.test(node.key.name)) spoken.add(node.value.start);
    },
    Literal: (node) => {
      if (typeof node.value === 'string') visitText(node, node.value);
    },
    TemplateLiteral: (node) => visitText(node, node.quasis.map((part) => part.value.cooked ?? '').join('X')),
  }).visit(program);
  return found.map(({ start, text }) => ({ line: lineAt(source, start), text }));
}

/** Words on a page that are none of its named slots (`[[title]]`), in order. */
export function wordsOnPage(html: string): Sentence[] {
  const shown = />([^<>]+)<|\b(?:title|alt|placeholder|aria-label)="([^"]*)"/g;
  const visible = html.replace(/<(script|style)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->|<!doctype[^>]*>/gi, blankOut);
  return [...visible.matchAll(shown)]
    .map((match) => ({ line: lineAt(html, match.index), text: (match[1] ?? match[2] ?? '').trim() }))
    .filter(({ text }) => /\p{L}{2}/u.test(text.replace(/\[\[\w+\]\]/g, '')));
}

/** Three words or more that begin and end like a sentence, or that speak to somebody. */
function isSentence(text: string): boolean {
  const words = text.replace(/<[^>]*>/g, ' ').trim();
  if ((words.match(/\p{L}[\p{L}'’-]*/gu) ?? []).length < 3 || !/\s/.test(words)) return false;
  return (
    /^["“‘(]?\p{Lu}.*[.?!…:]["”’)]?$/su.test(words) ||
    /(?:^|\s)(?:you|your|you're|please|sorry)\b/iu.test(words)
  );
}

/** What a button or a title may hold: a word with a capital, or several words. */
function isWording(text: string): boolean {
  return /^\p{Lu}\p{L}+/u.test(text.trim()) || /\p{L}{2,}\s+\p{L}{2,}/u.test(text);
}

function isOperatorCall({ callee, arguments: given }: Call): boolean {
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? callee.property.name
        : '';
  const hasStatus = given.some((each) => each.type === 'Literal' && isErrorStatus(each.value));
  return operatorCalls.test(name) || hasStatus;
}

/** The words of an HTTP error, `{ code, message }`, go to a program. */
function codedMessages({ properties }: ObjectExpression): Span[] {
  const values = new Map(
    properties.flatMap((each) =>
      each.type === 'Property' && each.key.type === 'Identifier'
        ? [[each.key.name, each.value] as const]
        : [],
    ),
  );
  const message = values.get('message');
  return message && values.has('code') ? [message] : [];
}

function isErrorStatus(value: unknown): boolean {
  return typeof value === 'number' && value >= 400 && value < 600;
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}

function blankOut(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
