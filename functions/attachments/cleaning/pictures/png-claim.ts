import { crc32 } from "node:zlib";
import { beginsAs } from "#shared/domain/attachments/attachment-format.ts";
import type { Claimed } from "./claim.ts";
import { orientationIn } from "./turn.ts";

const signatureLength = 8;
/** Without an animation's further frames, and without texts and profiles, which can be compressed a thousandfold. */
const needed = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

/** More than any picture is cut into. */
const mostChunks = 100_000;

/** Reads a PNG's chunks up to IEND, and leaves out those that are no part of the picture. */
export function pngClaim(file: Buffer): Claimed {
  if (!beginsAs("image/png", file)) return { uncleanable: "unreadable" };
  const kept = [file.subarray(0, signatureLength)];
  let exif: Buffer | undefined;
  const types: string[] = [];
  for (const { type, body, whole } of chunks(file).take(mostChunks)) {
    if (!hasRightChecksum(whole)) return { uncleanable: "unreadable" };
    if (needed.has(type)) kept.push(whole);
    if (type === "eXIf") exif ??= body;
    types.push(type);
  }
  if (types[0] !== "IHDR" || types.at(-1) !== "IEND" || !isShown(types)) return { uncleanable: "unreadable" };
  const size = { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  return { sizes: [size], orientation: exif ? orientationIn(exif) : 1, picture: Buffer.concat(kept) };
}

function hasRightChecksum(chunk: Buffer): boolean {
  return crc32(chunk.subarray(4, -4)) === chunk.readUInt32BE(chunk.length - 4);
}

/** Whether its pixels lie in one row, and an animation shows them. */
function isShown(types: string[]): boolean {
  const start = types.indexOf("IDAT");
  const end = types.lastIndexOf("IDAT");
  const before = types.slice(0, start);
  const isOneRow = types.slice(start, end).every((type) => type === "IDAT");
  return isOneRow && (!before.includes("acTL") || before.includes("fcTL"));
}

/** The chunks of a PNG up to IEND, or to the first that is broken off. */
export function* chunks(file: Buffer): Generator<{ type: string; body: Buffer; whole: Buffer }> {
  for (let at = signatureLength; at + 12 <= file.length; ) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) return;
    const type = file.toString("latin1", at + 4, at + 8);
    yield { type, body: file.subarray(at + 8, end - 4), whole: file.subarray(at, end) };
    if (type === "IEND") return;
    at = end;
  }
}
