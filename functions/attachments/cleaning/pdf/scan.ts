import { type Allowance, parseValue } from "./parser.ts";
import { refuse } from "./refusal.ts";
import { type Cursor, isSpace, nextToken, written } from "./tokens.ts";
import { type Dict, isDict, isRef, isStream, nameOf, type Value } from "./values.ts";

export type Found = { number: number; value: Value };
type Bounds = { allowance: Allowance; mostObjects: number };
type Lengths = Map<number, number>;

const gap = "[\\0\\t\\n\\f\\r ]{1,9}";
/** What stands between objects. Every repetition is bounded, so that no file makes the search slow. */
const landmarks = `(?<!\\d)(\\d{1,10})${gap}\\d{1,5}${gap}obj|trailer(?=[\\0\\t\\n\\f\\r ]{0,9}<<)|startxref(?=${gap}\\d)`;
const numberObjects = `(?<!\\d)(\\d{1,10})${gap}\\d{1,5}${gap}obj${gap}(\\d{1,9})${gap}endobj`;

/** All objects and trailers of a file, in its order; what stands between them is passed over. */
export function scan(bytes: Uint8Array, { allowance, mostObjects }: Bounds): { objects: Found[]; trailers: Dict[] } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  if (!text.startsWith("%PDF-")) refuse("unreadable");
  const lengths = lengthsIn(text);
  const bodies: Body[] = [];
  const search = new RegExp(landmarks, "g");
  let last = "";
  for (let mark = search.exec(text); mark; mark = search.exec(text)) {
    last = mark[0];
    if (last === end) continue;
    if (bodies.length > mostObjects) refuse("too-much-inside");
    const cursor = { bytes, at: search.lastIndex };
    bodies.push({ number: mark[1], value: bodyAt(cursor, { allowance, lengths }) });
    search.lastIndex = cursor.at;
  }
  // Every revision ends with the word; where something comes behind the last one, the file breaks off.
  if (last !== end) refuse("unreadable");
  return { objects: bodies.flatMap(objectIn), trailers: bodies.flatMap(trailerIn) };
}

/** A trailer is a body without a number. */
type Body = { number: string | undefined; value: Value };
const end = "startxref";

function objectIn({ number, value }: Body): Found[] {
  return number === undefined ? [] : [{ number: Number(number), value }];
}

function trailerIn({ number, value }: Body): Dict[] {
  if (number === undefined) return isDict(value) ? [value] : [];
  return isStream(value) && nameOf(value.dict.get("Type")) === "XRef" ? [value.dict] : [];
}

/** The length of a stream is often an object of its own, which may come later in the file. */
function lengthsIn(text: string): Lengths {
  const lengths: Lengths = new Map();
  for (const [, number, length] of text.matchAll(new RegExp(numberObjects, "g"))) {
    lengths.set(Number(number), Number(length));
  }
  return lengths;
}

function bodyAt(cursor: Cursor, { allowance, lengths }: { allowance: Allowance; lengths: Lengths }): Value {
  const dict = parseValue({ cursor, allowance });
  const after = cursor.at;
  const next = isDict(dict) ? nextToken(cursor) : undefined;
  if (!isDict(dict) || next?.kind !== "word" || !written(cursor, next).startsWith("stream")) {
    cursor.at = after;
    return dict;
  }
  cursor.at = next.start + "stream".length;
  skipLineEnd(cursor);
  return { dict, body: streamBody(cursor, lengthOf(dict, lengths)) };
}

function lengthOf(dict: Dict, lengths: Lengths): number | undefined {
  const length = dict.get("Length") ?? null;
  if (isRef(length)) return lengths.get(length.ref);
  return typeof length === "number" ? length : undefined;
}

function skipLineEnd(cursor: Cursor): void {
  if (cursor.bytes[cursor.at] === 13) cursor.at++;
  if (cursor.bytes[cursor.at] === 10) cursor.at++;
}

const ending = Buffer.from("endstream");

function streamBody(cursor: Cursor, length: number | undefined): Uint8Array {
  const { bytes, at: start } = cursor;
  if (length !== undefined && endsAt(bytes, start + length)) {
    cursor.at = start + length;
    return bytes.subarray(start, start + length);
  }
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(ending, start);
  if (found < 0) refuse("unreadable");
  cursor.at = found;
  let until = found;
  if (until > start && bytes[until - 1] === 10) until--;
  if (until > start && bytes[until - 1] === 13) until--;
  return bytes.subarray(start, until);
}

function endsAt(bytes: Uint8Array, at: number): boolean {
  if (at > bytes.length) return false;
  let word = at;
  while (word < at + 16 && isSpace(bytes[word])) word++;
  return ending.equals(bytes.subarray(word, word + ending.length));
}
