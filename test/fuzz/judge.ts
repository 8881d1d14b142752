import { internalText } from '../turn/internal-text.js';
import type { Input } from './inputs.js';

/** What came back; no status where the connection ended without an answer. */
export interface Outcome {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Longest text of a refusal. */
const maxRefusalChars = 300;

/** What is wrong with the answer to `input`; undefined when all is well. */
export function faultOf(input: Input, { status, headers, text }: Outcome): string | undefined {
  // The parser of Node answers what is no request by itself, or just hangs up.
  if (input.kind === 'bytes') return internalText.test(text) || /HTTP.1.1 5/.test(text) ? 'text' : undefined;
  if (status === undefined) return 'no answer';
  if (status >= 500) return `status ${status}${status === 503 ? ` (${headers['retry-after']})` : ''}`;
  if (internalText.test(text)) return `internal text ${internalText.exec(text)?.[0]}`;
  if (text.includes('Something went wrong on my side')) return 'a failed turn';
  if (status >= 400 && status !== 431 && text !== '') return faultOfRefusal(text);
  return undefined;
}

function faultOfRefusal(text: string): string | undefined {
  if (text.length > maxRefusalChars) return 'a long refusal';
  try {
    const { error } = JSON.parse(text);
    return typeof error.code === 'string' && typeof error.message === 'string'
      ? undefined
      : 'a refusal of no shape';
  } catch {
    return 'a refusal that is no JSON';
  }
}
