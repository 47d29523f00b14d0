import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseBuffer } from "music-metadata";
import { describe, expect, test } from "vitest";
import { cleanRecording, type RecordingType } from "#functions/files/cleaning/recordings/clean-recording.ts";
import { processorTimeOf } from "../../support/processor-time.ts";
import {
  ascii,
  box,
  boxAt,
  bytesOf,
  changed,
  copyOf,
  latin,
  outcomeOf,
  read,
  summed,
  tracksOf,
  u32,
} from "./recordings.ts";

/** The note in the place of what the encoder wrote there. */
const instead = (file: Uint8Array, { of, note }: { of: string; note: string }) =>
  changed(file, (bytes) => bytes.set(ascii(note), latin(bytes).indexOf(of)));

/** Notes in boxes beside and in the index, which is the last box of these files, and behind everything. */
function withStrayBoxes(file: Uint8Array): Uint8Array {
  const index = boxAt(file, "moov");
  const inIndex = bytesOf(
    box("udta", box("©xyz", ascii("NOTE-place")), box("meta", ascii("NOTE-meta"))),
    box("uuid", ascii("NOTE-uuid-in-index")),
    box("free", ascii("NOTE-free-in-index")),
  );
  const grown = changed(bytesOf(file, inIndex), (_, view) =>
    view.setUint32(index, file.length - index + inIndex.length),
  );
  const beside = ["free", "skip", "wide", "uuid", "meta", "XMP_"].map((type) =>
    box(type, ascii(`NOTE-beside-${type}`)),
  );
  return bytesOf(grown, ...beside, ascii("NOTE-trailing-bytes"));
}

function withTagsBehind(file: Uint8Array): Uint8Array {
  const end = file.length - 128;
  const ape = bytesOf(ascii("APETAGEX"), new Uint8Array(24), ascii("NOTE-ape"));
  const lyrics = ascii("LYRICSBEGININD0000110NOTE-lyrics000035LYRICS200");
  const tags = bytesOf(ape, lyrics, file.subarray(end), ascii("NOTE-trailing-bytes"));
  const named = instead(bytesOf(file.subarray(0, end), tags), { of: "Lavc61", note: "NOTE-lame" });
  return instead(named, { of: "LAME3.100", note: "NOTE-rest" });
}

/** A file in an attachment, in the segment that says how long it is in eight bytes. */
function withAttachment(file: Uint8Array): Uint8Array {
  const element = (id: number[], content: Uint8Array) => bytesOf(Uint8Array.of(...id, 0x80 | content.length), content);
  const attached = element([0x61, 0xa7], element([0x46, 0x5c], ascii("NOTE-attached-file")));
  const attachments = element([0x19, 0x41, 0xa4, 0x69], attached);
  const segment = Buffer.from(file).indexOf(Buffer.of(0x18, 0x53, 0x80, 0x67));
  const grown = changed(bytesOf(file, attachments), (_, view) =>
    view.setUint32(segment + 8, view.getUint32(segment + 8) + attachments.length),
  );
  return bytesOf(instead(grown, { of: "Lavf61", note: "NOTE-app" }), ascii("NOTE-trailing-bytes"));
}

const beside = ["free", "skip", "wide", "uuid", "meta", "XMP_"].map((type) => `beside-${type}`);
const stray = ["place", "meta", "uuid-in-index", "free-in-index", "trailing-bytes", ...beside];
const texts = ["title", "artist", "copyright", "description"];

type Sample = { name: string; type: RecordingType; file: Uint8Array; notes: string[] };

