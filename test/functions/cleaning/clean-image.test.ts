import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import ExifReader from "exifreader";
import { describe, expect, test } from "vitest";
import { cleanImage } from "#functions/attachments/cleaning/clean-image.ts";
import type { Cleaned, Cleaning } from "#functions/attachments/cleaning/cleaned.ts";
import type { Pixels } from "#functions/attachments/cleaning/pixels.ts";
import {
  aPicture,
  box,
  type Corner,
  canvas,
  cornersOf,
  decoded,
  exif,
  jpegOf,
  likeness,
  pngChunk,
  pngOf,
  rawPng,
  segment,
  uint32,
  webp,
  webpChunk,
  webpOf,
  withChunks,
  withSegments,
} from "./pictures.ts";

type ImageType = Parameters<typeof cleanImage>[1]["from"];

const heic = readFileSync(join(import.meta.dirname, "../../fixtures/attachments/heic-small.heic"));
/** Sixteen pixels by eight, in the colours of a printing press. */
const cmyk = Buffer.from(
  "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P/8AAFAgACAAQBAEiAAIRAQMRAQQiAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAG/8QAGhABAAEFAAAAAAAAAAAAAAAAAAQRFCVh8P/EABUBAQEAAAAAAAAAAAAAAAAAAAUG/8QAGhEAAgIDAAAAAAAAAAAAAAAAAAEEFVFSkf/aAA4EAQACEQMRBAAAPwCjsZeixl6BGXM3dh1HEw+lbnuqZ7qg/9k=",
  "base64",
);

const good: Record<ImageType, Buffer> = {
  "image/jpeg": await jpegOf(aPicture()),
  "image/png": await pngOf(aPicture()),
  "image/webp": await webpOf(aPicture()),
  "image/heic": heic,
};
const types = Object.keys(good) as ImageType[];

const clean = (file: Uint8Array, from: ImageType, largestSide = 3000) =>
  cleanImage(file, { from, quality: 82, largestSide });

async function cleaned(file: Uint8Array, from: ImageType, largestSide?: number): Promise<Cleaned & { pixels: Pixels }> {
  const made = await clean(file, from, largestSide);
  if ("uncleanable" in made) throw new Error(made.uncleanable);
  return { ...made, pixels: await decoded(made.bytes, made.contentType) };
}

/** A picture is refused, and the next one is cleaned as if nothing had been. */
async function refusal(file: Uint8Array, from: ImageType): Promise<Cleaning> {
  const refused = await clean(file, from);
  expect(await clean(good[from], from)).toHaveProperty("bytes");
  return refused;
}

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

const marker = "MARKER-09123456789";
const text = (before: string) => Buffer.from(`${before}${marker}`, "latin1");
const zipped = deflateSync(text(""));
const xmp = text("<x:xmpmeta xmlns:x='adobe:ns:meta/'>");
const anExif = exif({ marker });
const exifBody = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), anExif]);
const thumbnail = Buffer.concat([Buffer.from("JFXX\0\x10", "latin1"), good["image/jpeg"], text("")]);
const iptc = Buffer.concat([
  Buffer.from("Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x17\x1c\x02\x78\0\x12", "latin1"),
  text(""),
]);

