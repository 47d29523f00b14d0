import ExifReader from "exifreader";
import { describe, expect, test } from "vitest";
import type { Pixels } from "#functions/files/cleaning/pictures/picture.ts";
import { encodeWebp } from "../../support/webp-encoder.ts";
import {
  aPicture,
  type Corner,
  canvas,
  clean,
  cleaned,
  cornersOf,
  exif,
  good,
  heic,
  type ImageType,
  jpegOf,
  laden,
  likeness,
  pngChunk,
  pngOf,
  rawPng,
  refusal,
  segment,
  text,
  types,
  uint32,
  webp,
  webpChunk,
  webpOf,
  withChunks,
  withSegments,
} from "./pictures.ts";

/** Sixteen pixels by eight, in the colours of a printing press. */
const cmyk = Buffer.from(
  "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P/8AAFAgACAAQBAEiAAIRAQMRAQQiAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAG/8QAGhABAAEFAAAAAAAAAAAAAAAAAAQRFCVh8P/EABUBAQEAAAAAAAAAAAAAAAAAAAUG/8QAGhEAAgIDAAAAAAAAAAAAAAAAAAEEFVFSkf/aAA4EAQACEQMRBAAAPwCjsZeixl6BGXM3dh1HEw+lbnuqZ7qg/9k=",
  "base64",
);

/** The kinds of parts that a JPEG is made of, read to its last byte; what is no part is a fault. */
function partsOf(file: Buffer): string[] {
  const kinds: string[] = [];
  for (let at = 2; file.readUInt16BE(at) !== 0xffd9; ) {
    const [kind, length] = [file.readUInt16BE(at), file.readUInt16BE(at + 2)];
    kinds.push(kind === 0xffe0 ? `JFIF of ${length}` : kind.toString(16));
    at += 2 + length;
    if (kind !== 0xffda) continue;
    while (file[at] !== 0xff || file[at + 1] === 0) at++;
    if (file.readUInt16BE(at) === 0xffd9) expect(at + 2).toBe(file.length);
  }
  return [...new Set(kinds)].sort();
}
/** The fewest that a JPEG can have: tables, a frame and a scan. */
const bareParts = ["JFIF of 16", "ffc0", "ffc4", "ffda", "ffdb"];

/** The pixels of a PNG that has them in one chunk, as they are packed, and its end. */
function partsAfterHeader(png: Buffer): [Buffer, Buffer] {
  const end = 33 + 12 + png.readUInt32BE(33);
  return [png.subarray(41, end - 4), png.subarray(end)];
}

