import { refuse } from "./refusal.ts";
import { isHexDigit, isSpace } from "./tokens.ts";

type Growing = { bytes: Uint8Array; length: number; most: number };

function growing(most: number): Growing {
  return { bytes: new Uint8Array(4096), length: 0, most };
}

function append(out: Growing, more: Uint8Array | number[]): void {
  const length = out.length + more.length;
  if (length > out.most) refuse("too-much-inside");
  if (length > out.bytes.length) {
    const wider = new Uint8Array(Math.max(length, out.bytes.length * 2));
    wider.set(out.bytes.subarray(0, out.length));
    out.bytes = wider;
  }
  out.bytes.set(more, out.length);
  out.length = length;
}

const whole = ({ bytes, length }: Growing) => bytes.subarray(0, length);

export function asciiHex(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(62);
  const digits = Buffer.from((end < 0 ? bytes : bytes.subarray(0, end)).filter(isHexDigit)).toString("latin1");
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, "hex");
}

const [tilde, z, bang] = [126, 122, 33];

export function ascii85(bytes: Uint8Array, most: number): Uint8Array {
  const out = growing(most);
  let group: number[] = [];
  for (const byte of bytes) {
    if (byte === tilde) break;
    if (isSpace(byte)) continue;
    if (byte === z && group.length === 0) append(out, [0, 0, 0, 0]);
    else group.push(byte - bang);
    if (group.length < 5) continue;
    append(out, fourOf(group));
    group = [];
  }
  if (group.length > 1) append(out, fourOf([...group, 84, 84, 84, 84].slice(0, 5)).slice(0, group.length - 1));
  return whole(out);
}

function fourOf(group: number[]): number[] {
  const sum = group.reduce((before, digit) => before * 85 + digit, 0);
  return [sum / 2 ** 24, sum / 2 ** 16, sum / 2 ** 8, sum].map((part) => Math.floor(part) & 255);
}

export function runLength(bytes: Uint8Array, most: number): Uint8Array {
  const out = growing(most);
  for (let at = 0; at < bytes.length; ) {
    const count = bytes[at++] ?? 128;
    if (count === 128) break;
    if (count < 128) {
      append(out, bytes.subarray(at, at + count + 1));
      at += count + 1;
    } else append(out, new Uint8Array(257 - count).fill(bytes[at++] ?? 0));
  }
  return whole(out);
}

const [clear, end] = [256, 257];
type Words = { table: Uint8Array[]; width: number };

/** Its codes are 9 to 12 bits wide; `early` is by how many codes they widen too soon. */
export function lzw(bytes: Uint8Array, { most, early }: { most: number; early: 0 | 1 }): Uint8Array {
  const out = growing(most);
  const words: Words = { table: [], width: 9 };
  const bits = { at: 0 };
  let last: Uint8Array | undefined;
  for (;;) {
    const code = codeAt(bytes, { bits, width: words.width });
    if (code === undefined || code === end) return whole(out);
    if (code === clear) {
      restart(words);
      last = undefined;
      continue;
    }
    const word = wordOf(words, { code, last });
    append(out, word);
    if (last && words.table.length < 4096) words.table.push(joined(last, word[0] ?? 0));
    words.width = widthFor(words.table.length + early);
    last = word;
  }
}

function restart(words: Words): void {
  words.table = Array.from({ length: 258 }, (_, byte) => Uint8Array.of(byte));
  words.width = 9;
}

function wordOf(words: Words, { code, last }: { code: number; last: Uint8Array | undefined }): Uint8Array {
  if (words.table.length === 0) restart(words);
  const known = words.table[code];
  if (known) return known;
  return last && code === words.table.length ? joined(last, last[0] ?? 0) : refuse("unreadable");
}

function joined(word: Uint8Array, byte: number): Uint8Array {
  const longer = new Uint8Array(word.length + 1);
  longer.set(word);
  longer[word.length] = byte;
  return longer;
}

function widthFor(size: number): number {
  if (size >= 2048) return 12;
  if (size >= 1024) return 11;
  return size >= 512 ? 10 : 9;
}

function codeAt(bytes: Uint8Array, { bits, width }: { bits: { at: number }; width: number }): number | undefined {
  if (bits.at + width > bytes.length * 8) return undefined;
  const first = bits.at >> 3;
  const three = ((bytes[first] ?? 0) << 16) | ((bytes[first + 1] ?? 0) << 8) | (bytes[first + 2] ?? 0);
  const code = (three >> (24 - width - (bits.at & 7))) & ((1 << width) - 1);
  bits.at += width;
  return code;
}
