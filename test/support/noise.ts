import { randomFillSync } from "node:crypto";
import { deflateSync } from "node:zlib";
import { chunk, signature } from "../../infra/demo/photo.ts";

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
  const whole = [Buffer.from(signature), chunk("IHDR", header), picture];
  const rest = size - whole.reduce((sum, { length }) => sum + length, 0) - 24;
  return new Uint8Array(
    Buffer.concat([...whole, chunk("tEXt", Buffer.alloc(rest, "a")), chunk("IEND", Buffer.alloc(0))]),
  );
}
