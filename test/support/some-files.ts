import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { ContentType } from "#shared/domain/attachments/attachment-format.ts";

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