describe("nothing is in a cleaned picture but the picture", () => {
  const endings: [string, Buffer][] = [
    ["nothing", Buffer.alloc(0)],
    ["a ZIP", text("PK\x03\x04")],
    ["a page", text("<html><script>alert(1)</script>")],
    ["another picture", Buffer.concat([good["image/jpeg"], text("")])],
  ];
  test.each(types.flatMap((type) => endings.map(([what, ending]) => [type, what, ending] as const)))(
    "%s with all that programs and cameras write into it, and %s after its end",
    async (type, _, ending) => {
      const file = Buffer.concat([laden[type], ending]);
      expect(file.toString("latin1")).toContain("MARKER");
      const { bytes, contentType } = await cleaned(file, type);
      const made = Buffer.from(bytes);
      expect(contentType).toBe("image/jpeg");
      expect(made.toString("latin1")).not.toMatch(/MARKER|GPS|Exif|xmpmeta|ICC_PROFILE|<html/);
      expect(partsOf(made)).toEqual(bareParts);
    },
  );

  test.each(types)("an independent reader finds what was in %s, and nothing in what is made of it", async (type) => {
    expect(Object.keys(ExifReader.load(laden[type]))).toEqual(expect.arrayContaining(["Make", "GPSLatitude"]));
    const { bytes } = await cleaned(laden[type], type);
    const tags = Object.keys(ExifReader.load(Buffer.from(bytes), { includeUnknown: true }));
    // What any picture has: its measures, and how its pixels are kept.
    const ofPixels =
      /^(FileType|Image (Width|Height)|Bit(s Per Sample| Depth)|Color (Components|Type)|Subsampling|Compression|Filter|Interlace|JFIF .*|[XY]?Resolution.*|[XY]Resolution|JFIF Thumbnail.*)$/;
    expect(tags.filter((tag) => !ofPixels.test(tag))).toEqual([]);
  });

  test.each<[ImageType, (pixels: Pixels) => Promise<Buffer>]>([
    ["image/png", pngOf],
    ["image/webp", (pixels) => encodeWebp(pixels, { lossless: 1 })],
  ])("of %s, one sees white where one sees through", async (type, encode) => {
    for (const [opacity, least] of [
      [0, 255],
      [1, 254],
      [100, 155],
    ] as const) {
      const { pixels } = await cleaned(await encode(aPicture({ opacity })), type);
      expect(Math.min(...pixels.rgba)).toBeGreaterThanOrEqual(least - 25);
      if (opacity < 2) expect(new Set(pixels.rgba)).toEqual(new Set([255]));
    }
  });

  const header = good["image/png"].subarray(0, 33);
  const [pixels, end] = partsAfterHeader(good["image/png"]);
  const parted = (at: number, between: Buffer) =>
    Buffer.concat([
      header,
      pngChunk("IDAT", pixels.subarray(0, at)),
      between,
      pngChunk("IDAT", pixels.subarray(at)),
      end,
    ]);
  const broken = (chunk: Buffer) => Buffer.concat([chunk.subarray(0, -1), Buffer.from([(chunk.at(-1) ?? 0) ^ 1])]);
  test.each<[string, Buffer]>([
    ["pixels that are parted by a text", parted(20, pngChunk("tEXt", text("Author\0")))],
    ["pixels with a wrong checksum", Buffer.concat([header, broken(pngChunk("IDAT", pixels)), end])],
  ])("a PNG with %s is refused", async (_, file) => {
    expect(await refusal(file, "image/png")).toEqual({ uncleanable: "unreadable" });
  });

  test("a PNG whose pixels lie in several chunks is taken", async () => {
    const { pixels } = await cleaned(parted(20, Buffer.alloc(0)), "image/png");
    expect(likeness(pixels, aPicture())).toBeGreaterThan(25);
  });

  const control = pngChunk("acTL", Buffer.concat([uint32(2), uint32(0)]));
  const frame = pngChunk("fcTL", Buffer.alloc(26));
  const pngOfMore = [frame, pngChunk("fdAT", Buffer.concat([uint32(1), text("")]))];
  const beforeEnd = (...chunks: Buffer[]) => Buffer.concat([header, pngChunk("IDAT", pixels), ...chunks, end]);
  test.each<[string, ImageType, Buffer]>([
    ["PNG", "image/png", withChunks(good["image/png"], control, frame, ...pngOfMore)],
    ["PNG that shows its first picture never", "image/png", withChunks(good["image/png"], control)],
    ["WebP", "image/webp", webp(canvas({ width: 64, height: 40, flags: 0x02 }), webpChunk("ANIM", Buffer.alloc(6)))],
    ["WebP without a flag", "image/webp", webp(good["image/webp"].subarray(12), webpChunk("ANMF", Buffer.alloc(16)))],
  ])("an animated %s is refused", async (_, type, file) => {
    expect(await refusal(file, type)).toEqual({ uncleanable: "hidden-content" });
  });

  test.each<[string, Buffer]>([
    ["of one picture", withChunks(good["image/png"], control, frame)],
    ["that begins behind the picture, where no reader looks for it", beforeEnd(control, ...pngOfMore)],
  ])("a PNG with an animation %s is taken", async (_, file) => {
    expect(likeness((await cleaned(file, "image/png")).pixels, aPicture())).toBeGreaterThan(25);
  });

  test("an opacity of a WebP that no flag announces is ignored, as in browsers", async () => {
    const translucent = await webpOf(aPicture({ opacity: 100 }));
    const flags = translucent.indexOf("VP8X") + 8;
    const announced = await cleaned(translucent, "image/webp");
    const silent = await cleaned(translucent.fill((translucent[flags] ?? 0) & ~0x10, flags, flags + 1), "image/webp");
    expect(cornersOf(announced.pixels)).not.toEqual(cornersOf(aPicture()));
    expect(likeness(silent.pixels, aPicture())).toBeGreaterThan(25);
  });

  describe("what nobody sees is gone", () => {
    /** A page in one colour, with a letter of this colour, some black text, and a photo. */
    function aPage(ground: number, letter: number): Pixels {
      const isIn = (x: number, y: number, [left, top, right, bottom]: number[]) =>
        x > (left ?? 0) && x < (right ?? 0) && y > (top ?? 0) && y < (bottom ?? 0);
      const greyAt = (x: number, y: number) => {
        if (isIn(x, y, [160, 160, 200, 200])) return (x * 7 + y * 13) % 256;
        if (isIn(x, y, [0, 20, 200, 30]) && x % 7 < 3) return 0;
        return isIn(x, y, [40, 60, 60, 200]) || isIn(x, y, [40, 60, 150, 80]) ? letter : ground;
      };
      const rgba = new Uint8ClampedArray(200 * 200 * 4).fill(255);
      for (let at = 0; at < rgba.length; at += 4) rgba.fill(greyAt((at / 4) % 200, Math.floor(at / 800)), at, at + 3);
      return { rgba, width: 200, height: 200 };
    }
    const colours = ({ rgba }: Pixels) => {
      const middle = Array.from({ length: 150 * 90 }, (_, n) => 65 + Math.floor(n / 150)).map((y, n) => [n % 150, y]);
      return new Set(middle.map(([x = 0, y = 0]) => rgba[(y * 200 + x) * 4]));
    };

    test.each([
      [255, 254],
      [255, 252],
      [254, 255],
      [128, 127],
      [3, 0],
    ])("a letter of %i on %i", async (ground, letter) => {
      for (const file of [
        await pngOf(aPage(ground, letter)),
        await encodeWebp(aPage(ground, letter), { lossless: 1 }),
      ]) {
        const type = file.toString("latin1", 1, 4) === "PNG" ? "image/png" : "image/webp";
        expect(colours((await cleaned(file, type)).pixels).size).toBe(1);
      }
    });

    test("but what one sees stays", async () => {
      const page = aPage(255, 245);
      const { pixels } = await cleaned(await pngOf(page), "image/png");
      expect(colours(pixels).size).toBeGreaterThan(1);
      expect(likeness(pixels, page)).toBeGreaterThan(30);
    });

    test("and a slope of colours has no steps", async () => {
      const slope = aPage(0, 0);
      for (let at = 0; at < slope.rgba.length; at++) if (at % 4 < 3) slope.rgba[at] = 100 + ((at / 4) % 200) / 8;
      expect(likeness((await cleaned(await pngOf(slope), "image/png")).pixels, slope)).toBeGreaterThan(45);
    });
  });
});

