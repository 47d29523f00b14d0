import { describe, expect, test } from "vitest";
import { beginsAs, ContentType, neutralName, startBytes } from "#shared/domain/attachments/attachment-format.ts";
import { someFiles } from "../support/some-files.ts";

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test.each(ContentType.options)("a file of %s is known by no more bytes than are looked at", (type) => {
  expect(beginsAs(type, someFiles[type].subarray(0, startBytes))).toBe(true);
});

describe("a sound of MPEG layer III", () => {
  test.each([
    ["with a tag before it", "ID3\x04\x00\x00\x00\x00\x00\x00"],
    ["of MPEG 1", "\xff\xfb\x90\x64"],
    ["of MPEG 2", "\xff\xf3\x90\x64"],
    ["of MPEG 2.5", "\xff\xe3\x90\x64"],
    ["with a checksum", "\xff\xfa\x90\x64"],
  ])("%s is known", (_, start) => {
    expect(beginsAs("audio/mpeg", latin(start))).toBe(true);
  });

  test.each([
    ["half of a tag", "ID"],
    ["no sync byte", "\x7f\xfb\x90\x64"],
    ["half of a sync", "\xff\x1b\x90\x64"],
    ["layer II", "\xff\xfd\x90\x64"],
    ["no layer", "\xff\xf9\x90\x64"],
    ["a version that does not exist", "\xff\xeb\x90\x64"],
    ["a bit rate that does not exist", "\xff\xfb\xf0\x64"],
    ["a sampling rate that does not exist", "\xff\xfb\x9c\x64"],
    ["UTF-16 text", "\xff\xfe<\x00h\x00"],
  ])("is not what begins with %s", (_, start) => {
    expect(beginsAs("audio/mpeg", latin(start))).toBe(false);
  });
});

describe("a picture of WebP", () => {
  test.each([
    ["a sound in the same container", "RIFF\x24\x00\x00\x00WAVEfmt "],
    ["another container of the same name", "LIST\x24\x00\x00\x00WEBPVP8 "],
  ])("is not %s", (_, start) => {
    expect(beginsAs("image/webp", latin(start))).toBe(false);
  });
});

describe.each(["video/mp4", "audio/mp4"] as const)("%s", (type) => {
  test.each(["isom", "mp42", "dash", "3gp4"])("may be of the brand %s, which phones write for both", (brand) => {
    expect(beginsAs(type, latin(`\x00\x00\x00\x20ftyp${brand}`))).toBe(true);
  });

  test.each([
    ["a film of QuickTime", "\x00\x00\x00\x20ftypqt  "],
    ["a still image", "\x00\x00\x00\x20ftypheic"],
    ["a brand without its box", "\x00\x00\x00\x20freeisom"],
    ["a box without a brand", "\x00\x00\x00\x20ftyp"],
  ])("is not %s", (_, start) => {
    expect(beginsAs(type, latin(start))).toBe(false);
  });
});

test("sound and picture have brands of their own", () => {
  const ofBrand = (brand: string) =>
    (["audio/mp4", "video/mp4"] as const).filter((type) => beginsAs(type, latin(`\x00\x00\x00\x20ftyp${brand}`)));
  expect(["M4A ", "M4B ", "M4V ", "avc1", "MSNV"].map(ofBrand)).toEqual([
    ["audio/mp4"],
    ["audio/mp4"],
    ["video/mp4"],
    ["video/mp4"],
    ["video/mp4"],
  ]);
});

test.each([
  ["image/jpeg", "attachment.jpg"],
  ["image/png", "attachment.png"],
  ["image/webp", "attachment.webp"],
  ["application/pdf", "attachment.pdf"],
  ["audio/mpeg", "attachment.mp3"],
  ["audio/mp4", "attachment.m4a"],
  ["video/mp4", "attachment.mp4"],
] as const)("a file of %s whose name is not to be known is called %s", (type, name) => {
  expect(neutralName(type)).toBe(name);
});
