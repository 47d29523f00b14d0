import { describe, expect, test } from "vitest";
import {
  ascii,
  at8,
  at16,
  at32,
  box,
  boxAt,
  boxesAt,
  bytesOf,
  type Case,
  changed,
  endOf,
  grown,
  latin,
  note,
  packetsOf,
  read,
  refused,
  spliced,
  taken,
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

  refused("video/mp4", [
    ["sound that is off", at8(film, sound + 11, 2)],
    ["a picture that is off", at8(film, picture + 11, 2)],
    ["sound that is not in the movie", at8(film, sound + 11, 1)],
    ["sound without volume", at16(film, sound + 44, 0)],
    ["sound that is turned down", at16(film, sound + 44, 0x40)],
    ["sound of a negative volume", at16(film, sound + 44, -0x100)],
    ["a film without volume", at16(film, boxAt(film, "mvhd") + 32, 0)],
    ["sound on one side", at16(film, boxAt(film, "smhd") + 12, -0x100)],
    ["a second picture", withTrack(film, numbered(trackOf(0), 9))],
    ["a second picture that is off", withTrack(film, off(numbered(trackOf(0), 9)))],
    ["a second sound", withTrack(film, numbered(trackOf(1), 9))],
    ["a second sound of the same format for which the first stands in", withTrack(film, surround)],
    [
      "a second sound for which the first does not stand in",
      withTrack(film, spatial.with(latin(spatial).indexOf("fall"), 0)),
    ],
    ["an iPhone's sound that is off in both its formats", withTrack(at8(film, sound + 11, 2), off(spatial))],
    ["a picture cut to a window", window(48, 64)],
    ["sound cut at its start", edited(film, [1000, 8000])],
    ["sound cut at its end", edited(film, [850, 1024])],
    ["a recording of sound cut to its half", edited(m4a, [500, 1024]), "audio/mp4"],
    ["sound cut behind a pause of the same length", edited(film, [500, pause], [1000, 22050])],
    ["sound cut before a pause", edited(film, [500, 1024], [5000, pause])],
    ["sound cut together", edited(film, [500, 1024], [500, 23074])],
    ["sound of which only a pause is played", edited(film, [1000, pause])],
    ["sound of no length", edited(film, [0, 1024])],
    ["sound that stands still", edited(film, [1000, 1024, 0])],
    ["sound that plays twice as fast", edited(film, [1000, 1024, 0x20000])],
    ["a picture cut at its start", at32(film, boxAt(film, "elst") + 20, 4096)],
    ["a picture cut at its end", at32(film, boxAt(film, "elst") + 16, 700)],
    ["a picture in fragments that is cut at its start", inFragments(4096)],
    ["pictures that last a moment before an edit", hurried],
    ["fragments of another description", description(fragments, 2)],
    ["a part of a fragment of another description", ofSecondDescription],
  ]);

  refused("audio/mp4", [
    ...everywhere.map(
      (place): Case => [
        `a second list of edits in ${place}`,
        place.endsWith("udta") ? withUdta(cut) : inSound(place, cut),
      ],
    ),
    ["a second list of edits in edts", inSound("trak edts", cutList)],
    ["a list of edits without what it belongs in", inSound("trak", cutList)],
    ["a list of edits in the description of the sound", inSound(described, cut)],
    ["a list of edits in a box in the description", inSound(described, box("wave", cut))],
    ["a list of edits in a box that has no end", inSound("trak", bytesOf(u32(0), cut.subarray(4)))],
    ["a table of chunks elsewhere", withUdta(table("stsc", [1, 1, 1]))],
    ["a second kind of table of sizes", inSound("trak mdia minf stbl", table("stz2"))],
    ["a compressed index", withUdta(box("cmov", note))],
    ["a second times of the track", inSound("trak mdia", box("mdhd", new Uint8Array(24)))],
    ["a second kind of the track", withUdta(handler("subp"))],
    ["two tracks of one number", at32(m4a, text + 20, 1)],
    ["packets of another description", at32(m4a, boxAt(m4a, "stsc") + 24, 2)],
    ["sound that lasts nothing behind an edit", timed(edited(m4a, [500, 1024]), [22, 1024], [23, 0])],
    ["sound that lasts a moment before an edit", timed(edited(m4a, [500, 230]), [23, 10], [22, 1024])],
    [
      "sound behind an edit that is longer than it lasts",
      timed(edited(m4a, [889, 1024]), [34, 1024], [1, 5434], [10, 200]),
    ],
    ["sound that lasts nothing", timed(edited(m4a), [10, 1024], [20, 0], [15, 1024])],
    ["an edit of no length without fragments", grown(edited(m4a, [0, 1024]), { within: ["moov"], by: index })],
    ["a note that the start is not played", itunes(16_000, 0, 28_000)],
    ["a note that the end is not played", itunes(1024, 22_000, 22_000)],
    ["a note that less is played", itunes(1024, 0, 22_000)],
    [
      "a note that is not read",
      changed(itunes(1024, 0, 44_000), (bytes) => bytes.set(ascii("-"), latin(bytes).indexOf(" 00000400"))),
    ],
    ["MP3 whose packets are no frames", at8(m4a, configAt - 18, 0x6b)],
    ["AAC with a list of channels in a packet", at8(m4a, firstPacket, 0xbe)],
    ["AAC whose channels are described one by one", at8(m4a, configAt + 1, 0)],
  ]);

  taken("audio/mp4", [
    ["a note that the encoder ran up", itunes(2112, 500, 43_000)],
    ["a recording with what else a track has", withUdta(handler("mdir"), box("name", note))],
    ["space with remains of an index", inSound("trak", box("free", cut))],
    ["sound whose times a phone took late", timed(edited(m4a), [10, 1024], [1, 3072], [3, 200], [31, 1024])],
  ]);

  test("fill of AAC of a kind that nobody knows is blanked", async () => {
    const encoder = latin(m4a).indexOf("Lavc61");
    const file = changed(at8(m4a, firstPacket + 2, 0xa0), (bytes) => bytes.set(ascii("NOTE-"), encoder));
    const [[packet = note] = []] = await packetsOf(file, "audio/mp4");
    expect([...packet.subarray(2, 12)]).toEqual(Array(10).fill(0));
  });

  test("of AAC's set-up no more is taken over than its kind needs", async () => {
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
    await packetsOf(made, "audio/mp4");
  });

  taken("video/mp4", [
    ["sound and picture that are in the preview too", at8(at8(film, sound + 11, 7), picture + 11, 7)],
    ["a film of which no track is in the movie", at8(at8(film, sound + 11, 1), picture + 11, 1)],
    ["a film that is turned up", at16(film, sound + 44, 0x200)],
    ["an iPhone's sound in both its formats", withTrack(film, off(spatial))],
    ["an iPhone's sound of which the other format is on", withTrack(at8(film, sound + 11, 2), spatial)],
    ["a window as large as the picture", window(96, 64)],
    ["a picture whose colours are described in two ways", inPicture(box("colr", ascii("prof"), note))],
    ["sound without edits", edited(film)],
    ["sound behind a pause", edited(film, [500, pause], [1000, 1024])],
    ["sound with a pause behind it", edited(film, [1000, 1024], [500, pause])],
    ["sound of which a tenth of a second is cut", edited(film, [930, 1024])],
    ["sound whose encoder ran up as an iPhone's", edited(film, [1000, 2112])],
    ["sound of 12 kHz whose encoder ran up as an iPhone's", slow, "audio/mp4"],
    ["fragments with an edit of no length", inFragments(0)],
  ]);

  test("of an iPhone's sound the format that others play is in the copy", async () => {
    const [, kept, ...more] = await packetsOf(withTrack(at8(film, sound + 11, 2), spatial), "video/mp4");
    expect([kept?.length, more]).toEqual([45, []]);
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
  const first = async (name: string) => (await packetsOf(read(name), "video/mp4"))[0];

  test.each([0, 6, 9, 10, 11, 12, 13, 14, 15, 19, 20, 21, 24, 31, 0x81, 0x85])(
    "a unit of H.264 of kind %d is taken out",
    async (kind) => {
      const [made] = await packetsOf(avcUnit(kind), "video/mp4");
      expect(made).toEqual(await first("picture.mp4"));
    },
  );

  test.each([8, 9, 10, 15, 22, 31, 35, 36, 37, 38, 39, 41, 48, 63, 0x41])(
    "a unit of H.265 of kind %d is taken out",
    async (kind) => {
      const [made] = await packetsOf(hevcUnit(kind), "video/mp4");
      expect(made).toEqual(await first("picture-h265.mp4"));
    },
  );

  test("a slice of a second layer of H.265, as of the other eye, is taken out", async () => {
    const [made] = await packetsOf(hevcUnit(1, { layer: 1 }), "video/mp4");
    expect(made).toEqual(await first("picture-h265.mp4"));
  });

  test("a slice of H.265 of no time is taken out", async () => {
    const [made] = await packetsOf(hevcUnit(1, { time: 0 }), "video/mp4");
    expect(made).toEqual(await first("picture-h265.mp4"));
  });

  const openKey = Uint8Array.of(21 << 1, 1, 0x80);
  const leading = Uint8Array.of(9 << 1, 1, 0x80);
  const sequenceEnd = Uint8Array.of(36 << 1, 1);
  test.each([
    ["a first key picture", [openKey, leading], [openKey]],
    ["the end of a sequence", [openKey, sequenceEnd, openKey, leading], [openKey, sequenceEnd, openKey]],
    ["a later key picture", [openKey, openKey, leading], [openKey, openKey, leading]],
  ])("of H.265 what refers to pictures before %s is there as far as it is seen", async (_, units, kept) => {
    const [made = []] = await packetsOf(withUnits("picture-h265.mp4", ...units), "video/mp4");
    const [before = note] = (await first("picture-h265.mp4")) ?? [];
    expect(made[0]).toEqual(bytesOf(...kept.map((unit) => bytesOf(u32(unit.length), unit)), before));
  });

  test("the end of a sequence of H.265 is kept, since it decides how the next picture is decoded", async () => {
    const [made] = await packetsOf(withUnits("picture-h265.mp4", sequenceEnd), "video/mp4");
    expect(made?.[0]?.subarray(0, 6)).toEqual(bytesOf(u32(2), sequenceEnd));
  });

  const h265 = read("picture-h265.mp4");
  const setUp = (file: Uint8Array, type: string) => boxAt(file, type) + 8;
  /** With its first slice as one that refers to a picture before. */
  function withoutKey(file: Uint8Array, { key, other }: { key: number; other: number }): Uint8Array {
    const view = new DataView(file.buffer);
    let at = view.getUint32(boxAt(file, "stco") + 16);
    while (file[at + 4] !== key) at += 4 + view.getUint32(at);
    return at8(file, at + 4, other);
  }
  refused("video/mp4", [
    ["a film of H.264 without a key picture at its start", withoutKey(film, { key: 0x65, other: 0x61 })],
    ["a film whose first key picture no player reads", withoutKey(avcUnit(0x85), { key: 0x65, other: 0x61 })],
    ["a film of H.265 without a key picture at its start", withoutKey(h265, { key: 20 << 1, other: 1 << 1 })],
    ["a slice of H.264 in parts", avcUnit(2)],
    ["a note among the parameter sets of H.264", at8(film, setUp(film, "avcC") + 8, 6)],
    ["a note among the parameter sets of H.265", at8(h265, setUp(h265, "hvcC") + 28, 0x4e)],
  ]);
});
