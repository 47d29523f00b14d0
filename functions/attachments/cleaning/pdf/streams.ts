import { deflateSync } from "node:zlib";
import { cleanContent, type Surroundings } from "./content.ts";
import { decoded, filtersOf, type Resolve } from "./filters.ts";
import { bodies, type Kind } from "./keys.ts";
import type { Allowance } from "./parser.ts";
import { cleanProgram } from "./program.ts";
import type { Stream } from "./values.ts";

export type Reader = { resolve: Resolve; allowance: Allowance };

/** Of a few bytes packing makes more. */
const few = 128;

export function packed(bytes: Uint8Array): Stream {
  // Both are copies, for zlib keeps far more room for a few bytes, and a file may have tens of thousands of such streams.
  if (bytes.length < few) return { dict: new Map(), body: Uint8Array.from(bytes) };
  return { dict: new Map([["Filter", { name: "FlateDecode" }]]), body: Uint8Array.from(deflateSync(bytes)) };
}

export function unpacked(stream: Stream, { resolve, allowance }: Reader): Uint8Array {
  return decoded(stream.body, { filters: filtersOf(stream, resolve), allowance });
}

/** A stream's body made anew, with a dictionary of how it is packed; undefined where the kind has no stream. */
export function cleanStream(
  stream: Stream,
  { kind, hidden, named, ...reader }: Reader & Surroundings & { kind: Kind },
): Stream | undefined {
  const body = bodies[kind];
  if (!body) return undefined;
  const bytes = unpacked(stream, reader);
  if (body === "content") return packed(cleanContent(bytes, { hidden, named, allowance: reader.allowance }));
  // A sampled function is numbers; only the fourth type is written in words.
  const sampled = kind === "function" && reader.resolve(stream.dict.get("FunctionType")) !== 4;
  return packed(body === "opaque" || sampled ? bytes : cleanProgram(bytes, reader.allowance));
}
