/** One line of a transcript: what the person does, or what is expected of the replies to it. */
export type Action =
  | { do: 'type'; text: string }
  | { do: 'press'; label: string; isOld: boolean }
  | { do: 'attach'; name: string; contentType: string }
  | { do: 'open'; context: unknown }
  | { do: 'restart' }
  | { do: 'later'; ms: number };

/** What is expected of the replies to one action. */
export interface Expected {
  line: number;
  /** Parts that must stand in one reply, in this order. */
  parts: string[];
}

/** One action with what must and must not be said to it; `line` is where it stands in the file. */
export interface Exchange {
  line: number;
  action: Action | { do: 'join' };
  says: Expected[];
  saysNot: Expected[];
}

/** A conversation as a file: the person joins, then acts line by line. */
export interface Transcript {
  /** True for a talk in which an old button is pressed: plain text has none. */
  needsButtons: boolean;
  exchanges: Exchange[];
}

const hourMs = 3600 * 1000;
const unitMs: Record<string, number> = { m: 60_000, h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs };

/** Reads a transcript. @throws SyntaxError naming the line that is none of the known forms. */
export function parseTranscript(source: string): Transcript {
  let current: Exchange = { line: 0, action: { do: 'join' }, says: [], saysNot: [] };
  const transcript: Transcript = { needsButtons: false, exchanges: [current] };
  source.split('\n').forEach((text, at) => {
    const line = at + 1;
    if (text === '' || text.startsWith('#')) return;
    if (text.startsWith('<! ')) {
      current.saysNot.push({ line, parts: partsOf(text.slice(3)) });
      return;
    }
    if (text.startsWith('< ')) {
      current.says.push({ line, parts: partsOf(text.slice(2)) });
      return;
    }
    const action = parseAction(text);
    if (action === undefined) throw new SyntaxError(`line ${line} is no line of a transcript: ${text}`);
    if (action.do === 'press' && action.isOld) transcript.needsButtons = true;
    current = { line, action, says: [], saysNot: [] };
    transcript.exchanges.push(current);
  });
  return transcript;
}

function partsOf(text: string): string[] {
  return text.split('...').map((part) => part.trim());
}

function parseAction(text: string): Action | undefined {
  if (text === '>') return { do: 'type', text: '' };
  if (text.startsWith('> ')) return { do: 'type', text: text.slice(2) };
  const label = /^(@old )?\[(.+)\]$/.exec(text);
  if (label !== null) return { do: 'press', label: label[2] ?? '', isOld: label[1] !== undefined };
  const [command = '', rest = ''] = splitOnce(text);
  switch (command) {
    case '@type':
      return { do: 'type', text: JSON.parse(rest) };
    case '@long': {
      const [length, words = ''] = splitOnce(rest);
      return {
        do: 'type',
        text: words.repeat(Math.ceil(Number(length) / words.length)).slice(0, Number(length)),
      };
    }
    case '@attach': {
      const [name = '', contentType = ''] = splitOnce(rest);
      return { do: 'attach', name, contentType };
    }
    case '@open':
      return { do: 'open', context: JSON.parse(rest) };
    case '@restart':
      return { do: 'restart' };
    case '@later': {
      const unit = unitMs[rest.slice(-1)];
      return unit === undefined ? undefined : { do: 'later', ms: Number.parseFloat(rest) * unit };
    }
    default:
      return undefined;
  }
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
