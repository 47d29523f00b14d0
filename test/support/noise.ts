import { randomFillSync } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

/** A PNG picture of just so many bytes, of grey noise that nothing makes smaller. */
export function noise(size: number): Uint8Array<ArrayBuffer> {
  const width = 2_048;
  const height = Math.floor((size - 8_192) / (width + 6));
  const rows = randomFillSync(Buffer.alloc(height * (width + 1)));
  // Each row says first that it is not filtered.
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const picture = chunk("IDAT", deflateSync(rows, { level: 0 }));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const whole = [signature, chunk("IHDR", header), picture];
  const rest = size - whole.reduce((sum, { length }) => sum + length, 0) - 24;
  return new Uint8Array(
    Buffer.concat([...whole, chunk("tEXt", Buffer.alloc(rest, "a")), chunk("IEND", Buffer.alloc(0))]),
  );
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
