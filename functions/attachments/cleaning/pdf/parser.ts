import { refuse } from "./refusal.ts";
import { type Cursor, isHexDigit, nextToken, type Token, written } from "./tokens.ts";
import { type Dict, nameOf, type Text, type Value } from "./values.ts";

/** What may still be taken out of a file; it is spent as the file is read. Bytes of `pictures` are inflated and let go. */
export type Allowance = { values: number; tokens: number; inflated: number; pictures: number };

type Reading = { cursor: Cursor; allowance: Allowance };

const deepest = 100;
const literals: Record<string, Value> = { true: true, false: false, null: null };
/** Words that are never inside a value: where one is, the value was never closed. */
const outside = new Set(["obj", "endobj", "stream", "endstream", "xref", "trailer", "startxref"]);

/** The value at the cursor, which is left behind it. */
export function parseValue(reading: Reading): Value {
  const { cursor } = reading;
  const value = valueFrom(reading, { token: nextToken(cursor) ?? refuse("unreadable"), depth: 0 });
  if (typeof value !== "number") return value;
  const after = cursor.at;
  const [second, third] = [nextToken(cursor), nextToken(cursor)];
  if (second?.kind === "number" && third && written(cursor, third) === "R") return { ref: value };
  cursor.at = after;
  return value;
}

function valueFrom(reading: Reading, { token, depth }: { token: Token; depth: number }): Value {
  const { cursor, allowance } = reading;
  if (--allowance.values < 0 || depth > deepest) refuse("too-much-inside");
  if (token.kind === "number") return numberOf(written(cursor, token));
  if (token.kind === "name") return { name: decodedName(written(cursor, token)) };
  if (token.kind === "text") return decodedText(cursor.bytes, token);
  if (token.kind === "hex") return decodedHex(cursor.bytes, token);
  const word = written(cursor, token);
  if (word === "[") return collect(reading, { closer: "]", depth: depth + 1 });
  if (word === "<<") return paired(collect(reading, { closer: ">>", depth: depth + 1 }));
  if (outside.has(word)) refuse("unreadable");
  return literals[word] ?? null;
}

function collect(reading: Reading, { closer, depth }: { closer: string; depth: number }): Value[] {
  const { cursor } = reading;
  const values: Value[] = [];
  for (;;) {
    const token = nextToken(cursor) ?? refuse("unreadable");
    if (token.kind === "mark" && written(cursor, token) === closer) return values;
    if (token.kind === "word" && written(cursor, token) === "R") values.push(referenceOf(values));
    else values.push(valueFrom(reading, { token, depth }));
  }
}

/** `12 0 R`: the two numbers are taken back from the values read. */
function referenceOf(values: Value[]): Value {
  values.pop();
  const number = values.pop();
  return typeof number === "number" ? { ref: number } : null;
}

function paired(values: Value[]): Dict {
  const dict: Dict = new Map();
  for (let at = 0; at + 1 < values.length; at += 2) {
    const key = nameOf(values[at]);
    if (key !== undefined) dict.set(key, values[at + 1] ?? null);
  }
  return dict;
}

function numberOf(text: string): number {
  const number = Number.parseFloat(text.replace(/^[+-]*(?=[+-])/, ""));
  return Number.isFinite(number) ? number : 0;
}

/** A name as it is written, without its slash and with its #xx undone. */
export function decodedName(text: string): string {
  return text.slice(1).replace(/#([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function decodedHex(bytes: Uint8Array, { start, end }: Token): Text {
  const digits = bytes.subarray(start, end).filter(isHexDigit);
  const hex = Buffer.from(digits).toString("latin1");
  return { text: new Uint8Array(Buffer.from(hex.length % 2 ? `${hex}0` : hex, "hex")) };
}

const escapes: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

function decodedText(bytes: Uint8Array, { start, end }: Token): Text {
  const text = Buffer.from(bytes.subarray(start + 1, end - 1)).toString("latin1");
  const plain = text.replace(/\\(\r\n?|[0-7]{1,3}|[\s\S])|\r\n?/g, (all: string, escaped?: string) => {
    if (escaped === undefined) return "\n";
    if (all.startsWith("\\\r") || escaped === "\n") return "";
    if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 255);
    return String.fromCharCode(escapes[escaped] ?? escaped.charCodeAt(0));
  });
  return { text: new Uint8Array(Buffer.from(plain, "latin1")) };
}