const samples: Sample[] = [
  {
    name: "sound.mp3",
    type: "audio/mpeg",
    file: withTagsBehind(read("sound.mp3")),
    notes: [...texts, "comment", "ape", "lyrics", "lame", "rest", "trailing-bytes"],
  },
  {
    name: "sound.m4a",
    type: "audio/mp4",
    file: withStrayBoxes(instead(read("sound.m4a"), { of: "Lavc61", note: "NOTE-fill" })),
    notes: [...texts, "comment", "handler", "chapter", "fill", ...stray],
  },
  {
    name: "sound.ogg",
    type: "audio/ogg",
    file: bytesOf(
      summed(instead(read("sound.ogg"), { of: "Lavf61", note: "NOTE-vendor" })),
      ascii("NOTE-trailing-bytes"),
    ),
    notes: ["artist", "copyright", "description", "track", "handler", "vendor", "trailing-bytes"],
  },
  {
    name: "picture.mp4",
    type: "video/mp4",
    file: withStrayBoxes(instead(read("picture.mp4"), { of: "x264 - core", note: "NOTE-sei" })),
    notes: [...texts, "comment", "handler", "subtitle", "sei", ...stray],
  },
  {
    name: "picture-h265.mp4",
    type: "video/mp4",
    file: withStrayBoxes(instead(read("picture-h265.mp4"), { of: "x265 (build", note: "NOTE-sei" })),
    notes: [...texts, "comment", "handler", "track", "sei", ...stray],
  },
  {
    name: "fragments.mp4",
    type: "video/mp4",
    file: instead(read("fragments.mp4"), { of: "x264 - core", note: "NOTE-sei" }),
    notes: [...texts, "comment", "handler", "track", "sei"],
  },
  {
    name: "picture.mov",
    type: "video/quicktime",
    file: withStrayBoxes(instead(read("picture.mov"), { of: "x264 - core", note: "NOTE-sei" })),
    notes: ["title", "artist", "copyright", "comment", "handler", "track", "sei", ...stray],
  },
  {
    name: "picture.webm",
    type: "video/webm",
    file: withAttachment(read("picture.webm")),
    notes: [...texts, "comment", "track", "handler", "chapter", "attached-file", "app", "trailing-bytes"],
  },
];

describe.each(samples)("of $name", ({ name, type, file, notes }) => {
  test("no note is left", async () => {
    const before = latin(file);
    expect(notes.filter((note) => !before.includes(`NOTE-${note}`))).toEqual([]);
    await copyOf(file, type);
  });

  test("the copy has a film and a sound where the file has, as long and turned as they are", async () => {
    const [before, after] = [await tracksOf(file), await tracksOf(await copyOf(file, type))];
    const look = (tracks: typeof before) =>
      tracks.map(({ rotation, rate, width }) => ({ rotation, rate, isFilm: width > 0 }));
    expect(look(after)).toEqual(look(before));
    for (const [n, { seconds, language }] of after.entries()) {
      expect(Math.abs(seconds - (before[n]?.seconds ?? 0))).toBeLessThanOrEqual(0.1001);
      expect(language).toBe("und");
    }
  });

  test("another reader finds a recording as long, and no tags", async () => {
    const from = type.startsWith("audio") ? "audio/mp4" : "video/mp4";
    const made = await parseBuffer(await copyOf(file, type), { mimeType: from }, { duration: true });
    // It finds no duration where there is no sound.
    const seconds = name === "fragments.mp4" ? 1.2 : 1;
    expect(Math.abs((made.format.duration ?? seconds) - seconds)).toBeLessThan(0.1);
    const { track, disk, movementIndex, ...tags } = made.common;
    expect([tags, track.no, disk.no, movementIndex?.no ?? null]).toEqual([{}, null, null, null]);
    expect(made.format.tool).toBeUndefined();
  });

  test("broken off anywhere it is refused, or the copy ends there", async () => {
    const bare = read(name);
    const whole = Math.max(...(await tracksOf(bare)).map(({ seconds }) => seconds));
    for (const part of [0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9]) {
      const cleaning = await cleanRecording(bare.subarray(0, Math.floor(bare.length * part)), { from: type });
      if ("uncleanable" in cleaning) expect([part, cleaning]).toEqual([part, { uncleanable: "unreadable" }]);
      else for (const { seconds } of await tracksOf(cleaning.bytes)) expect(seconds).toBeLessThan(whole * part + 0.3);
    }
  });
});

test("a phone that was held upright is still", async () => {
  const [picture] = await tracksOf(await copyOf(read("picture.mp4"), "video/mp4"));
  expect(picture).toMatchObject({ rotation: 270, colours: { primaries: "bt709", transfer: "bt709", matrix: "bt709" } });
});

test("a large film with 60 pictures a second and a wide range of brightness becomes an ordinary one", async () => {
  const [before] = await tracksOf(read("large-hdr.mp4"));
  expect(before).toMatchObject({ width: 1920, height: 1080, colours: { primaries: "bt2020", transfer: "pq" } });
  const [film] = await tracksOf(await copyOf(read("large-hdr.mp4"), "video/mp4"));
  expect(film).toMatchObject({ width: 1280, height: 720, colours: { primaries: "bt709", transfer: "bt709" } });
  expect([before?.packets.length, film?.packets.length]).toEqual([30, 15]);
});

