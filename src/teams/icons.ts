import type { Picture } from './png.js';

type Shape = (x: number, y: number) => boolean;

/** Points looked at along each side of a pixel, so that edges are smooth. */
const samples = 4;

const teal = [15, 118, 110] as const;
const white = [255, 255, 255] as const;

/** Colour icon of the app, 192 pixels: a white cloud with an arrow up, on teal. */
export function colourIcon(): Picture {
  const size = 192;
  return {
    size,
    at(x, y) {
      const share = coverage(mark, { x, y, size });
      const mixed = teal.map((part, at) => Math.round(part + ((white[at] ?? 0) - part) * share));
      return [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0, 255];
    },
  };
}

/** Outline icon of the app, 32 pixels: the same sign in white on nothing. */
export function outlineIcon(): Picture {
  const size = 32;
  return { size, at: (x, y) => [...white, Math.round(255 * coverage(mark, { x, y, size }))] };
}

/** A cloud with an arrow cut out of it; coordinates run from 0 to 1. */
const mark: Shape = (x, y) => cloud(x, y) && !arrow(x, y);

const cloud: Shape = (x, y) =>
  disc(0.33, 0.57, 0.17)(x, y) ||
  disc(0.5, 0.43, 0.21)(x, y) ||
  disc(0.69, 0.56, 0.18)(x, y) ||
  (x > 0.33 && x < 0.69 && y > 0.5 && y < 0.74);

const arrow: Shape = (x, y) => {
  const isHead = y > 0.4 && y < 0.54 && Math.abs(x - 0.5) < y - 0.4;
  return isHead || (Math.abs(x - 0.5) < 0.045 && y >= 0.5 && y < 0.68);
};

function disc(centreX: number, centreY: number, radius: number): Shape {
  return (x, y) => (x - centreX) ** 2 + (y - centreY) ** 2 < radius ** 2;
}

/** Share of a pixel that the shape covers, 0 to 1. */
function coverage(shape: Shape, pixel: { x: number; y: number; size: number }): number {
  let inside = 0;
  for (let row = 0; row < samples; row += 1) {
    for (let column = 0; column < samples; column += 1) {
      const x = (pixel.x + (column + 0.5) / samples) / pixel.size;
      const y = (pixel.y + (row + 0.5) / samples) / pixel.size;
      if (shape(x, y)) inside += 1;
    }
  }
  return inside / samples ** 2;
}
