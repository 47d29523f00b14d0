import { beginsAs } from "#shared/domain/attachments/attachment-format.ts";
import type { Claimed } from "./claim.ts";
import type { Size } from "./pixels.ts";
import { orientationIn } from "./turn.ts";

type Chunk = { type: string; body: Buffer };

/** Where each kind of chunk says how large the picture is. */
const sizeIn: Record<string, (body: Buffer) => Size> = {
  VP8X: (body) => ({ width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 }),
  "VP8 ": (body) => ({ width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff }),
  VP8L: (body) => {
    const packed = body.readUInt32LE(1);
    return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
  },
};

/** Reads a WebP's chunks within its RIFF; what follows that is no part of the picture. */
export function webpClaim(file: Buffer): Claimed {
  if (!beginsAs("image/webp", file)) return { uncleanable: "unreadable" };
  const end = 8 + file.readUInt32LE(4);
  if (end > file.length) return { uncleanable: "unreadable" };
  const picture = file.subarray(0, end);
  const sizes: Size[] = [];
  let exif: Buffer | undefined;
  for (const { type, body } of chunks(picture)) {
    if (isMoving({ type, body })) return { uncleanable: "too-much-inside" };
    const size = sizeIn[type]?.(body);
    if (size) sizes.push(size);
    if (type === "EXIF") exif ??= body;
  }
  return { sizes, orientation: exif ? orientationIn(withoutPrefix(exif)) : 1, picture };
}

function* chunks(riff: Buffer): Generator<Chunk> {
  for (let at = 12; at + 8 <= riff.length; ) {
    const end = at + 8 + riff.readUInt32LE(at + 4);
    yield { type: riff.toString("latin1", at, at + 4), body: riff.subarray(at + 8, end) };
    // Chunks begin at even places.
    at = end + (end % 2);
  }
}

function isMoving({ type, body }: Chunk): boolean {
  return type === "ANIM" || type === "ANMF" || (type === "VP8X" && (body.readUInt8(0) & 0x02) !== 0);
}

/** Some programs begin the chunk as if it were in a JPEG. */
function withoutPrefix(exif: Buffer): Buffer {
  return exif.toString("latin1", 0, 6) === "Exif\0\0" ? exif.subarray(6) : exif;
}
