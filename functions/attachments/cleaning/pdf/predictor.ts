import { refuse } from "./refusal.ts";
import type { Dict } from "./values.ts";

/** Undoes what was done to the rows before they were compressed (PDF 32000-1, 7.4.4.4). */
export function unpredicted(bytes: Uint8Array, parms: Dict): Uint8Array {
  const predictor = numberIn(parms, { key: "Predictor", otherwise: 1 });
  if (predictor <= 1) return bytes;
  const bits = numberIn(parms, { key: "BitsPerComponent", otherwise: 8 });
  const colors = numberIn(parms, { key: "Colors", otherwise: 1 });
  const row = Math.ceil((numberIn(parms, { key: "Columns", otherwise: 1 }) * colors * bits) / 8);
  const step = Math.max(1, (colors * bits) >> 3);
  if (row < 1 || row > 1 << 24) refuse("unreadable");
  if (predictor >= 10) return unfilteredRows(bytes, { row, step });
  // Rows of other depths are met in pictures only, which keep their predictor.
  return bits === 8 ? summedRows(bytes, { row, step }) : refuse("unreadable");
}

function numberIn(parms: Dict, { key, otherwise }: { key: string; otherwise: number }): number {
  const value = parms.get(key);
  return typeof value === "number" ? value : otherwise;
}

type Rows = { row: number; step: number };

function summedRows(bytes: Uint8Array, { row, step }: Rows): Uint8Array {
  const out = Uint8Array.from(bytes);
  for (let at = 0; at < out.length; at++) if (at % row >= step) out[at] = (out[at] ?? 0) + (out[at - step] ?? 0);
  return out;
}

type Around = { left: number; up: number; corner: number };
/** By the number at the head of a row of PNG: none, sub, up, average, Paeth. */
const expected: Array<(around: Around) => number> = [
  () => 0,
  ({ left }) => left,
  ({ up }) => up,
  ({ left, up }) => (left + up) >> 1,
  paeth,
];

function paeth({ left, up, corner }: Around): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function unfilteredRows(bytes: Uint8Array, { row, step }: Rows): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / (row + 1)) * row);
  let length = 0;
  for (let from = 0; from < bytes.length; from += row + 1) {
    const expect = expected[bytes[from] ?? 0] ?? refuse("unreadable");
    length += unfilteredRow(bytes.subarray(from + 1, from + 1 + row), { out, to: length, row, step, expect });
  }
  return out.subarray(0, length);
}

type Into = Rows & { out: Uint8Array; to: number; expect: (around: Around) => number };

/** Before the first row, and left of each, readers see zeros. */
function unfilteredRow(filtered: Uint8Array, { out, to, row, step, expect }: Into): number {
  const above = to - row;
  for (let x = 0; x < filtered.length; x++) {
    const left = x < step ? 0 : (out[to + x - step] ?? 0);
    const up = out[above + x] ?? 0;
    const corner = x < step ? 0 : (out[above + x - step] ?? 0);
    out[to + x] = (filtered[x] ?? 0) + expect({ left, up, corner });
  }
  return filtered.length;
}
