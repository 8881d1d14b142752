import { z } from 'zod';

const lineShape = z.looseObject({
  text: z.string(),
  intent: z.string(),
  alt: z.union([z.string(), z.array(z.string())]).optional(),
  kind: z.string().optional(),
  listed: z.boolean().optional(),
});

/** One message with the labels that count as right. */
export interface LabelledText {
  text: string;
  intent: string;
  /** Further labels that are as right. */
  alternatives: string[];
  /** For what is out of scope: near or far, and whether the examples list its kind. */
  kind?: string;
}

/** A file of labelled messages that cannot be read; the message names file and line. */
class LabelledFileError extends Error {
  override name = 'LabelledFileError';
}

/** Reads lines of `{"text","intent","alt"?}`; empty lines are left out. @throws LabelledFileError */
export function parseLabelledLines(content: string, file: string): LabelledText[] {
  const texts: LabelledText[] = [];
  for (const [index, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = lineShape.safeParse(parseJson(line));
    if (!parsed.success) {
      const problem = parsed.error.issues[0]?.message ?? 'wrong shape';
      throw new LabelledFileError(
        `${file}:${index + 1} ${parsed.error.issues[0]?.path.join('.') ?? ''}: ${problem}`,
      );
    }
    const { text, intent, alt = [], kind, listed } = parsed.data;
    const labelled: LabelledText = { text, intent, alternatives: typeof alt === 'string' ? [alt] : alt };
    if (kind !== undefined)
      labelled.kind = listed === undefined ? kind : `${kind} ${listed ? '' : 'not '}listed`;
    texts.push(labelled);
  }
  return texts;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
