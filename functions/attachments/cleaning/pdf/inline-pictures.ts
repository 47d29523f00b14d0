import { bareJpeg } from "./bare-jpeg.ts";
import { decoded, filtersOf } from "./filters.ts";
import { output, write, writtenBytes } from "./output.ts";
import { type Allowance, parseValue } from "./parser.ts";
import { writeToken } from "./program.ts";
import { refuse } from "./refusal.ts";
import { type Cursor, isSpace, type Token, tokenOrEnd, written } from "./tokens.ts";
import type { Dict, Value } from "./values.ts";

const allowed = new Set(
  "BPC BitsPerComponent CS ColorSpace D Decode DP DecodeParms F Filter H Height IM ImageMask I Interpolate W Width"
    .split(" ")
    .map((name) => `/${name}`),
);

type Entry = { key: string; tokens: Token[] };

/** A picture written into the content, with the keys that say how it is drawn; nothing where it never ends. */
export function inlinePicture(cursor: Cursor, allowance: Allowance): Uint8Array {
  const entries = entriesOf(cursor);
  const data = pictureBytes(cursor, entries);
  if (!data) return new Uint8Array();
  const photo = photoOf(cursor, { entries, data, allowance });
  const out = output(data.length + 256);
  write(out, Buffer.from("BI "));
  const kept = entries.filter(({ key }) => allowed.has(key) && !(photo && packing.has(key)));
  for (const token of kept.flatMap(({ tokens }) => tokens)) {
    writeToken(out, { bytes: cursor.bytes, token });
    write(out, Uint8Array.of(32));
  }
  write(out, Buffer.from(photo ? `${photo.packing} ID ` : "ID "));
  write(out, photo?.body ?? data);
  write(out, Buffer.from("\nEI\n"));
  return writtenBytes(out);
}

const packing = new Set(["/F", "/Filter", "/DP", "/DecodeParms"]);
type Written = { entries: Entry[]; data: Uint8Array; allowance: Allowance };

/** A bare JPEG, without what it was packed in besides: some programs write it in letters. Undefined where it is none. */
function photoOf(
  { bytes }: Cursor,
  { entries, data, allowance }: Written,
): { packing: string; body: Uint8Array } | undefined {
  const values = entries
    .filter(({ key, tokens }) => packing.has(key) && tokens[1])
    .map(({ key, tokens }): [string, Value] => [
      key.slice(1),
      parseValue({ cursor: { bytes, at: tokens[1]?.start ?? 0 }, allowance }),
    ]);
  const dict: Dict = new Map(values);
  const filters = filtersOf({ dict, body: data }, (value) => value ?? null);
  if (filters.every(({ name }) => name !== "DCTDecode")) return undefined;
  const last = filters.pop();
  if (last?.name !== "DCTDecode") return refuse("unreadable");
  const turned = last.parms.get("ColorTransform");
  return {
    packing: typeof turned === "number" ? `/F /DCT /DP <</ColorTransform ${turned}>>` : "/F /DCT",
    body: bareJpeg(decoded(data, { filters, allowance })),
  };
}

/** What a bracket does to the depth. */
const steps: Record<string, number> = { "[": 1, "<<": 1, "]": -1, ">>": -1 };
/** No honest picture of this kind says more about itself. */
const mostTokens = 10_000;

/** Keys with their values, up to the word ID. */
function entriesOf(cursor: Cursor): Entry[] {
  const entries: Entry[] = [];
  let [open, many] = [0, 0];
  for (let token = tokenOrEnd(cursor); token && many < mostTokens; token = tokenOrEnd(cursor), many++) {
    const word = written(cursor, token);
    if (word === "ID") break;
    const last = entries.at(-1);
    if (open === 0 && token.kind === "name" && last?.tokens.length !== 1) entries.push({ key: word, tokens: [token] });
    else last?.tokens.push(token);
    if (token.kind === "mark") open += steps[word] ?? 0;
  }
  return entries;
}

function pictureBytes(cursor: Cursor, entries: Entry[]): Uint8Array | undefined {
  const { bytes } = cursor;
  const start = isSpace(bytes[cursor.at]) ? cursor.at + 1 : cursor.at;
  const value = valuesOf(cursor, entries);
  const exact = value("F", "Filter") === "" ? plainLength(value) : undefined;
  const end = endOf(bytes, start + (exact ?? 0));
  cursor.at = end === undefined ? bytes.length : end + 2;
  if (end === undefined) return undefined;
  return bytes.subarray(start, exact === undefined ? end : start + exact);
}

type ValueOf = (short: string, long: string) => string;

function valuesOf(cursor: Cursor, entries: Entry[]): ValueOf {
  const values = new Map(
    entries.map(({ key, tokens }) => [
      key,
      tokens
        .slice(1)
        .map((token) => written(cursor, token))
        .join(" "),
    ]),
  );
  return (short, long) => values.get(`/${short}`) ?? values.get(`/${long}`) ?? "";
}

const parts = new Map<string, number>(
  Object.entries({ "/G": 1, "/DeviceGray": 1, "/RGB": 3, "/DeviceRGB": 3, "/CMYK": 4, "/DeviceCMYK": 4 }),
);

/** How long a picture without filter is; undefined where its colours are named elsewhere. */
function plainLength(value: ValueOf): number | undefined {
  const mask = value("IM", "ImageMask") === "true";
  const space = value("CS", "ColorSpace");
  const colours = mask || /^\[ \/I/.test(space) ? 1 : parts.get(space);
  const bits = mask ? 1 : Number(value("BPC", "BitsPerComponent"));
  const length =
    Math.ceil((Number(value("W", "Width")) * (colours ?? Number.NaN) * bits) / 8) * Number(value("H", "Height"));
  return Number.isSafeInteger(length) && length > 0 ? length : undefined;
}

const letters = Buffer.from("EI");

/** Two letters end the picture, which may also be among its bytes: they count where text comes behind them. */
function endOf(bytes: Uint8Array, from: number): number | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = view.indexOf(letters, from); at >= 0; at = view.indexOf(letters, at + 1)) {
    if ((at === from || isSpace(bytes[at - 1])) && isText(bytes.subarray(at + 2, at + 18))) return at;
  }
  return undefined;
}

function isText(after: Uint8Array): boolean {
  return (after.length === 0 || isSpace(after[0])) && after.every((byte) => isSpace(byte) || (byte > 32 && byte < 127));
}
