import { describe, expect, test } from "vitest";
import { isOrdinaryProfile } from "#functions/files/cleaning/pictures/colour-profile.ts";
import { curveOfScreens, formula, gamma, primaries, profileOf, table } from "./colour-profiles.ts";
import {
  canvas,
  clean,
  cleaned,
  exif,
  good,
  type ImageType,
  laden,
  pngChunk,
  profileChunk,
  profileSegment,
  rawPng,
  segment,
  uint32,
  webp,
  webpChunk,
  withChunks,
  withSegments,
} from "./pictures.ts";

const linear = (power: number) => (stored: number) => stored ** power;
/** Light of letters of 180 of 255 on white is that of white. */
const crushed = table((stored) => (stored > 0.7 ? 1 : stored ** 2.2));
/** Letters of one level less than white are black. */
const stretched = table((stored) => (stored > 0.995 ? 1 : 0));
/** Levels from 200 to 215 have one brightness. */
const stepped = table((stored) => (stored > 200 / 255 && stored < 215 / 255 ? 0.6 : stored ** 2.2));

describe("a colour profile", () => {
  test.each<[string, Buffer]>([
    ["of a screen", profileOf()],
    ["of a phone with wider colours", profileOf({ of: primaries.displayP3 })],
    ["of a camera", profileOf({ of: primaries.adobe, curve: gamma(2.2) })],
    ["of an older screen", profileOf({ curve: gamma(1.8) })],
    ["of television", profileOf({ curve: formula(0, [2.4]) })],
    ["of a scanner, in a table", profileOf({ curve: table(linear(2)) })],
    ["of grey", profileOf({ space: "GRAY", curve: gamma(2.2) })],
    ["of a printer's grey", profileOf({ space: "GRAY", curve: table(linear(1.75), 256) })],
  ])("%s is ordinary", (_, profile) => expect(isOrdinaryProfile(profile)).toBe(true));

  const [red = [], green = [], blue = []] = primaries.srgb;
  test.each<[string, Buffer]>([
    ["that makes letters white", profileOf({ curve: crushed })],
    ["that makes letters black", profileOf({ curve: stretched })],
    ["that joins some levels", profileOf({ curve: stepped })],
    ["that makes one colour light", profileOf({ more: { gTRC: gamma(0.5) } })],
    ["of light as it is", profileOf({ curve: gamma(1) })],
    ["of light as it is, by an empty table", profileOf({ curve: table(linear(1), 0) })],
    ["that turns dark and light around", profileOf({ curve: table((stored) => 1 - stored) })],
    ["that exchanges red and blue", profileOf({ of: [blue, green, red] })],
    ["without colours", profileOf({ of: [red, red, red] })],
    ["with tables that mix colours", profileOf({ more: { A2B0: Buffer.alloc(64) } })],
    ["of brightness beyond white", profileOf({ more: { cicp: Buffer.alloc(12) } })],
    ["of a printing press", profileOf({ space: "CMYK" })],
    ["with a curve of no kind", profileOf({ curve: Buffer.from("none") })],
    ["that breaks off", profileOf().subarray(0, 300)],
    ["of nothing", Buffer.alloc(0)],
    ["of chance", Buffer.from("a profile ".repeat(50))],
  ])("%s is not ordinary", (_, profile) => expect(isOrdinaryProfile(profile)).toBe(false));
});