const laden: Record<ImageType, Buffer> = {
  "image/jpeg": withSegments(
    good["image/jpeg"],
    segment(0xe0, thumbnail),
    segment(0xe1, exifBody),
    segment(0xe1, Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), xmp])),
    segment(0xe2, text("ICC_PROFILE\0\x01\x01")),
    segment(0xe2, text("MPF\0")),
    segment(0xed, iptc),
    segment(0xef, text("a maker's own")),
    segment(0xfe, text("a comment ")),
  ),
  "image/png": withChunks(
    good["image/png"],
    pngChunk("iCCP", Buffer.concat([Buffer.from("profile\0\0"), zipped])),
    pngChunk("tEXt", text("Author\0")),
    pngChunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0"), zipped])),
    pngChunk("iTXt", Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), xmp])),
    pngChunk("eXIf", anExif),
    pngChunk("tIME", Buffer.from([7, 0xea, 11, 25, 1, 2, 3])),
    pngChunk("prVt", text("a maker's own")),
  ),
  "image/webp": webp(
    canvas({ width: 64, height: 40, flags: 0x2c }),
    webpChunk("ICCP", text("")),
    good["image/webp"].subarray(12),
    webpChunk("EXIF", anExif),
    webpChunk("XMP ", xmp),
    webpChunk("OWNS", text("a maker's own")),
  ),
  "image/heic": heic,
};

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

  test("an animated PNG is its first frame", async () => {
    const frame = Buffer.concat([uint32(1), text("")]);
    const file = withChunks(
      good["image/png"],
      pngChunk("acTL", Buffer.concat([uint32(2), uint32(0)])),
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

describe("a file that would cost too much is refused before it is decoded", () => {
  /** The same file, claiming other measures. */
  const claiming: Record<ImageType, (width: number, height: number) => Buffer> = {
    "image/jpeg"(width, height) {
      const file = Buffer.from(good["image/jpeg"]);
      const frame = file.indexOf(Buffer.from([0xff, 0xc2]));
      file.writeUInt16BE(height, frame + 5);
      file.writeUInt16BE(width, frame + 7);
      return file;
    },
    "image/png"(width, height) {
      const file = Buffer.from(good["image/png"]);
      file.writeUInt32BE(width, 16);
      file.writeUInt32BE(height, 20);
      return file;
    },
    "image/webp": (width, height) => webp(canvas({ width, height, flags: 0 }), good["image/webp"].subarray(12)),
    "image/heic"(width, height) {
      const file = Buffer.from(heic);
      const extent = file.indexOf("ispe");
      file.writeUInt32BE(width, extent + 8);
      file.writeUInt32BE(height, extent + 12);
      return file;
    },
  };

  test.each(
    types.flatMap((type) => [
      [type, 30_000, 30_000] as const,
      [type, 30_001, 1] as const,
      [type, 1, 30_001] as const,
      [type, 7_072, 7_072] as const,
    ]),
  )("%s of %i × %i", async (type, width, height) => {
    expect(await refusal(claiming[type](width, height), type)).toEqual({ uncleanable: "too-much-inside" });
  });

  test.each(["image/jpeg", "image/png", "image/heic"] as const)("%s without a width", async (type) => {
    expect(await refusal(claiming[type](0, 40), type)).toEqual({ uncleanable: "too-much-inside" });
  });

  test("a WebP whose bitstream is larger than it says outside", async () => {
    const file = webp(canvas({ width: 64, height: 40, flags: 0 }), good["image/webp"].subarray(12));
    file.writeUInt16LE(16_000, file.indexOf("VP8 ") + 8 + 6);
    file.writeUInt16LE(16_000, file.indexOf("VP8 ") + 8 + 8);
    expect(await refusal(file, "image/webp")).toEqual({ uncleanable: "too-much-inside" });
  });

  test("a WebP of 5,000 frames", async () => {
    const frames = Array.from({ length: 5_000 }, () => webpChunk("ANMF", Buffer.alloc(16)));
    const start = canvas({ width: 64, height: 40, flags: 0x02 });
    const file = webp(start, webpChunk("ANIM", Buffer.alloc(6)), ...frames);
    expect(await refusal(file, "image/webp")).toEqual({ uncleanable: "too-much-inside" });
  });

  test("a JPEG of a thousand scans", async () => {
    const jpeg = good["image/jpeg"];
    const scan = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
    const file = Buffer.concat([jpeg.subarray(0, -2), ...Array(1_000).fill(scan), jpeg.subarray(-2)]);
    expect(await refusal(file, "image/jpeg")).toEqual({ uncleanable: "too-much-inside" });
  });

  test("a HEIC that moves", async () => {
    expect(await refusal(Buffer.concat([heic, box("moov")]), "image/heic")).toEqual({ uncleanable: "too-much-inside" });
  });

  /** A HEIC of pictures that are each made of others, with nothing behind them. */
  function derived({ kinds, parts, side }: { kinds: string[]; parts: number[]; side: number }): Buffer {
    const versioned = (version: number) => Buffer.from([version, 0, 0, 0]);
    const short = (value: number) => Buffer.from([value >> 8, value & 0xff]);
    const items = kinds.map((kind, n) =>
      box("infe", versioned(2), short(n + 1), short(0), Buffer.from(kind, "latin1"), Buffer.alloc(1)),
    );
    const made = box("dimg", short(1), short(parts.length), ...parts.map(short));
    const extent = box("ispe", versioned(0), uint32(side), uint32(side));
    const each = kinds.map((_, n) => Buffer.concat([short(n + 1), Buffer.from([1, 1])]));
    const properties = box("iprp", box("ipco", extent), box("ipma", versioned(0), uint32(kinds.length), ...each));
    const listed = box("iinf", versioned(0), short(kinds.length), ...items);
    const meta = box("meta", versioned(0), listed, box("iref", versioned(0), made), properties);
    return Buffer.concat([heic.subarray(0, heic.readUInt32BE(0)), meta]);
  }

  test.each<[string, Parameters<typeof derived>[0], string]>([
    [
      "of one large tile a hundred times",
      { kinds: ["grid", "hvc1"], parts: Array(100).fill(2), side: 4_000 },
      "too-much-inside",
    ],
    ["of a picture of pictures", { kinds: ["grid", "grid"], parts: [2], side: 64 }, "too-much-inside"],
    ["laid over others", { kinds: ["iovl", "hvc1"], parts: [2], side: 64 }, "too-much-inside"],
    ["of a few tiles that are not there", { kinds: ["grid", "hvc1"], parts: [2, 2], side: 64 }, "unreadable"],
  ])("a HEIC %s", async (_, described, why) => {
    expect(await refusal(derived(described), "image/heic")).toEqual({ uncleanable: why });
  });
});

describe("a file that cannot be read harms nothing", () => {
  const places = [0, 1, 8, 12, 30, 100, 0.3, 0.5, 0.7, 0.9];
  test.each(types)("%s, broken off anywhere", async (type) => {
    const file = good[type];
    const lengths = [...places.map((at) => (at >= 0 && at < 1 ? Math.floor(at * file.length) : at)), file.length - 1];
    for (const length of lengths)
      expect(await clean(file.subarray(0, length), type)).toEqual({ uncleanable: "unreadable" });
    expect(await clean(file, type)).toHaveProperty("bytes");
  });

  test("a JPEG that breaks off, with an end put after it", async () => {
    const jpeg = await jpegOf(aPicture({ width: 400, height: 240 }), { progressive: false });
    const file = Buffer.concat([jpeg.subarray(0, jpeg.length / 2), Buffer.from([0xff, 0xd9])]);
    expect(await refusal(file, "image/jpeg")).toEqual({ uncleanable: "unreadable" });
  });

  test("a PNG that breaks off, with an end put after it", async () => {
    const png = good["image/png"];
    const pixels = png.indexOf("IDAT");
    const half = pngChunk("IDAT", png.subarray(pixels + 4, pixels + 60));
    const file = Buffer.concat([png.subarray(0, pixels - 4), half, png.subarray(-12)]);
    expect(await refusal(file, "image/png")).toEqual({ uncleanable: "unreadable" });
  });

  test.each(types.flatMap((from) => types.filter((type) => type !== from).map((type) => [type, from] as const)))(
    "%s that says it is %s",
    async (type, from) => {
      expect(await refusal(good[type], from)).toEqual({ uncleanable: "unreadable" });
    },
  );

  test.each(types)("nothing that is altered in %s stops the next one", async (type) => {
    let seed = 128;
    const chance = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let round = 0; round < 40; round++) {
      const file = Buffer.from(laden[type]);
      for (let n = 0; n <= round % 8; n++) file[12 + chance(file.length - 12)] = chance(256);
      const made = await clean(file, type);
      expect("bytes" in made || ["unreadable", "too-much-inside"].includes(made.uncleanable)).toBe(true);
    }
    expect(await clean(good[type], type)).toHaveProperty("bytes");
  });

  test.each(types)("%s that is nothing but its first bytes and noise", async (type) => {
    const noise = Buffer.from(Array.from({ length: 4_000 }, (_, n) => (n * 7_919 + (n >> 3) * 31) % 251));
    const file = Buffer.concat([good[type].subarray(0, 12), noise]);
    expect(await refusal(file, type)).toHaveProperty("uncleanable");
  });
});

test("pictures cleaned at the same time do not mix", async () => {
  const made = await Promise.all([1, 2, 3].flatMap(() => types.map((type) => clean(laden[type], type))));
  const alone = await Promise.all(types.map((type) => clean(good[type], type)));
  expect(made.slice(4, 8)).toEqual(alone);
  expect(made.slice(8)).toEqual(alone);
});