test("six channels become two", async () => {
  const made = await parseBuffer(await copyOf(read("surround.m4a"), "audio/mp4"), { mimeType: "audio/mp4" });
  expect(made.format.numberOfChannels).toBe(2);
});

test("an old phone's film is taken", async () => {
  expect(await outcomeOf(read("old-phone.mp4"), "video/mp4")).toBe("film 1.0, sound 1.0");
});

test("no time of the original is left in the index", async () => {
  const before = read("picture.mp4");
  const time = Buffer.from(u32(Date.UTC(2001, 1, 3, 4, 5, 6) / 1000 + 2_082_844_800));
  expect(Buffer.from(before).includes(time)).toBe(true);
  expect(Buffer.from(await copyOf(before, "video/mp4")).includes(time)).toBe(false);
});

test("the compiled program is the one that its recipe builds", () => {
  const folder = join(import.meta.dirname, "../../../functions/files/cleaning/recordings");
  const sum = createHash("sha256")
    .update(readFileSync(join(folder, "recode.wasm")))
    .digest("hex");
  expect(readFileSync(join(folder, "build-recode.sh"), "utf8")).toContain(`${sum}  recode.wasm`);
});

test("what is given is not changed", async () => {
  const given = read("picture.mp4");
  await cleanRecording(given, { from: "video/mp4" });
  expect(given).toEqual(read("picture.mp4"));
});

