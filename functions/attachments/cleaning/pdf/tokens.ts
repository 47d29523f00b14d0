import { refuse } from "./refusal.ts";

export type Cursor = { bytes: Uint8Array; at: number };
/** `mark` is a bracket of any kind, `text` a string in round ones. */
export type Kind = "word" | "number" | "name" | "text" | "hex" | "mark";
export type Token = { kind: Kind; start: number; end: number };

const [space, delimiter, regular] = [1, 2, 0];
const classes = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) classes[byte] = space;
for (const character of "()<>[]{}/%") classes[character.charCodeAt(0)] = delimiter;

const [lf, cr, percent, backslash, opening, closing] = [10, 13, 37, 92, 40, 41];
const [less, greater, slash] = [60, 62, 47];

export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && classes[byte] === space;
}

/** White space and comments. */
function skipSpace(cursor: Cursor): void {
  const { bytes } = cursor;
  while (cursor.at < bytes.length) {
    const byte = bytes[cursor.at];
    if (byte === percent) skipLine(cursor);
    else if (!isSpace(byte)) return;
    else cursor.at++;
  }
}

function skipLine(cursor: Cursor): void {
  const { bytes } = cursor;
  while (cursor.at < bytes.length && bytes[cursor.at] !== lf && bytes[cursor.at] !== cr) cursor.at++;
}

/** The next token, or undefined at the end. A string that never ends means that the file breaks off. */
export function nextToken(cursor: Cursor): Token | undefined {
  skipSpace(cursor);
  const start = cursor.at;
  const first = cursor.bytes[start];
  if (first === undefined) return undefined;
  const token = classes[first] === regular ? wordAt(cursor.bytes, start) : delimitedAt(cursor.bytes, start);
  cursor.at = token.end;
  return token;
}

/** Within content, what breaks off in a string ends before it, as every reader has it. */
export function tokenOrEnd(cursor: Cursor): Token | undefined {
  try {
    return nextToken(cursor);
  } catch {
    return undefined;
  }
}

function wordAt(bytes: Uint8Array, start: number): Token {
  let numeric = true;
  let end = start;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    if (classes[byte] !== regular) break;
    if (!((byte >= 48 && byte <= 57) || byte === 43 || byte === 45 || byte === 46)) numeric = false;
  }
  return { kind: numeric ? "number" : "word", start, end };
}

function delimitedAt(bytes: Uint8Array, start: number): Token {
  const [first, second] = [bytes[start], bytes[start + 1]];
  if (first === slash) return { kind: "name", start, end: wordAt(bytes, start + 1).end };
  if (first === opening) return { kind: "text", start, end: endOfText(bytes, start) };
  const double = (first === less || first === greater) && second === first;
  if (first !== less || double) return { kind: "mark", start, end: start + (double ? 2 : 1) };
  const close = bytes.indexOf(greater, start);
  return { kind: "hex", start, end: close < 0 ? refuse("unreadable") : close + 1 };
}

function endOfText(bytes: Uint8Array, start: number): number {
  let open = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === backslash) at++;
    else if (byte === opening) open++;
    else if (byte === closing && --open === 0) return at + 1;
  }
  return refuse("unreadable");
}

/** The token as it is written, one character for each byte. */
export function written({ bytes }: Cursor, { start, end }: Token): string {
  if (end - start > 32) return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

export function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
}
