import { describe, expect, test } from "vitest";
import {
  ascii,
  at8,
  at16,
  at32,
  become,
  box,
  boxAt,
  boxesAt,
  bytesOf,
  type Case,
  changed,
  copyOf,
  endOf,
  grown,
  latin,
  note,
  read,
  spliced,
  tracksOf,
  u32,
} from "./recordings.ts";

describe("of an MP4", () => {
  /** Its tracks are a picture, a sound and subtitles. */
  const film = read("picture.mp4");
  const m4a = read("sound.m4a");
  const [picture = 0, sound = 0] = boxesAt(film, "tkhd");
  const pause = 0xffffffff;
  type Edit = [length: number, time: number, rate?: number];

  function listOf(...edits: Edit[]): Uint8Array {
    const rows = edits.map(([length, time, rate = 0x10000]) => bytesOf(u32(length), u32(time), u32(rate)));
    return box("elst", u32(0), u32(edits.length), ...rows);
  }

  /** The edits of a track's sound: thousandths of a second, samples of which there are 44,100 in one, and how fast. */
  function edited(file: Uint8Array, ...edits: Edit[]): Uint8Array {
    const track = file === film ? 1 : 0;
    const by = box("edts", listOf(...edits));
    const from = boxesAt(file, "edts")[track] ?? 0;
    const around = [boxAt(file, "moov"), boxesAt(file, "trak")[track] ?? 0];
    return spliced(file, { around, from, to: endOf(file, from), by });
  }

  const trackOf = (nth: number) => {
    const at = boxesAt(film, "trak")[nth] ?? 0;
    return film.slice(at, endOf(film, at));
  };
  const numbered = (track: Uint8Array, id: number) =>
    at32(track, boxesAt(track, "tkhd").map((at) => at + 20)[0] ?? 0, id);
  const withTrack = (file: Uint8Array, track: Uint8Array) => grown(file, { within: ["moov"], by: track });
  /** A second sound for which the first stands in. */
  const surround = grown(numbered(trackOf(1), 9), { within: ["trak"], by: box("tref", box("fall", u32(2))) });
  /** The same in a format that nobody else has, as an iPhone writes it. */
  const spatial = changed(surround, (bytes) => {
    bytes.set(ascii("apac"), latin(bytes).indexOf("mp4a"));
    bytes.set(ascii("dapa"), latin(bytes).indexOf("esds"));
  });
  const off = (track: Uint8Array) => at8(track, (boxesAt(track, "tkhd")[0] ?? 0) + 11, 2);

  const fragments = read("../files/mp4/06-fragments.mp4");
  const inFragments = (time: number) => {
    const list = box("elst", u32(0), u32(1), u32(0), u32(time), u32(0x10000));
    return grown(fragments, { within: ["moov", "trak"], by: box("edts", list) });
  };
  const inPicture = (by: Uint8Array) =>
    grown(film, { within: ["moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1"], by });
  const window = (width: number, height: number) =>
    inPicture(box("clap", ...[width, 1, height, 1, 0, 1, 0, 1].map((number) => u32(number))));
  /** The kind of its sound, AAC, and the number of its rate. */
  const aac = (kind: number, rate: number) => Uint8Array.of((kind << 3) | (rate >> 1), ((rate & 1) << 7) | 8);
  const configAt = latin(m4a).indexOf("esds") + 39;
  const slow = at32(
    changed(edited(m4a, [9000, 2112]), (bytes) => bytes.set(aac(2, 9), configAt)),
    boxAt(m4a, "mdhd") + 20,
    12_000,
  );

  const firstPacket = new DataView(m4a.buffer).getUint32(boxAt(m4a, "stco") + 16);
  const inSound = (place: string, by: Uint8Array) => grown(m4a, { within: ["moov", ...place.split(" ")], by });
  const cutList = listOf([500, 1024]);
  const cut = box("edts", cutList);
  const everywhere = ["trak", "trak udta", "trak mdia", "trak mdia minf", "trak mdia minf stbl"];
  const described = "trak mdia minf stbl stsd mp4a";
  const withUdta = (...content: Uint8Array[]) => inSound("trak", box("udta", ...content));
  const table = (type: string, ...rows: number[][]) =>
    box(type, u32(0), u32(rows.length), ...rows.flatMap((row) => row.map((number) => u32(number))));
  const handler = (kind: string) => box("hdlr", u32(0), u32(0), ascii(kind), new Uint8Array(13));
  const text = boxesAt(m4a, "tkhd")[1] ?? 0;

  /** The times of an M4A's sound: for how many packets each stands, and how many samples they last by it. */
  function timed(file: Uint8Array, ...rows: number[][]): Uint8Array {
    const from = boxAt(file, "stts");
    const around = ["moov", "trak", "mdia", "minf", "stbl"].map((type) => boxAt(file, type));
    return spliced(file, { around, from, to: endOf(file, from), by: table("stts", ...rows) });
  }

  const index = box("mvex", box("trex", ...[0, 1, 1, 0, 0, 0].map((number) => u32(number))));
  const description = (file: Uint8Array, number: number) => at32(file, boxAt(file, "trex") + 16, number);
  const part = boxAt(fragments, "tfhd");
  /** The number of the description in the place of the length of packets, which is then that of all. */
  const ofSecondDescription = at32(
    at8(at32(fragments, boxAt(fragments, "trex") + 20, 1680), part + 11, 0x32),
    part + 16,
    2,
  );
  /** What iTunes writes of samples at the start and end that are not played, and of those that are. */
  const itunes = (start: number, end: number, rest: number) => {
    const numbers = [0, start, end, rest].map((number) => number.toString(16).toUpperCase().padStart(8, "0"));
    const value = box("data", u32(1), u32(0), ascii(` ${numbers.join(" ")}`));
    const name = box("name", u32(0), ascii("iTunSMPB"));
    const list = box("ilst", box("----", box("mean", u32(0), ascii("com.apple.iTunes")), name, value));
    return grown(m4a, { within: ["moov"], by: box("udta", box("meta", u32(0), handler("mdir"), list)) });
  };
  /** All pictures in a moment before what is played. */
  const hurried = at32(at32(film, boxAt(film, "mdhd") + 20, 1_000_000), boxAt(film, "elst") + 20, 60_000);

  become("video/mp4", [
    ["sound that is off", at8(film, sound + 11, 2), "hidden-content"],
    ["a picture that is off", at8(film, picture + 11, 2), "hidden-content"],
    ["sound that is not in the movie", at8(film, sound + 11, 1), "film 1.0, sound 1.0"],
    ["sound without volume", at16(film, sound + 44, 0), "film 1.0, sound 1.0"],
    ["sound that is turned down", at16(film, sound + 44, 0x40), "film 1.0, sound 1.0"],
    ["sound of a negative volume", at16(film, sound + 44, -0x100), "film 1.0, sound 1.0"],
    ["a film without volume", at16(film, boxAt(film, "mvhd") + 32, 0), "film 1.0, sound 1.0"],
    ["sound on one side", at16(film, boxAt(film, "smhd") + 12, -0x100), "film 1.0, sound 1.0"],
    ["a second picture", withTrack(film, numbered(trackOf(0), 9)), "hidden-content"],
    ["a second picture that is off", withTrack(film, off(numbered(trackOf(0), 9))), "hidden-content"],
    ["a second sound", withTrack(film, numbered(trackOf(1), 9)), "hidden-content"],
    ["a second sound of the same format for which the first stands in", withTrack(film, surround), "hidden-content"],
    [
      "a second sound for which the first does not stand in",
      withTrack(film, spatial.with(latin(spatial).indexOf("fall"), 0)),
      "film 1.0, sound 1.0",
    ],
    [
      "an iPhone's sound that is off in both its formats",
      withTrack(at8(film, sound + 11, 2), off(spatial)),
      "hidden-content",
    ],
    ["a picture cut to a window", window(48, 64), "film 1.0, sound 1.0"],
    ["sound cut at its start", edited(film, [1000, 8000]), "film 1.0, sound 0.9"],
    ["sound cut at its end", edited(film, [850, 1024]), "film 1.0, sound 0.9"],
    ["a recording of sound cut to its half", edited(m4a, [500, 1024]), "sound 0.5", "audio/mp4"],
    ["sound cut behind a pause of the same length", edited(film, [500, pause], [1000, 22050]), "film 1.0, sound 1.0"],
    ["sound cut before a pause", edited(film, [500, 1024], [5000, pause]), "film 1.0, sound 1.6"],
    ["sound cut together", edited(film, [500, 1024], [500, 23074]), "film 1.0, sound 1.0"],
    ["sound of which only a pause is played", edited(film, [1000, pause]), "unreadable"],
    ["sound behind a pause of three hours", edited(film, [10_800_000, pause], [1000, 1024]), "too-complex"],
    ["sound of no length", edited(film, [0, 1024]), "unreadable"],
    ["sound that stands still", edited(film, [1000, 1024, 0]), "film 1.0, sound 1.0"],
    ["sound that plays twice as fast", edited(film, [1000, 1024, 0x20000]), "film 1.0, sound 1.0"],
    ["a picture cut at its start", at32(film, boxAt(film, "elst") + 20, 4096), "film 0.8, sound 1.0"],
    ["a picture cut at its end", at32(film, boxAt(film, "elst") + 16, 700), "film 0.7, sound 1.0"],
    ["a picture in fragments that is cut at its start", inFragments(4096), "film 1.1, sound 1.5"],
    ["pictures that last a moment before an edit", hurried, "unreadable"],
    ["fragments of another description", description(fragments, 2), "unreadable"],
    ["a part of a fragment of another description", ofSecondDescription, "unreadable"],
  ]);

  become("audio/mp4", [
    ...everywhere.map(
      (place): Case => [
        `a second list of edits in ${place}`,
        place.endsWith("udta") ? withUdta(cut) : inSound(place, cut),
        "sound 0.5",
      ],
    ),
    ["a second list of edits in edts", inSound("trak edts", cutList), "sound 0.5"],
    ["a list of edits without what it belongs in", inSound("trak", cutList), "sound 0.5"],
    ["a list of edits in the description of the sound", inSound(described, cut), "sound 0.5"],
    ["a list of edits in a box in the description", inSound(described, box("wave", cut)), "sound 0.5"],
    ["a list of edits in a box that has no end", inSound("trak", bytesOf(u32(0), cut.subarray(4))), "sound 0.5"],
    ["a table of chunks elsewhere", withUdta(table("stsc", [1, 1, 1])), "sound 1.0"],
    ["a second kind of table of sizes", inSound("trak mdia minf stbl", table("stz2")), "unreadable"],
    ["a compressed index", withUdta(box("cmov", note)), "unreadable"],
    ["a second times of the track", inSound("trak mdia", box("mdhd", new Uint8Array(24))), "unreadable"],
    ["a second kind of the track", withUdta(handler("subp")), "unreadable"],
    ["two tracks of one number", at32(m4a, text + 20, 1), "sound 1.0"],
    ["packets of another description", at32(m4a, boxAt(m4a, "stsc") + 24, 2), "unreadable"],
    ["sound that lasts nothing behind an edit", timed(edited(m4a, [500, 1024]), [22, 1024], [23, 0]), "sound 1.0"],
    ["sound that lasts a moment before an edit", timed(edited(m4a, [500, 230]), [23, 10], [22, 1024]), "sound 0.5"],
    [
      "sound behind an edit that is longer than it lasts",
      timed(edited(m4a, [889, 1024]), [34, 1024], [1, 5434], [10, 200]),
      "sound 0.8",
    ],
    ["sound that lasts nothing", timed(edited(m4a), [10, 1024], [20, 0], [15, 1024]), "sound 1.0"],
    [
      "an edit of no length without fragments",
      grown(edited(m4a, [0, 1024]), { within: ["moov"], by: index }),
      "unreadable",
    ],
    ["a note that the start is not played", itunes(16_000, 0, 28_000), "sound 1.0"],
    ["a note that the end is not played", itunes(1024, 22_000, 22_000), "sound 1.0"],
    ["a note that less is played", itunes(1024, 0, 22_000), "sound 1.0"],
    [
      "a note that is not read",
      changed(itunes(1024, 0, 44_000), (bytes) => bytes.set(ascii("-"), latin(bytes).indexOf(" 00000400"))),
      "sound 1.0",
    ],
    ["MP3 whose packets are no frames", at8(m4a, configAt - 18, 0x6b), "unreadable"],
    ["AAC with a list of channels in a packet", at8(m4a, firstPacket, 0xbe), "sound 1.0"],
    ["AAC whose channels are described one by one", at8(m4a, configAt + 1, 0), "unreadable"],
  ]);

  become("audio/mp4", [
    ["a note that the encoder ran up", itunes(2112, 500, 43_000), "sound 1.0"],
    ["a recording with what else a track has", withUdta(handler("mdir"), box("name", note)), "sound 1.0"],
    ["space with remains of an index", inSound("trak", box("free", cut)), "sound 1.0"],
    [
      "sound whose times a phone took late",
      timed(edited(m4a), [10, 1024], [1, 3072], [3, 200], [31, 1024]),
      "sound 1.0",
    ],
  ]);

  test("fill of AAC of a kind that nobody knows changes no bit of the copy", async () => {
    const encoder = latin(m4a).indexOf("Lavc61");
    const filled = (text: string) =>
      changed(at8(m4a, firstPacket + 2, 0xa0), (bytes) => bytes.set(ascii(text), encoder));
    expect(await copyOf(filled("NOTE-"), "audio/mp4")).toEqual(await copyOf(filled("other"), "audio/mp4"));
  });

  test("a note in AAC's set-up is not in the copy", async () => {
    const long = bytesOf(aac(2, 4), ascii("NOTE-config"));
    const from = configAt - 1;
    const around = ["moov", ...described.split(" "), "esds"].map((type) => boxAt(m4a, type));
    const to = configAt + (m4a[from] ?? 0);
    const grownBy = long.length - (m4a[from] ?? 0);
    const file = spliced(m4a, { around, from, to, by: bytesOf(Uint8Array.of(long.length), long) });
    // The descriptors around it say how long they are too.
    const made = changed(file, (bytes) => {
      for (const at of [configAt - 19, configAt - 27]) bytes[at] = (bytes[at] ?? 0) + grownBy;
    });
    await copyOf(made, "audio/mp4");
  });

  become("video/mp4", [
    [
      "sound and picture that are in the preview too",
      at8(at8(film, sound + 11, 7), picture + 11, 7),
      "film 1.0, sound 1.0",
    ],
    ["a film of which no track is in the movie", at8(at8(film, sound + 11, 1), picture + 11, 1), "film 1.0, sound 1.0"],
    ["a film that is turned up", at16(film, sound + 44, 0x200), "film 1.0, sound 1.0"],
    ["an iPhone's sound in both its formats", withTrack(film, off(spatial)), "film 1.0, sound 1.0"],
    [
      "an iPhone's sound of which the other format is on",
      withTrack(at8(film, sound + 11, 2), spatial),
      "film 1.0, sound 1.0",
    ],
    ["a window as large as the picture", window(96, 64), "film 1.0, sound 1.0"],
    [
      "a picture whose colours are described in two ways",
      inPicture(box("colr", ascii("prof"), note)),
      "film 1.0, sound 1.0",
    ],
    ["sound without edits", edited(film), "film 1.0, sound 1.0"],
    ["sound behind a pause", edited(film, [500, pause], [1000, 1024]), "film 1.0, sound 1.5"],
    ["sound with a pause behind it", edited(film, [1000, 1024], [500, pause]), "film 1.0, sound 1.5"],
    ["sound of which a tenth of a second is cut", edited(film, [930, 1024]), "film 1.0, sound 1.0"],
    ["sound whose encoder ran up as an iPhone's", edited(film, [1000, 2112]), "film 1.0, sound 1.0"],
    ["sound of 12 kHz whose encoder ran up as an iPhone's", slow, "unreadable", "audio/mp4"],
    ["fragments with an edit of no length", inFragments(0), "film 1.1, sound 1.1"],
  ]);

  test("the edge that a window cuts off is not in the copy", async () => {
    expect(await tracksOf(await copyOf(window(48, 64), "video/mp4"))).toMatchObject([{ width: 48, height: 64 }, {}]);
  });

  /** A film with more units at the start of its first packet, which is the first in the file. */
  function withUnits(name: string, ...units: Uint8Array[]): Uint8Array {
    const file = read(name);
    const view = new DataView(file.buffer);
    const by = bytesOf(...units.map((unit) => bytesOf(u32(unit.length), unit)));
    const from = view.getUint32(boxAt(file, "stco") + 16);
    const chunks = boxesAt(file, "stco").flatMap((at) => {
      return Array.from({ length: view.getUint32(at + 12) }, (_, n) => at + 16 + n * 4);
    });
    const moved = chunks.filter((at) => view.getUint32(at) > from);
    const sizes = [boxAt(file, "stsz") + 20, latin(file).indexOf("mdat") - 4];
    return spliced(file, { around: [...moved, ...sizes], from, to: from, by });
  }
  const avcUnit = (kind: number) => withUnits("picture.mp4", bytesOf(Uint8Array.of(kind), note));
  const hevcUnit = (kind: number, { layer = 0, time = 1 } = {}) =>
    withUnits("picture-h265.mp4", bytesOf(Uint8Array.of(kind << 1, (layer << 3) | time), note));
  /** What a player skips changes no bit of the copy. */
  const skipped = (name: string, cases: [name: string, file: Uint8Array][]) =>
    test.each(cases)("%s changes no bit of the copy", async (_, file) => {
      expect(await copyOf(file, "video/mp4")).toEqual(await copyOf(read(name), "video/mp4"));
    });
  skipped(
    "picture.mp4",
    [0, 6, 9, 12, 13, 14, 15, 19, 20, 21, 24, 31, 0x81, 0x85].map((kind) => [
      `a unit of H.264 of kind ${kind}`,
      avcUnit(kind),
    ]),
  );
  skipped("picture-h265.mp4", [
    ...[10, 15, 22, 31, 35, 36, 37, 38, 39, 41, 48, 63, 0x41].map((kind): [string, Uint8Array] => [
      `a unit of H.265 of kind ${kind}`,
      hevcUnit(kind),
    ]),
    ["a slice of a second layer of H.265, as of the other eye,", hevcUnit(1, { layer: 1 })],
    ["a slice of H.265 of no time", hevcUnit(1, { time: 0 })],
  ]);

  const h265 = read("picture-h265.mp4");
  const setUp = (file: Uint8Array, type: string) => boxAt(file, type) + 8;
  /** With its first slice as one that refers to a picture before. */
  function withoutKey(file: Uint8Array, { key, other }: { key: number; other: number }): Uint8Array {
    const view = new DataView(file.buffer);
    let at = view.getUint32(boxAt(file, "stco") + 16);
    while (file[at + 4] !== key) at += 4 + view.getUint32(at);
    return at8(file, at + 4, other);
  }
  become("video/mp4", [
    [
      "a film of H.264 without a key picture at its start",
      withoutKey(film, { key: 0x65, other: 0x61 }),
      "film 0.1, sound 1.0",
    ],
    [
      "a film whose first key picture no player reads",
      withoutKey(avcUnit(0x85), { key: 0x65, other: 0x61 }),
      "film 0.1, sound 1.0",
    ],
    [
      "a film of H.265 without a key picture at its start",
      withoutKey(h265, { key: 20 << 1, other: 1 << 1 }),
      "film 1.0",
    ],
    ["a slice of H.264 in parts", avcUnit(2), "film 1.0, sound 1.0"],
    ["a note among the parameter sets of H.264", at8(film, setUp(film, "avcC") + 8, 6), "unreadable"],
    ["a note among the parameter sets of H.265", at8(h265, setUp(h265, "hvcC") + 28, 0x4e), "unreadable"],
  ]);
});