describe("a picture whose viewers show other colours than it stores is refused", () => {
  const bad = profileOf({ curve: crushed });
  const inParts = [1, 2].map((part) => {
    const half = Math.ceil(bad.length / 2);
    const name = Buffer.concat([Buffer.from("ICC_PROFILE\0"), Buffer.of(part, 2)]);
    return segment(0xe2, Buffer.concat([name, bad.subarray((part - 1) * half, part * half)]));
  });
  const cicp = (...numbers: number[]) => pngChunk("cICP", Buffer.from(numbers));
  test.each<[string, ImageType, Buffer]>([
    ["JPEG", "image/jpeg", withSegments(good["image/jpeg"], profileSegment(bad))],
    ["JPEG with a profile in parts", "image/jpeg", withSegments(good["image/jpeg"], ...inParts.toReversed())],
    ["PNG", "image/png", withChunks(good["image/png"], profileChunk(bad))],
    [
      "PNG with a profile that does not unpack",
      "image/png",
      withChunks(good["image/png"], pngChunk("iCCP", Buffer.from("a\0\0bc"))),
    ],
    ["PNG with a gamma", "image/png", withChunks(good["image/png"], pngChunk("gAMA", uint32(21_000)))],
    ["PNG of light as it is", "image/png", withChunks(good["image/png"], cicp(1, 8, 0, 1))],
    ["PNG of brightness beyond white", "image/png", withChunks(good["image/png"], cicp(9, 16, 0, 1))],
    ["WebP", "image/webp", webp(webpChunk("ICCP", bad), good["image/webp"].subarray(12))],
  ])("%s", async (_, type, file) => expect(await clean(file, type)).toEqual({ uncleanable: "hidden-content" }));

  const ordinary = profileOf({ of: primaries.displayP3, curve: curveOfScreens });
  test.each<[string, ImageType, Buffer]>([
    ["JPEG", "image/jpeg", withSegments(good["image/jpeg"], profileSegment(ordinary))],
    ["PNG", "image/png", withChunks(good["image/png"], profileChunk(ordinary))],
    ["PNG with the usual gamma", "image/png", withChunks(good["image/png"], pngChunk("gAMA", uint32(45_455)))],
    ["PNG of a wider screen", "image/png", withChunks(good["image/png"], cicp(12, 13, 0, 1))],
    [
      "WebP",
      "image/webp",
      webp(
        canvas({ width: 64, height: 40, flags: 0x20 }),
        webpChunk("ICCP", ordinary),
        good["image/webp"].subarray(12),
      ),
    ],
  ])("and one with an ordinary profile is not: %s", async (_, type, file) =>
    expect(await clean(file, type)).toHaveProperty("bytes"),
  );
});

describe("a PNG with a palette", () => {
  const palette = pngChunk("PLTE", Buffer.from([255, 255, 255, 0, 0, 0]));
  const picture = (...rows: number[][]) =>
    rawPng({
      width: 4,
      height: rows.length,
      depth: 8,
      colour: 3,
      rows: rows.map((row) => Buffer.from(row)),
      chunks: [palette],
    });
  test("is taken, though the palette is short", async () => {
    expect(await clean(picture([0, 1, 0, 1], [1, 0, 0, 1]), "image/png")).toHaveProperty("bytes");
  });
  test("is refused where a pixel has a number that the palette does not have: viewers show different colours", async () => {
    expect(await clean(picture([0, 1, 0, 9]), "image/png")).toEqual({ uncleanable: "hidden-content" });
  });
});

describe("as in browsers,", () => {
  const isTurned = async (file: Buffer, type: ImageType) => {
    const { width, height } = (await cleaned(file, type)).pixels;
    return height > width;
  };
  const turn = exif({ orientation: 6 });
  const [jpeg, png, webpFile] = [good["image/jpeg"], good["image/png"], good["image/webp"]];
  const exifSegment = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), turn]));
  const end = png.length - 12;

  test.each<[string, ImageType, Buffer, boolean]>([
    ["a JPEG is turned", "image/jpeg", withSegments(jpeg, exifSegment), true],
    [
      "a JPEG is not turned by what follows its pixels",
      "image/jpeg",
      Buffer.concat([jpeg.subarray(0, -2), exifSegment, jpeg.subarray(-2)]),
      false,
    ],
    ["a PNG is turned", "image/png", withChunks(png, pngChunk("eXIf", turn)), true],
    [
      "a PNG is not turned by what follows its pixels",
      "image/png",
      Buffer.concat([png.subarray(0, end), pngChunk("eXIf", turn), png.subarray(end)]),
      false,
    ],
    [
      "a WebP is not turned where no flag says so",
      "image/webp",
      webp(webpFile.subarray(12), webpChunk("EXIF", turn)),
      false,
    ],
  ])("%s", async (_, type, file, isExpected) => expect(await isTurned(file, type)).toBe(isExpected));

  test("a PNG is taken though a text in it has a wrong checksum", async () => {
    const chunk = pngChunk("tEXt", Buffer.from("Author\0somebody"));
    chunk.writeUInt32BE(1, chunk.length - 4);
    expect(await clean(withChunks(png, chunk), "image/png")).toHaveProperty("bytes");
  });

  test("a WebP with two opacities is refused", async () => {
    const flags = laden["image/webp"].subarray(12, 12 + 18);
    const alpha = webpChunk("ALPH", Buffer.alloc(4));
    expect(await clean(webp(flags, alpha, alpha, webpFile.subarray(12)), "image/webp")).toEqual({
      uncleanable: "unreadable",
    });
  });
});
