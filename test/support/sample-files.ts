import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import * as z from "zod";
import { chunk, signature } from "#infra/programs/demo/acts/photo.ts";
import { ContentType } from "#shared/files/format.ts";

const folder = join(import.meta.dirname, "../fixtures/attachments");

/** A file of the collection, and what is known of it: where markers and positions stand in it, and how it is seen and heard. */
const Fixture = z.object({
  path: z.string(),
  contentType: ContentType,
  width: z.int().optional(),
  height: z.int().optional(),
  pages: z.int().optional(),
  seconds: z.number().optional(),
  positions: z.array(z.object({ latitude: z.number(), longitude: z.number() })).default([]),
  markers: z.array(z.object({ text: z.string(), place: z.string() })),
});
export type Fixture = z.infer<typeof Fixture>;

/** Every file of the collection, as phones and offices make them. */
export const fixtures = z.array(Fixture).parse(JSON.parse(readFileSync(join(folder, "markers.json"), "utf8")));

export const contentOf = ({ path }: Pick<Fixture, "path">) => new Uint8Array(readFileSync(join(folder, path)));

/** The first file of each type, by its content type. */
export const someFiles = Object.fromEntries(
  fixtures.toReversed().map((fixture) => [fixture.contentType, contentOf(fixture)]),
) as Record<ContentType, Uint8Array<ArrayBuffer>>;

/** A PNG picture of just so many bytes, of grey noise that nothing makes smaller. */
export function noisePng(size: number): Uint8Array<ArrayBuffer> {
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

export type UploadForm = { url: string; fields: Record<string, string> };

type Sent = { status: number; code: string | undefined; message: string | undefined };

/** Posts a file the way a browser does, the form's fields first; tells S3's own error, where there is one. */
export async function sendForm({ url, fields }: UploadForm, file: Uint8Array<ArrayBuffer>): Promise<Sent> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([file]), "whatever.bin");
  const response = await fetch(url, { method: "POST", body: form });
  const text = await response.text();
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return { status: response.status, code: element("Code"), message: element("Message") };
}