describe("a picture looks as it did", () => {
  test.each<ImageType>(["image/jpeg", "image/png", "image/webp"])("%s", async (type) => {
    const { pixels } = await cleaned(good[type], type);
    expect([pixels.width, pixels.height]).toEqual([64, 40]);
    expect(likeness(pixels, aPicture())).toBeGreaterThan(25);
  });

  test("a HEIC becomes a JPEG, turned once and not again as its Exif says", async () => {
    const { pixels, contentType } = await cleaned(heic, "image/heic");
    expect(contentType).toBe("image/jpeg");
    expect([pixels.width, pixels.height]).toEqual([96, 160]);
    expect(cornersOf(pixels)).toEqual(["blue", "red", "white", "green"]);
  });

  test.each<[string, object]>([
    ["progressive", { progressive: true }],
    ["in a single pass", { progressive: false, baseline: true }],
    ["with full colour", { auto_subsample: false, chroma_subsample: 1 }],
    ["stored as red, green and blue", { color_space: 2 }],
  ])("a JPEG %s", async (_, options) => {
    const { pixels } = await cleaned(await jpegOf(aPicture(), options), "image/jpeg");
    expect(cornersOf(pixels)).toEqual(["red", "green", "blue", "white"]);
  });

  test("a grey JPEG stays grey", async () => {
    const { pixels } = await cleaned(await jpegOf(aPicture(), { color_space: 1 }), "image/jpeg");
    expect([...pixels.rgba.subarray(20 * 64 * 4, 20 * 64 * 4 + 3)].every((part) => Math.abs(part - 60) < 8)).toBe(true);
  });

  test("a JPEG for a printing press is not read", async () => {
    expect(await refusal(cmyk, "image/jpeg")).toEqual({ uncleanable: "unknown-codec" });
  });

  test("a PNG with sixteen bits a colour", async () => {
    const row = Buffer.alloc(20 * 6, Buffer.from([0xab, 0x12, 0x40, 0x99, 0x05, 0x77]));
    const { pixels } = await cleaned(
      rawPng({ width: 20, height: 3, depth: 16, colour: 2, rows: [row, row, row] }),
      "image/png",
    );
    const [red = 0, green = 0, blue = 0] = pixels.rgba;
    expect([red - 0xab, green - 0x40, blue - 0x05].every((difference) => Math.abs(difference) < 4)).toBe(true);
  });

  test("a PNG with a palette, one colour of it half transparent", async () => {
    const chunks = [pngChunk("PLTE", Buffer.from([255, 0, 0, 0, 0, 255])), pngChunk("tRNS", Buffer.from([255, 128]))];
    const rows = Array.from({ length: 16 }, () => Buffer.from([0, 255]));
    const { pixels } = await cleaned(rawPng({ width: 16, height: 16, depth: 1, colour: 3, rows, chunks }), "image/png");
    const at = (x: number) => [...pixels.rgba.subarray((8 * 16 + x) * 4, (8 * 16 + x) * 4 + 3)];
    const [red, paleBlue] = [at(3), at(12)];
    expect([red[0], paleBlue[2]].every((part = 0) => part > 245)).toBe(true);
    expect([red[1], red[2]].every((part = 255) => part < 10)).toBe(true);
    expect([paleBlue[0], paleBlue[1]].every((part = 0) => Math.abs(part - 127) < 10)).toBe(true);
  });

  test.each<[number, number, number, number, number]>([
    [400, 240, 100, 100, 60],
    [240, 400, 100, 60, 100],
    [400, 240, 399, 399, 239],
    [401, 241, 100, 100, 60],
    [400, 1, 100, 100, 1],
    [64, 40, 64, 64, 40],
  ])("%i × %i with at most %i a side becomes %i × %i", async (width, height, side, wide, high) => {
    const { pixels } = await cleaned(await pngOf(aPicture({ width, height })), "image/png", side);
    expect([pixels.width, pixels.height]).toEqual([wide, high]);
  });
});

