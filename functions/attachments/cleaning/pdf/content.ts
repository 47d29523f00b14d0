import { inlinePicture } from "./inline-pictures.ts";
import { operandsOf, painting, showing } from "./operators.ts";
import { type Output, output, write, writeByte, writtenBytes } from "./output.ts";
import { type Allowance, decodedName } from "./parser.ts";
import { writeToken } from "./program.ts";
import { refuse } from "./refusal.ts";
import { type Cursor, type Token, tokenOrEnd, written } from "./tokens.ts";

/** The names of the layers that are not seen, where to note what is named of the resources, and what may still be read. */
export type Surroundings = { hidden: ReadonlySet<string>; named: Set<string>; allowance: Allowance };
type Cleaning = Surroundings & {
  cursor: Cursor;
  out: Output;
  /** What was read since the last operator. */
  operands: Token[];
  /** For each marked passage that is open, whether it is seen. */
  marked: boolean[];
  /** How many of them are not. */
  unseen: number;
  /** How many graphics states are saved. */
  saved: number;
};

/** Far more than the longest line of text in one array has. */
const mostOperands = 100_000;
/** A picture is far more work than a word. */
const tokensOfPicture = 50;
const [space, newline] = [32, 10];

/**
 * Drawing operators and their operands, and nothing between them: no comment, no string that is not shown, no mark or
 * property of a passage, and nothing painted on a hidden layer. States saved and restored come out even, so that what is
 * drawn after this content is drawn where it should be.
 */
export function cleanContent(bytes: Uint8Array, { hidden, named, allowance }: Surroundings): Uint8Array {
  const [cursor, out] = [{ bytes, at: 0 }, output(bytes.length)];
  const cleaning: Cleaning = { cursor, out, hidden, named, allowance, operands: [], marked: [], unseen: 0, saved: 0 };
  for (let token = tokenOrEnd(cursor); token; token = tokenOrEnd(cursor)) {
    if (token.kind === "word") operator(cleaning, token);
    else cleaning.operands.push(token);
    if (--allowance.tokens < 0 || cleaning.operands.length > mostOperands) refuse("too-much-inside");
  }
  for (; cleaning.saved > 0; cleaning.saved--) emit(cleaning, { word: "Q", operands: [] });
  return writtenBytes(out);
}

function operator(cleaning: Cleaning, token: Token): void {
  const word = written(cleaning.cursor, token);
  const operands = cleaning.operands;
  cleaning.operands = [];
  const [own, plain, shown] = [special.get(word), operandsOf.get(word), showing.get(word)];
  if (own) own(cleaning, operands);
  else if (plain !== undefined) emit(cleaning, { word, operands: lastOf(operands.filter(isPlain), plain) });
  else if (shown !== undefined) emit(cleaning, { word, operands: lastOf(operands.filter(isShown), shown) });
}

type Operator = (cleaning: Cleaning, operands: Token[]) => void;
const special = new Map<string, Operator>([
  ["q", (cleaning) => save(cleaning)],
  ["Q", (cleaning) => restore(cleaning)],
  ["TJ", (cleaning, operands) => emit(cleaning, { word: "TJ", operands: lastList(cleaning, operands) })],
  ["d", (cleaning, operands) => emit(cleaning, { word: "d", operands: operands.filter(isNumberOrList) })],
  ["BMC", (cleaning) => open(cleaning, [])],
  ["BDC", (cleaning, operands) => open(cleaning, operands)],
  ["EMC", (cleaning) => close(cleaning)],
  ["BI", (cleaning) => picture(cleaning)],
]);

const isPlain = ({ kind }: Token) => kind === "number" || kind === "name";
const isShown = ({ kind }: Token) => kind === "number" || kind === "text" || kind === "hex";
const isNumberOrList = ({ kind }: Token) => kind === "number" || kind === "mark";

function lastOf(tokens: Token[], many: number): Token[] {
  return many === 0 ? [] : tokens.slice(-many);
}

/** Strings and numbers from the last opening bracket on. */
function lastList({ cursor }: Cleaning, operands: Token[]): Token[] {
  const tokens = operands.filter((token) => isShown(token) || token.kind === "mark");
  const start = tokens.findLastIndex((token) => token.kind === "mark" && written(cursor, token) === "[");
  return start < 0 ? [] : tokens.slice(start);
}

function save(cleaning: Cleaning): void {
  cleaning.saved++;
  emit(cleaning, { word: "q", operands: [] });
}

function restore(cleaning: Cleaning): void {
  if (cleaning.saved === 0) return;
  cleaning.saved--;
  emit(cleaning, { word: "Q", operands: [] });
}

function open(cleaning: Cleaning, operands: Token[]): void {
  const seen = isSeen(cleaning, operands);
  cleaning.marked.push(seen);
  if (!seen) cleaning.unseen++;
}

function isSeen({ cursor, hidden }: Cleaning, [tag, layer]: Token[]): boolean {
  if (!tag || !layer || written(cursor, tag) !== "/OC") return true;
  return !hidden.has(decodedName(written(cursor, layer)));
}

function close(cleaning: Cleaning): void {
  if (cleaning.marked.pop() === false) cleaning.unseen--;
}

function picture(cleaning: Cleaning): void {
  cleaning.allowance.tokens -= tokensOfPicture;
  const bytes = inlinePicture(cleaning.cursor, cleaning.allowance);
  if (cleaning.unseen === 0) write(cleaning.out, bytes);
}

function emit(cleaning: Cleaning, { word, operands }: { word: string; operands: Token[] }): void {
  const unseen = cleaning.unseen > 0 ? painting.get(word) : undefined;
  if (unseen === "drop") return;
  const { out, cursor } = cleaning;
  for (const token of operands) {
    if (token.kind === "name") cleaning.named.add(decodedName(written(cursor, token)));
    writeToken(out, { bytes: cursor.bytes, token });
    writeByte(out, space);
  }
  const shown = unseen === "end" ? "n" : word;
  for (let at = 0; at < shown.length; at++) writeByte(out, shown.charCodeAt(at));
  writeByte(out, newline);
}
