import { readFigure } from './number-words.js';
import { foldText } from './text/fold.js';
import type { Speed } from './understanding.js';

const speedPattern =
  /(?<![\w.,-])(?<figure>\d+(?:[.,]\d+)*)\s?(?<unit>(?<prefix>[kmg])(?:b|bit|bits|egabits?|igabits?|ilobits?|egabytes?|igabytes?|egs?|ig|bs)?\s?(?<per>\/\s?s(?:ec)?|ps|p\/s|per sec(?:ond)?|a sec(?:ond)?)?)(?![a-z])(?<line>\s?(?:broadband|fibre|fiber|upload|download|internet|connection|line|speed)\b)?/gu;

/** Connection speeds in bits a second: "50 Mbps", "20 mbit", "10 MB/s" (bytes, as its capital says). Never throws. */
export function readSpeeds(text: string): Speed[] {
  const speeds: Speed[] = [];
  for (const match of foldText(text).matchAll(speedPattern)) {
    const speed = readSpeed(match, text.slice(match.index, match.index + match[0].length));
    if (speed !== undefined) speeds.push(speed);
  }
  return speeds;
}

function readSpeed(match: RegExpExecArray, original: string): Speed | undefined {
  const { figure = '', unit = '', prefix = '', per, line } = match.groups ?? {};
  const value = readFigure(figure);
  const bits = prefix === 'g' ? 1e9 : prefix === 'm' ? 1e6 : 1e3;
  const namesBits = /bits?/u.test(unit);
  if (value === undefined || unit.length === 1) return undefined;
  if (!namesBits && per === undefined && (line === undefined || prefix === 'g')) return undefined;
  const isBytes = !namesBits && (/bytes?/u.test(unit) || /\d\s?[kKmMgG]B(?:\/|p)/u.test(original));
  const end = match.index + match[0].length - (line?.length ?? 0);
  const name = { k: 'kbps', m: 'Mbps', g: 'Gbps' }[prefix] ?? 'Mbps';
  const shown = Math.round(value * (isBytes ? 8 : 1) * 100) / 100;
  return {
    bitsPerSecond: value * bits * (isBytes ? 8 : 1),
    text: `${shown} ${name}`,
    span: { start: match.index, end },
  };
}
