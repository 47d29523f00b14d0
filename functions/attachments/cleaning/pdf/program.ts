import { type Output, output, write, writeByte, writePart, writtenBytes } from "./output.ts";
import type { Allowance } from "./parser.ts";
import { refuse } from "./refusal.ts";
import { type Cursor, isHexDigit, type Token, tokenOrEnd } from "./tokens.ts";

const [space, less, greater] = [32, 60, 62];
const empty = Buffer.from("()");
/** The names of character collections are this short; longer strings in a map are nobody's but its author's. */
const longestText = 10;

/** A map of characters, or a function of type 4, without its comments and its longer strings. */
export function cleanProgram(bytes: Uint8Array, allowance: Allowance): Uint8Array {
  const cursor: Cursor = { bytes, at: 0 };
  const out = output(bytes.length);
  for (let token = tokenOrEnd(cursor); token; token = tokenOrEnd(cursor)) {
    if (--allowance.tokens < 0) refuse("too-much-inside");
    if (token.kind === "text" && token.end - token.start > longestText) write(out, empty);
    else writeToken(out, { bytes, token });
    writeByte(out, space);
  }
  return writtenBytes(out);
}

/** A token as it is written; of a hexadecimal string only its digits, for readers pass over everything else. */
export function writeToken(out: Output, { bytes, token }: { bytes: Uint8Array; token: Token }): void {
  const { start, end } = token;
  const isPart = (byte: number) => isHexDigit(byte) || byte === less || byte === greater;
  if (token.kind === "hex") write(out, bytes.subarray(start, end).filter(isPart));
  else writePart(out, { bytes, start, end });
}
