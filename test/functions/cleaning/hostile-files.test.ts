import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { hostileFiles } from "../../fixtures/attachments/hostile.ts";

const files = hostileFiles();

/** First bytes of each kind, in hexadecimal, by the first word of a file's name. */
const firstBytes: Record<string, RegExp> = {
  png: /^89504e470d0a1a0a/,
  jpeg: /^ffd8ff/,
  webp: /^52494646.{8}57454250/,
  heic: /^.{8}6674797068656963/,
  pdf: /^255044462d312e37/,
  mp4: /^.{8}6674797069736f6d/,
  m4a: /^.{8}667479704d344120/,
  webm: /^1a45dfa3/,
  mp3: /^(494433|fffb)/,
  ogg: /^4f676753/,
  gif: /^474946383961/,
  html: /^3c21646f6374797065/,
  svg: /^3c737667/,
  exe: /^4d5a/,
};

test.each(Object.entries(files))("%s is of 2 MB at most and begins as what it is", (name, { bytes }) => {
  expect(bytes.length).toBeGreaterThan(0);
  expect(bytes.length).toBeLessThanOrEqual(2 * 1_024 * 1_024);
  const expected = firstBytes[name.split("-")[0] ?? ""];
  if (expected) expect(bytes.subarray(0, 16).toString("hex")).toMatch(expected);
});

test("they are the same each time", () => {
  expect(hostileFiles()).toEqual(files);
});

describe("a bomb", () => {
  const packed = (name: string, mark: string, skip: number) => {
    const bytes = files[name]?.bytes ?? Buffer.alloc(0);
    return bytes.subarray(bytes.indexOf(mark) + skip);
  };

  test("of a PNG unpacks to 500 million zeros, as its sum says", () => {
    const pixels = inflateSync(packed("png-bomb-true-claim", "IDAT", 4));
    expect(pixels.length).toBe(500_000_000);
  });

  test("of a PDF unpacks to its catalog and 500 million blanks", () => {
    const objects = inflateSync(packed("pdf-object-stream-bomb", "stream\n", 7));
    expect(objects.subarray(0, 4).toString()).toBe("1 0 ");
    expect(objects.length).toBeGreaterThan(500_000_000);
  });
});
