/** A decoded picture: red, green, blue and opacity in a byte each, row by row from the top. */
export type Pixels = { rgba: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };

export type Size = { width: number; height: number };

export function isOpaque({ rgba }: Pixels): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}

/**
 * Weighs colours by their opacity, so that scaling does not mix in those of transparent neighbours. A pixel keeps as many
 * shades as its opacity can show.
 */
export function weigh({ rgba }: Pixels): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const opacity = (rgba[at + 3] ?? 0) / 255;
    for (let colour = at; colour < at + 3; colour++) rgba[colour] = (rgba[colour] ?? 0) * opacity;
  }
}

/** Undoes `weigh`. */
export function unweigh({ rgba }: Pixels): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const opacity = (rgba[at + 3] ?? 0) / 255 || 1;
    for (let colour = at; colour < at + 3; colour++) rgba[colour] = (rgba[colour] ?? 0) / opacity;
  }
}

/** Puts white paper behind a picture, for a format that knows no transparency. */
export function onWhite({ rgba }: Pixels): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const opacity = (rgba[at + 3] ?? 0) / 255;
    for (let colour = at; colour < at + 3; colour++) rgba[colour] = (rgba[colour] ?? 0) * opacity + 255 * (1 - opacity);
    rgba[at + 3] = 255;
  }
}

/** Averages squares of four pixels into one, within the same memory. */
export function halve({ rgba, width, height }: Pixels): Pixels {
  const [wide, high, row] = [Math.floor(width / 2), Math.floor(height / 2), width * 4];
  for (let y = 0, to = 0; y < high; y++) {
    for (let x = 0; x < wide; x++, to += 4) {
      const from = 2 * (y * row + x * 4);
      for (let part = 0; part < 4; part++) rgba[to + part] = average(rgba, { at: from + part, row });
    }
  }
  return { rgba: rgba.subarray(0, wide * high * 4), width: wide, height: high };
}

function average(rgba: Uint8ClampedArray, { at, row }: { at: number; row: number }): number {
  const upper = (rgba[at] ?? 0) + (rgba[at + 4] ?? 0);
  const lower = (rgba[at + row] ?? 0) + (rgba[at + row + 4] ?? 0);
  return (upper + lower) / 4;
}
