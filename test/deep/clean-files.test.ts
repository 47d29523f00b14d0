import { describe, expect, test } from "vitest";
import * as z from "zod";
import { hostileFiles } from "../fixtures/attachments/hostile.ts";
import { containsMarker, inflatedContent, readWithOtherLibraries } from "../support/cleaned-files.ts";
import { contentOf, type Fixture, fixtures, someFiles } from "../support/sample-files.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { isDeep, isFull } from "../support/trial-size.ts";
import { attachmentsIn } from "../support/uploads.ts";

const cloud = withLocalCloud();
const { sent, uploadsOf, download } = attachmentsIn(cloud);

/** What no clean copy is made of, and why. */
const refused: Record<string, string> = {
  "files/pdf/02-form-with-scripts.pdf": "hidden-content",
  "files/png/05-animated-grey.png": "hidden-content",
  "files/webp/03-animated.webp": "hidden-content",
};

async function servedCopyOf({ contentType }: Pick<Fixture, "contentType">, content: Uint8Array<ArrayBuffer>) {
  const receipt = await cloud.file();
  const { attachmentId } = await sent(receipt, content, { contentType });
  expect(await uploadsOf(receipt)).toMatchObject([{ state: "ready" }]);
  const fetched = await download("agency", receipt, attachmentId);
  const type = fetched.headers.get("content-type") ?? "";
  return { copy: Buffer.from(await fetched.arrayBuffer()), type };
}

const made = fixtures.filter(({ path }) => !refused[path]);
/** The short form has the first of each type and every third, which go the same way through the cloud. */
const isFirst = ({ path, contentType }: Fixture) => made.find((one) => one.contentType === contentType)?.path === path;
const through = made.filter((fixture, n) => isDeep || n % 3 === 0 || isFirst(fixture));
const titled = through.map((fixture) => [fixture.path, fixture] as const);

describe("a file goes in over HTTP with all that it says, and comes out with what it shows", () => {
  test.each(titled)("%s", async (_, fixture) => {
    const { copy, type } = await servedCopyOf(fixture, contentOf(fixture));
    const inside = inflatedContent(copy);
    const left = fixture.markers.filter(({ text }) => containsMarker(inside, text)).map(({ text }) => text);
    expect(left).toEqual([]);
    expect(inside).not.toMatch(/FOADMARK/);
    const { personal, ...seen } = await readWithOtherLibraries(copy, type);
    expect(personal).toEqual({});
    for (const name of ["width", "height", "pages"] as const)
      if (seen[name] !== undefined) expect(seen[name], name).toBe(fixture[name]);
    // The seconds of a fixture are those of its whole packets; an encoder fills up the last ones.
    if (seen.seconds !== undefined) expect(Math.abs(seen.seconds - (fixture.seconds ?? 0))).toBeLessThan(0.2);
  });

  test.each(Object.entries(refused))("but %s is refused as %s", async (path, reason) => {
    const fixture = fixtures.find((one) => one.path === path) ?? fixtures[0];
    if (!fixture) throw new Error("no fixture");
    const receipt = await cloud.file();
    await sent(receipt, contentOf(fixture), { contentType: fixture.contentType });
    expect(await uploadsOf(receipt)).toMatchObject([{ state: "refused", reason }]);
  });
});

test("every kind of file is tried with many markers, in more than three hundred places", () => {
  const places = (some: Fixture[]) => new Set(some.flatMap(({ markers }) => markers.map(({ text }) => text))).size;
  expect(places(made)).toBeGreaterThan(300);
  for (const [type, some] of Map.groupBy(made, ({ contentType }) => contentType))
    expect(places(some), type).toBeGreaterThan(12);
});

describe("a file that is there to break whoever opens it", () => {
  const hostile = Object.entries(hostileFiles());
  const every = isDeep ? 4 : 8;
  const tried = hostile.filter((_, n) => isFull || n % every === 0);

  test.each(tried)("%s is refused or comes out clean, soon, and the next file passes", async (_, file) => {
    const receipt = await cloud.file();
    const startedAt = performance.now();
    await sent(receipt, new Uint8Array(file.bytes), { contentType: file.contentType });
    const [told] = await uploadsOf(receipt);
    const { state, attachmentId } = z.object({ state: z.string(), attachmentId: z.string() }).parse(told);
    expect(["refused", "ready"]).toContain(state);
    if (state === "ready") {
      const fetched = await download("agency", receipt, attachmentId);
      const copy = Buffer.from(await fetched.arrayBuffer());
      expect(inflatedContent(copy)).not.toMatch(/<script|<html|JavaScript|EmbeddedFile|This program cannot be run/);
      expect((await readWithOtherLibraries(copy, fetched.headers.get("content-type") ?? "")).personal).toEqual({});
    }
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    const next = await servedCopyOf({ contentType: "image/png" }, someFiles["image/png"]);
    expect(next.type).toBe("image/jpeg");
  });
});
