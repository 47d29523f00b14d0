import { constants, inflateRawSync, inflateSync } from "node:zlib";
import { largestPicture } from "../cleaned.ts";
import type { Allowance } from "./parser.ts";
import { unpredicted } from "./predictor.ts";
import { refuse } from "./refusal.ts";
import { ascii85, asciiHex, lzw, runLength } from "./small-filters.ts";
import { type Dict, dictOf, nameOf, type Stream, type Value } from "./values.ts";

export type Filter = { name: string; parms: Dict };
/** Follows a reference, where the value is one. */
export type Resolve = (value: Value | undefined) => Value;

const largest = 64 * 1024 * 1024;
/** Four colours of a byte each. */
const largestOfPicture = largestPicture.pixels * 4;
const longestChain = 3;
/** So many times as long as itself Deflate makes bytes at the most. */
const mostWidened = 1032;

/** Short names belong to inline images, but are met elsewhere too. */
const fullNames: Record<string, string> = {
  AHx: "ASCIIHexDecode",
  A85: "ASCII85Decode",
  LZW: "LZWDecode",
  Fl: "FlateDecode",
  RL: "RunLengthDecode",
  CCF: "CCITTFaxDecode",
  DCT: "DCTDecode",
};

export function filtersOf(stream: Stream, resolve: Resolve): Filter[] {
  const names = listOf(resolve(stream.dict.get("Filter") ?? stream.dict.get("F")));
  const parms = listOf(resolve(stream.dict.get("DecodeParms") ?? stream.dict.get("DP")));
  if (names.length > longestChain) refuse("too-much-inside");
  return names.map((name, index) => {
    const short = nameOf(resolve(name)) ?? refuse("unreadable");
    return { name: fullNames[short] ?? short, parms: resolvedDict(resolve(parms[index]), resolve) };
  });
}

function listOf(value: Value): Value[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function resolvedDict(value: Value, resolve: Resolve): Dict {
  return new Map([...(dictOf(value) ?? [])].map(([key, one]) => [key, resolve(one)]));
}

type Room = { most: number };
type Decoder = (bytes: Uint8Array, room: Room & { parms: Dict }) => Uint8Array;

const decoders: Record<string, Decoder> = {
  FlateDecode: (bytes, { most, parms }) => unpredicted(inflated(bytes, { most }).bytes, parms),
  LZWDecode: (bytes, { most, parms }) =>
    unpredicted(lzw(bytes, { most, early: parms.get("EarlyChange") === 0 ? 0 : 1 }), parms),
  RunLengthDecode: (bytes, { most }) => runLength(bytes, most),
  ASCII85Decode: (bytes, { most }) => ascii85(bytes, most),
  ASCIIHexDecode: (bytes) => asciiHex(bytes),
};

/**
 * Undoes the filters in turn. Never more comes out than a stream and the whole file may hold. What is not packed counts
 * too, for a page may name one stream as its content a thousand times.
 */
export function decoded(bytes: Uint8Array, { filters, allowance }: { filters: Filter[]; allowance: Allowance }) {
  if (filters.length === 0) spend(allowance, bytes.length);
  let current = bytes;
  for (const { name, parms } of filters) {
    const decode = decoders[name] ?? refuse("unreadable");
    current = decode(current, { most: Math.min(largest, allowance.inflated), parms });
    spend(allowance, current.length);
  }
  return current;
}

/**
 * A picture's compressed bytes up to their own end: what is written behind it is no part of the picture. What is inflated
 * to find the end is let go at once, so it has a sum of its own.
 */
export function trimmed(bytes: Uint8Array, allowance: Allowance): Uint8Array {
  const most = Math.min(largestOfPicture, allowance.pictures);
  // In one piece, for what comes in many is put together once more.
  const { bytes: plain, read } = inflated(bytes, { most, chunkSize: Math.min(most, bytes.length * mostWidened) });
  allowance.pictures -= plain.length;
  return bytes.subarray(0, read);
}

function spend(allowance: Allowance, length: number): void {
  allowance.inflated -= length;
  if (length > largest || allowance.inflated < 0) refuse("too-much-inside");
}

type Output = Room & { chunkSize?: number };
type Inflated = { bytes: Uint8Array; read: number };

/** A stream whose checksum is wrong or missing is shown by every reader, so it is read here too. */
function inflated(bytes: Uint8Array, room: Output): Inflated {
  try {
    return inflatedBy(inflateSync, { bytes, ...room });
  } catch (error) {
    if (error instanceof RangeError) refuse("too-much-inside", error);
  }
  try {
    const { bytes: plain, read } = inflatedBy(inflateRawSync, { bytes: bytes.subarray(2), ...room });
    return { bytes: plain, read: read + 2 };
  } catch (error) {
    return refuse(error instanceof RangeError ? "too-much-inside" : "unreadable", error);
  }
}

function inflatedBy(
  inflate: typeof inflateSync,
  { bytes, most, chunkSize = 16_384 }: Output & { bytes: Uint8Array },
): Inflated {
  const lengths = { maxOutputLength: Math.max(1, most), chunkSize: Math.max(64, chunkSize) };
  const options = { ...lengths, finishFlush: constants.Z_SYNC_FLUSH, info: true };
  // With `info` the answer is both, which the types of Node do not say.
  const { buffer, engine } = inflate(bytes, options) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  return { bytes: buffer, read: engine.bytesWritten };
}
