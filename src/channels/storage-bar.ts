import type { StoragePicture } from './blocks.js';

/** Signs of a text bar; plain ASCII, so that an SMS keeps its cheap alphabet. */
const barLength = 20;

/** Whole shares of the bar for used, free and missing space; they add up to `parts`, and nothing real gets none. */
export function sharesOf(
  picture: StoragePicture,
  parts: number,
): { used: number; free: number; short: number } {
  const { usedBytes, freeBytes, neededBytes, totalBytes } = picture;
  const shortBytes = Math.max(0, neededBytes - freeBytes);
  const scale = Math.max(totalBytes, usedBytes) + shortBytes;
  const share = (bytes: number) =>
    bytes === 0 || scale === 0 ? 0 : Math.max(1, Math.round((bytes / scale) * parts));
  const free = share(freeBytes);
  const short = share(shortBytes);
  return { used: Math.max(0, parts - free - short), free, short };
}

/** The bar in signs: `#` used, `-` free, `!` missing. */
export function textBar(picture: StoragePicture): string {
  const { used, free, short } = sharesOf(picture, barLength);
  return `[${'#'.repeat(used)}${'-'.repeat(free)}${'!'.repeat(short)}]`;
}
