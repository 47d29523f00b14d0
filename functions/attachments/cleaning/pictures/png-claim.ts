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
  let last: string | undefined;
  for (const { type, body, whole } of chunks(file).take(mostChunks)) {
    if (needed.has(type)) kept.push(whole);
    if (type === "eXIf") exif ??= body;
    last = type;
  }
  if (last !== "IEND" || file.toString("latin1", 12, 16) !== "IHDR") return { uncleanable: "unreadable" };
  const size = { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  return { sizes: [size], orientation: exif ? orientationIn(exif) : 1, picture: Buffer.concat(kept) };
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
