import { inflateSync } from "node:zlib";
import ExifReader from "exifreader";
import { describe, expect, test } from "vitest";
import type { Pixels } from "#functions/files/cleaning/pictures/picture.ts";
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

/** The parts that a file is made of, read to its last byte; what is no part is a fault. */
const partsOf: Record<string, (file: Buffer) => string[]> = {
  "image/jpeg"(file) {
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
  },
  "image/png"(file) {
    const kinds: string[] = [];
    for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at))
      kinds.push(file.toString("latin1", at + 4, at + 8));
    return [...new Set(kinds)];
  },
  "image/webp"(file) {
    expect(8 + file.readUInt32LE(4)).toBe(file.length);
    const kinds: string[] = [];
    for (let at = 12; at < file.length; ) {
      kinds.push(file.toString("latin1", at, at + 4));
      const length = file.readUInt32LE(at + 4);
      at += 8 + length + (length % 2);
    }
    return kinds;
  },
};
/** The fewest that a picture can have: tables, a frame and a scan; a header, pixels and an end; a bitstream. */
const bareParts: Record<string, string[]> = {
  "image/jpeg": ["JFIF of 16", "ffc0", "ffc4", "ffda", "ffdb"],
  "image/png": ["IHDR", "IDAT", "IEND"],
  "image/webp": ["VP8 "],
};

/** The pixels of a PNG that has them in one chunk, as they are packed, and its end. */
function partsAfterHeader(png: Buffer): [Buffer, Buffer] {
  const end = 33 + 12 + png.readUInt32BE(33);
  return [png.subarray(41, end - 4), png.subarray(end)];
}

/** A file's bytes, and those of whatever in a PNG is compressed. */
function allText(file: Buffer): string {
  const streams: Buffer[] = [];
  for (let at = 8; file.toString("latin1", 1, 4) === "PNG" && at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString("latin1", at + 4, at + 8) === "IDAT")
      streams.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const pixels = streams.length > 0 ? inflateSync(Buffer.concat(streams)) : Buffer.alloc(0);
  return Buffer.concat([file, pixels]).toString("latin1");
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
      expect(allText(made)).not.toMatch(/MARKER|GPS|Exif|xmpmeta|ICC_PROFILE|<html/);
      expect(partsOf[contentType]?.(made)).toEqual(bareParts[contentType]);
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

  test("colours under what is wholly transparent are gone", async () => {
    const hidden = aPicture({ opacity: 0 });
    const { pixels } = await cleaned(await pngOf(hidden), "image/png");
    expect(pixels.rgba.every((part) => part === 0)).toBe(true);
  });

  test("colours of what hardly shows are gone, but for whether they are light or dark", async () => {
    const file = await pngOf(aPicture({ opacity: 1 }));
    const { pixels } = await cleaned(file, "image/png");
    expect(new Set(pixels.rgba)).toEqual(new Set([0, 255, 1]));
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
    [
      "an animation of which the first picture is not shown",
      withChunks(good["image/png"], pngChunk("acTL", Buffer.concat([uint32(2), uint32(0)]))),
    ],
    ["pixels that are parted by a text", parted(20, pngChunk("tEXt", text("Author\0")))],
    ["pixels with a wrong checksum", Buffer.concat([header, broken(pngChunk("IDAT", pixels)), end])],
  ])("a PNG with %s is refused", async (_, file) => {
    expect(await refusal(file, "image/png")).toEqual({ uncleanable: "unreadable" });
  });

  test("a PNG whose pixels lie in several chunks is taken", async () => {
    const { pixels } = await cleaned(parted(20, Buffer.alloc(0)), "image/png");
    expect(likeness(pixels, aPicture())).toBeGreaterThan(60);
  });

  test("an animated PNG is its first frame", async () => {
    const frame = Buffer.concat([uint32(1), text("")]);
    const file = withChunks(
      good["image/png"],
      pngChunk("acTL", Buffer.concat([uint32(2), uint32(0)])),
      pngChunk("fcTL", Buffer.alloc(26)),
      pngChunk("fdAT", frame),
    );
    const { bytes, pixels } = await cleaned(file, "image/png");
    expect(allText(Buffer.from(bytes))).not.toContain("MARKER");
    expect(likeness(pixels, aPicture())).toBeGreaterThan(60);
  });
});

describe("a picture looks as it did", () => {
  test.each<[ImageType, string]>([
    ["image/jpeg", "image/jpeg"],
    ["image/png", "image/png"],
    ["image/webp", "image/webp"],
  ])("%s", async (type, to) => {
    const { pixels, contentType } = await cleaned(good[type], type);
    expect(contentType).toBe(to);
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
    expect(await refusal(cmyk, "image/jpeg")).toEqual({ uncleanable: "unreadable" });
  });

  test("a PNG with sixteen bits a colour", async () => {
    const row = Buffer.alloc(20 * 6, Buffer.from([0xab, 0x12, 0x40, 0x99, 0x05, 0x77]));
    const { pixels } = await cleaned(
      rawPng({ width: 20, height: 3, depth: 16, colour: 2, rows: [row, row, row] }),
      "image/png",
    );
    expect([...pixels.rgba.subarray(0, 4)]).toEqual([0xab, 0x40, 0x05, 255]);
  });

  test("a PNG with a palette, one colour of it half transparent", async () => {
    const chunks = [pngChunk("PLTE", Buffer.from([255, 0, 0, 0, 0, 255])), pngChunk("tRNS", Buffer.from([255, 128]))];
    const rows = [Buffer.from([0b01000000])];
    const { pixels } = await cleaned(rawPng({ width: 2, height: 1, depth: 1, colour: 3, rows, chunks }), "image/png");
    expect([...pixels.rgba]).toEqual([255, 0, 0, 255, 0, 0, 255, 128]);
  });

  test.each<[ImageType, (pixels: Pixels) => Promise<Buffer>]>([
    ["image/png", pngOf],
    ["image/webp", webpOf],
  ])("%s stays as translucent as it was, scaled or not", async (type, encoded) => {
    const file = await encoded(aPicture({ width: 400, height: 240, opacity: 100 }));
    for (const side of [3000, 150]) {
      const { pixels } = await cleaned(file, type, side);
      expect(cornersOf(pixels).slice(0, 1)).toEqual(["red"]);
      expect(pixels.rgba.every((part, n) => n % 4 < 3 || Math.abs(part - 100) <= 1)).toBe(true);
    }
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
