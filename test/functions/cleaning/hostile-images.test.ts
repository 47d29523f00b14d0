import { describe, expect, test } from "vitest";
import {
  aPicture,
  box,
  canvas,
  clean,
  good,
  heic,
  type ImageType,
  jpegOf,
  laden,
  pngChunk,
  refusal,
  types,
  uint32,
  webp,
  webpChunk,
} from "./pictures.ts";

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
      const file = good["image/png"];
      const header = pngChunk("IHDR", Buffer.concat([uint32(width), uint32(height), file.subarray(24, 29)]));
      return Buffer.concat([file.subarray(0, 8), header, file.subarray(33)]);
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
      [type, 8_001, 8_000] as const,
    ]),
  )("%s of %i × %i", async (type, width, height) => {
    expect(await refusal(claiming[type](width, height), type)).toEqual({ uncleanable: "too-complex" });
  });

  test.each(["image/jpeg", "image/png", "image/heic"] as const)("%s without a width", async (type) => {
    expect(await refusal(claiming[type](0, 40), type)).toEqual({ uncleanable: "too-complex" });
  });

  test("a WebP whose bitstream is larger than it says outside", async () => {
    const file = webp(canvas({ width: 64, height: 40, flags: 0 }), good["image/webp"].subarray(12));
    file.writeUInt16LE(16_000, file.indexOf("VP8 ") + 8 + 6);
    file.writeUInt16LE(16_000, file.indexOf("VP8 ") + 8 + 8);
    expect(await refusal(file, "image/webp")).toEqual({ uncleanable: "too-complex" });
  });

  test("a WebP of 5,000 frames", async () => {
    const frames = Array.from({ length: 5_000 }, () => webpChunk("ANMF", Buffer.alloc(16)));
    const start = canvas({ width: 64, height: 40, flags: 0x02 });
    const file = webp(start, webpChunk("ANIM", Buffer.alloc(6)), ...frames);
    expect(await refusal(file, "image/webp")).toEqual({ uncleanable: "too-complex" });
  });

  test("a JPEG of a thousand scans", async () => {
    const jpeg = good["image/jpeg"];
    const scan = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
    const file = Buffer.concat([jpeg.subarray(0, -2), ...Array(1_000).fill(scan), jpeg.subarray(-2)]);
    expect(await refusal(file, "image/jpeg")).toEqual({ uncleanable: "too-complex" });
  });

  test("a HEIC that moves", async () => {
    expect(await refusal(Buffer.concat([heic, box("moov")]), "image/heic")).toEqual({ uncleanable: "too-complex" });
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
      "too-complex",
    ],
    ["of a picture of pictures", { kinds: ["grid", "grid"], parts: [2], side: 64 }, "too-complex"],
    ["laid over others", { kinds: ["iovl", "hvc1"], parts: [2], side: 64 }, "too-complex"],
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
      expect("bytes" in made || ["unreadable", "too-complex", "hidden-content"].includes(made.uncleanable)).toBe(true);
    }
    expect(await clean(good[type], type)).toHaveProperty("bytes");
  });

  test.each(types)("%s that is nothing but its first bytes and noise", async (type) => {
    const noise = Buffer.from(Array.from({ length: 4_000 }, (_, n) => (n * 7_919 + (n >> 3) * 31) % 251));
    const file = Buffer.concat([good[type].subarray(0, 12), noise]);
    expect(await refusal(file, type)).toHaveProperty("uncleanable");
  });
});
