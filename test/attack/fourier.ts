/** Sums of record keys go round at 256, so what keys add up to is a product after a Fourier transform of that length. */
export const keys = 256;

const bits = 8;
const reversed = Uint8Array.from({ length: keys }, (_, n) =>
  Array.from({ length: bits }).reduce<number>((all, __, bit) => (all << 1) | ((n >> bit) & 1), 0),
);
const cosines = Float64Array.from({ length: keys / 2 }, (_, n) => Math.cos((2 * Math.PI * n) / keys));
const sines = Float64Array.from({ length: keys / 2 }, (_, n) => Math.sin((2 * Math.PI * n) / keys));

/** A transform of real values is its own mirror image: one half tells the other. */
const half = keys / 2 + 1;

/** The half of a transform for each row of 256 values. */
export type Transformed = { rows: number; re: Float64Array; im: Float64Array };

export function noRows(rows: number): Transformed {
  return { rows, re: new Float64Array(rows * half), im: new Float64Array(rows * half) };
}

/** Nothing, for certain: what any count is added to. */
export function nothing(): Transformed {
  const all = noRows(1);
  all.re.fill(1);
  return all;
}

const [re, im] = [new Float64Array(keys), new Float64Array(keys)];

/** Two rows at once, one as the real and one as the imaginary part, which come apart again by symmetry. */
export function transformed(values: Float64Array): Transformed {
  const rows = values.length / keys;
  const all = noRows(rows);
  for (let row = 0; row < rows; row += 2) {
    const isPair = row + 1 < rows;
    for (let n = 0; n < keys; n++) {
      const to = reversed[n] as number;
      re[to] = values[row * keys + n] as number;
      im[to] = isPair ? (values[(row + 1) * keys + n] as number) : 0;
    }
    butterflies(-1);
    for (let f = 0; f < half; f++) {
      const mirror = (keys - f) % keys;
      const [a, b, c, d] = [re[f] as number, im[f] as number, re[mirror] as number, im[mirror] as number];
      all.re[row * half + f] = (a + c) / 2;
      all.im[row * half + f] = (b - d) / 2;
      if (!isPair) continue;
      all.re[(row + 1) * half + f] = (b + d) / 2;
      all.im[(row + 1) * half + f] = (c - a) / 2;
    }
  }
  return all;
}

/** The values that a transform was made of; what rounding made less than nothing is nothing. */
export function restored(all: Transformed): Float64Array {
  const values = new Float64Array(all.rows * keys);
  for (let row = 0; row < all.rows; row += 2) {
    const isPair = row + 1 < all.rows;
    for (let f = 0; f < keys; f++) {
      const isMirror = f >= half;
      const at = row * half + (isMirror ? keys - f : f);
      const sign = isMirror ? -1 : 1;
      const [a, b] = [all.re[at] as number, sign * (all.im[at] as number)];
      const [c, d] = isPair ? [all.re[at + half] as number, sign * (all.im[at + half] as number)] : [0, 0];
      const to = reversed[f] as number;
      re[to] = a - d;
      im[to] = b + c;
    }
    butterflies(1);
    for (let n = 0; n < keys; n++) {
      values[row * keys + n] = Math.max(0, (re[n] as number) / keys);
      if (isPair) values[(row + 1) * keys + n] = Math.max(0, (im[n] as number) / keys);
    }
  }
  return values;
}

function butterflies(sign: 1 | -1): void {
  for (let size = 1; size < keys; size *= 2) {
    const step = keys / (2 * size);
    for (let n = 0; n < size; n++) {
      const [cos, sin] = [cosines[n * step] as number, sign * (sines[n * step] as number)];
      for (let one = n; one < keys; one += 2 * size) {
        const other = one + size;
        const x = (re[other] as number) * cos - (im[other] as number) * sin;
        const y = (re[other] as number) * sin + (im[other] as number) * cos;
        re[other] = (re[one] as number) - x;
        im[other] = (im[one] as number) - y;
        re[one] = (re[one] as number) + x;
        im[one] = (im[one] as number) + y;
      }
    }
  }
}

/** Of two independent counts, each with its keys, the sum: rows are convolved, and no row beyond `rows` is kept. */
export function sumOf(one: Transformed, other: Transformed, rows: number): Transformed {
  const size = Math.max(1, Math.min(rows, one.rows + other.rows - 1));
  const all = noRows(size);
  for (let a = 0; a < one.rows; a++)
    for (let b = 0; b < other.rows && a + b < size; b++) addProduct(all, a + b, { one, a, other, b, sign: 1 });
  return all;
}

/** Of a sum and one of its two parts, the other part, by row from `first` on. */
export function differenceOf(sum: Transformed, part: Transformed, { first, rows }: { first: number; rows: number }) {
  const all = noRows(rows);
  for (let row = 0; row < rows; row++)
    for (let b = 0; b < part.rows; b++) {
      const a = first + row + b;
      if (a >= 0 && a < sum.rows) addProduct(all, row, { one: sum, a, other: part, b, sign: -1 });
    }
  return all;
}

type Product = { one: Transformed; a: number; other: Transformed; b: number; sign: 1 | -1 };

function addProduct(all: Transformed, row: number, { one, a, other, b, sign }: Product): void {
  const [to, from, by] = [row * half, a * half, b * half];
  for (let f = 0; f < half; f++) {
    const x = one.re[from + f] as number;
    const y = one.im[from + f] as number;
    const u = other.re[by + f] as number;
    const v = sign * (other.im[by + f] as number);
    all.re[to + f] = (all.re[to + f] as number) + x * u - y * v;
    all.im[to + f] = (all.im[to + f] as number) + x * v + y * u;
  }
}