/** Exif says on which side of what one sees the first row and the first column of what is stored lie. */
const sides: [number, "top" | "bottom" | "left" | "right", "top" | "bottom" | "left" | "right"][] = [
  [1, "top", "left"],
  [2, "top", "right"],
  [3, "bottom", "right"],
  [4, "bottom", "left"],
  [5, "left", "top"],
  [6, "right", "top"],
  [7, "right", "bottom"],
  [8, "left", "bottom"],
];

describe.each(sides)(
  "with orientation %i the first row is seen at the %s, the first column at the %s",
  (orientation, row, column) => {
    const across = { top: "bottom", bottom: "top", left: "right", right: "left" } as const;
    const seenAt: Record<string, Corner> = {
      "left top": "red",
      "right top": "green",
      "bottom left": "blue",
      "bottom right": "white",
    };
    const corner = (one: string, other: string) => seenAt[[one, other].sort().join(" ")] ?? "white";
    const at = [
      corner(row, column),
      corner(row, across[column]),
      corner(across[row], column),
      corner(across[row], across[column]),
    ];
    const stored = aPicture({ at });
    const tagged: [ImageType, () => Promise<Buffer>][] = [
      [
        "image/jpeg",
        async () =>
          withSegments(
            await jpegOf(stored),
            segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exif({ orientation })])),
          ),
      ],
      ["image/png", async () => withChunks(await pngOf(stored), pngChunk("eXIf", exif({ orientation })))],
      [
        "image/webp",
        async () =>
          webp(
            canvas({ width: 64, height: 40, flags: 0x08 }),
            (await webpOf(stored)).subarray(12),
            webpChunk("EXIF", exif({ orientation })),
          ),
      ],
    ];

    test.each(tagged)("%s", async (type, made) => {
      const { pixels } = await cleaned(await made(), type);
      expect([pixels.width, pixels.height]).toEqual(orientation < 5 ? [64, 40] : [40, 64]);
      expect(cornersOf(pixels)).toEqual(["red", "green", "blue", "white"]);
    });
  },
);

test("pictures cleaned at the same time do not mix", async () => {
  const made = await Promise.all([1, 2, 3].flatMap(() => types.map((type) => clean(laden[type], type))));
  const alone = await Promise.all(types.map((type) => clean(good[type], type)));
  expect(made.slice(4, 8)).toEqual(alone);
  expect(made.slice(8)).toEqual(alone);
});