describe("soon it is known what becomes of", () => {
  const picture = read("picture.mp4");
  const unreadable = "unreadable";
  const [locked, unknown, whole] = ["password-protected", "unknown-codec", "film 1.0, sound 1.0"];
  const renamed = (file: Uint8Array, { from, to }: { from: string; to: string }) =>
    changed(file, (bytes) => {
      for (let at = latin(bytes).indexOf(from); at >= 0; at = latin(bytes).indexOf(from)) bytes.set(ascii(to), at);
    });
  /** A number in a table or head, so many bytes behind the name of its box. */
  const told = (type: string, { at, number }: { at: number; number: number }) =>
    changed(picture, (_, view) => view.setUint32(boxAt(picture, type) + 8 + at, number));
  const sized = (type: string, size: number) =>
    changed(picture, (_, view) => view.setUint32(boxAt(picture, type), size));
  const random = (length: number) => {
    let seed = 1;
    return Uint8Array.from({ length }, () => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed >> 16;
    });
  };
  const nested = (type: string, { depth, content }: { depth: number; content: Uint8Array }) => {
    const all = new Uint8Array(depth * 8 + content.length);
    const view = new DataView(all.buffer);
    for (let n = 0; n < depth; n++) {
      view.setUint32(n * 8, all.length - n * 8);
      all.set(ascii(type), n * 8 + 4);
    }
    all.set(content, depth * 8);
    return all;
  };
  const siblings = (type: string) => Buffer.concat(Array(100_001).fill(box(type)));
  const start = box("ftyp", ascii("isom"), u32(0), ascii("isom"));
  const hugeSize = (type: string) =>
    changed(picture, (bytes, view) => {
      const at = boxAt(bytes, type);
      view.setUint32(at, 1);
      view.setBigUint64(at + 8, 2n ** 63n - 1n);
    });
  const webm = read("picture.webm");
  const webmHead = webm.subarray(0, Buffer.from(webm).indexOf(Buffer.of(0x18, 0x53, 0x80, 0x67)));
  const openSegment = Uint8Array.of(0x18, 0x53, 0x80, 0x67, 0xff);
  const openCluster = Uint8Array.of(0x1f, 0x43, 0xb6, 0x75, 0xff);
  const frame = read("sound.mp3").subarray(-600, -128);

  test.each<[string, RecordingType, Uint8Array, string]>([
    ["nothing", "video/mp4", new Uint8Array(), unreadable],
    ["chance as an MP3", "audio/mpeg", random(1_000_000), unreadable],
    ["chance as an MP4", "video/mp4", random(1_000_000), unreadable],
    ["chance behind a start", "audio/mp4", bytesOf(start, random(1_000_000)), unreadable],
    ["chance as an Ogg file", "audio/ogg", random(1_000_000), unreadable],
    ["chance as a WebM", "video/webm", bytesOf(webmHead, random(1_000_000)), unreadable],
    ["sound as a video", "video/mp4", read("sound.m4a"), unreadable],
    ["a video as sound", "audio/mp4", picture, unreadable],
    ["an MP4 as an MP3", "audio/mpeg", picture, unreadable],
    ["an MP3 as an Ogg file", "audio/ogg", read("sound.mp3"), unreadable],
    ["a WebM that says it is a Matroska file", "video/webm", renamed(webm, { from: "webm", to: "mkvm" }), whole],
    ["a box of no size", "video/mp4", sized("moov", 0), whole],
    ["a box smaller than its head", "video/mp4", sized("moov", 7), unreadable],
    ["a box inside that ends behind the one around it", "video/mp4", sized("stbl", 0x7fffffff), whole],
    ["a box of an impossible size", "video/mp4", hugeSize("moov"), unreadable],
    ["a box inside of an impossible size", "video/mp4", hugeSize("minf"), whole],
    ["packets that lie outside", "video/mp4", told("stco", { at: 8, number: 0x7ffffff0 }), unreadable],
    ["packets that lie behind the end", "video/mp4", told("stco", { at: 8, number: picture.length - 20 }), unreadable],
    ["a table with fewer rows than it says", "video/mp4", told("stsz", { at: 8, number: 400_000 }), unreadable],
    ["a table of four thousand million packets", "video/mp4", told("stsz", { at: 8, number: 0xffffffff }), unreadable],
    ["packets of four thousand million times", "video/mp4", told("stts", { at: 8, number: 0xffffffff }), whole],
    ["a shift for more packets than there are", "video/mp4", told("ctts", { at: 8, number: 0xffffffff }), whole],
    ["a chunk of more packets than there are", "video/mp4", told("stsc", { at: 12, number: 0xffffffff }), unreadable],
    ["a packet that lasts for weeks", "video/mp4", told("stts", { at: 12, number: 0xfffffff }), "film 0.1, sound 1.0"],
    ["seconds of no length", "video/mp4", told("mdhd", { at: 12, number: 0 }), whole],
    ["seconds of no length in an edit", "video/mp4", told("mvhd", { at: 12, number: 0 }), whole],
    ["a picture as wide as a street", "video/mp4", told("avc1", { at: 24, number: (30_001 << 16) | 64 }), whole],
    ["a picture of too many pixels", "video/mp4", told("avc1", { at: 24, number: (20_000 << 16) | 20_000 }), whole],
    ["a picture of AV1", "video/mp4", renamed(picture, { from: "avc1\0\0", to: "av01\0\0" }), unknown],
    ["a picture of AV1 in a WebM", "video/webm", renamed(webm, { from: "V_VP9", to: "V_AV1" }), unknown],
    ["a sealed picture", "video/mp4", renamed(picture, { from: "avc1\0\0", to: "encv\0\0" }), locked],
    ["sealed sound", "audio/mp4", renamed(read("sound.m4a"), { from: "mp4a\0\0", to: "enca\0\0" }), locked],
    [
      "boxes in boxes",
      "video/mp4",
      bytesOf(start, nested("moov", { depth: 100_000, content: box("free") })),
      unreadable,
    ],
    [
      "boxes in boxes of one kind",
      "video/mp4",
      bytesOf(start, nested("trak", { depth: 100_000, content: start })),
      unreadable,
    ],
    ["boxes beside boxes", "video/mp4", bytesOf(picture, siblings("free")), whole],
    ["boxes beside boxes in the index", "video/mp4", bytesOf(start, box("moov", siblings("uuid"))), unreadable],
    ["nine tracks", "video/mp4", bytesOf(start, box("moov", ...Array(9).fill(box("trak")))), unreadable],
    ["one frame in an MP3 of chance", "audio/mpeg", bytesOf(frame.subarray(0, 104), random(500_000)), unreadable],
    ["segments and clusters without an end", "video/webm", bytesOf(webmHead, openSegment, openCluster), unreadable],
    [
      "clusters in clusters",
      "video/webm",
      bytesOf(webmHead, openSegment, Buffer.concat(Array(100_001).fill(openCluster))),
      unreadable,
    ],
  ])("%s", async (_, from, file, outcome) => {
    const ms = await processorTimeOf(async () => expect(await outcomeOf(file, from)).toBe(outcome));
    expect(ms).toBeLessThan(5_000);

    expect(await outcomeOf(read("sound.ogg"), "audio/ogg")).toBe("sound 1.0");
  });
});
