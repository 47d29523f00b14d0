import { describe, expect, test } from "vitest";
import { CleanType, ContentType, downloadName, hasSignatureOf } from "#shared/files/format.ts";

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const beginnings: Record<ContentType, Uint8Array> = {
  "image/jpeg": latin("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01 picture"),
  "image/png": latin("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR picture"),
  "image/webp": latin("RIFF\x24\x00\x00\x00WEBPVP8 picture"),
  "image/heic": latin("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00 picture"),
  "application/pdf": latin("%PDF-1.7\n%\xe2\xe3\xcf\xd3 page"),
  "audio/mpeg": latin("\xff\xfb\x90\x64\x00\x00\x00\x00\x00\x00\x00\x00 sound"),
  "audio/mp4": latin("\x00\x00\x00\x1cftypM4A \x00\x00\x02\x00 sound"),
  "audio/ogg": latin("OggS\x00\x02\x00\x00 sound"),
  "video/mp4": latin("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00 film"),
  "audio/webm": latin("\x1a\x45\xdf\xa3\x9f\x42 sound"),
  "video/quicktime": latin("\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00 film"),
  "video/webm": latin("\x1a\x45\xdf\xa3\x9f\x42 film"),
};

/** Sound and film of the same kind of file, which begin alike. */
const kin: Partial<Record<ContentType, ContentType>> = {
  "audio/mp4": "video/mp4",
  "video/mp4": "audio/mp4",
  "audio/webm": "video/webm",
  "video/webm": "audio/webm",
};

test.each(ContentType.options)("a file of %s is known by its first bytes, and no other that is not its kin", (type) => {
  const known = ContentType.options.filter((other) => hasSignatureOf(type, beginnings[other]));
  expect(known.filter((other) => other !== kin[type])).toEqual([type]);
  expect(hasSignatureOf(type, latin("<html>"))).toBe(false);
  expect(hasSignatureOf(type, new Uint8Array())).toBe(false);
});

describe("a sound of MPEG layer III", () => {
  test.each([
    ["with a tag before it", "ID3\x04\x00\x00\x00\x00\x00\x00"],
    ["of MPEG 1", "\xff\xfb\x90\x64"],
    ["of MPEG 2", "\xff\xf3\x90\x64"],
    ["of MPEG 2.5", "\xff\xe3\x90\x64"],
    ["with a checksum", "\xff\xfa\x90\x64"],
  ])("%s is known", (_, start) => {
    expect(hasSignatureOf("audio/mpeg", latin(start))).toBe(true);
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
    expect(hasSignatureOf("audio/mpeg", latin(start))).toBe(false);
  });
});

describe("a picture of WebP", () => {
  test.each([
    ["a sound in the same container", "RIFF\x24\x00\x00\x00WAVEfmt "],
    ["another container of the same name", "LIST\x24\x00\x00\x00WEBPVP8 "],
  ])("is not %s", (_, start) => {
    expect(hasSignatureOf("image/webp", latin(start))).toBe(false);
  });
});

describe.each(["video/mp4", "audio/mp4"] as const)("%s", (type) => {
  test.each(["isom", "mp42", "dash", "3gp4"])("may be of the brand %s, which phones write for both", (brand) => {
    expect(hasSignatureOf(type, latin(`\x00\x00\x00\x20ftyp${brand}`))).toBe(true);
  });

  test.each([
    ["a film of QuickTime", "\x00\x00\x00\x20ftypqt  "],
    ["a still image", "\x00\x00\x00\x20ftypheic"],
    ["a brand without its box", "\x00\x00\x00\x20freeisom"],
    ["a box without a brand", "\x00\x00\x00\x20ftyp"],
  ])("is not %s", (_, start) => {
    expect(hasSignatureOf(type, latin(start))).toBe(false);
  });
});

test("sound and picture have brands of their own", () => {
  const ofBrand = (brand: string) =>
    (["audio/mp4", "video/mp4"] as const).filter((type) => hasSignatureOf(type, latin(`\x00\x00\x00\x20ftyp${brand}`)));
  expect(["M4A ", "M4B ", "M4V ", "avc1", "MSNV"].map(ofBrand)).toEqual([
    ["audio/mp4"],
    ["audio/mp4"],
    ["video/mp4"],
    ["video/mp4"],
    ["video/mp4"],
  ]);
});

test("a file is served under a name of ours", () => {
  const extensions = CleanType.options.map((type) => downloadName("a1", type));
  const own = ["jpg", "pdf", "m4a", "mp4"];
  expect(extensions).toEqual(own.map((extension) => `a1.${extension}`));
});
