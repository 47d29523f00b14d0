import { crc32, deflateSync } from "node:zlib";

const width = 120;
const height = 90;
const slat = 15;
/** The first bytes of every PNG file. */
export const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The position that a phone writes into a picture's metadata. */
export const whereItWas = "36.2797 N 50.0049 E";

/** Returns a PNG in shades of grey, with a position in its metadata as from a phone: the shutter of a closed counter. */
export function closedCounter(): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: height }, (_, y) => [0, ...Array.from({ length: width }, () => shade(y))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits per pixel. The zeros after it mean: grey, deflate, filter by row, not interlaced.
  header.writeUInt8(8, 8);
  const picture = deflateSync(Buffer.from(rows.flat()));
  const position = Buffer.from(`Location\0${whereItWas}`, "latin1");
  const last = chunk("IEND", Buffer.alloc(0));
  const parts = [chunk("IHDR", header), chunk("tEXt", position), chunk("IDAT", picture), last];
  return new Uint8Array(Buffer.concat([Buffer.from(signature), ...parts]));
}

/** Each slat of the shutter is lit from above. */
function shade(y: number): number {
  return 210 - 8 * (y % slat);
}

/** Returns a chunk of a PNG, with its length and checksum. */
export function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
