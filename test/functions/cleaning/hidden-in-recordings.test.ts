import { describe, expect, test } from "vitest";
import { cleanMedia, type MediaType } from "#functions/attachments/cleaning/recordings/clean-media.ts";
import {
  ascii,
  box,
  boxAt,
  boxesAt,
  bytesOf,
  changed,
  changedWebm,
  element,
  endOf,
  grown,
  latin,
  oggPage,
  read,
  spliced,
  tracksOf,
  u32,
} from "./recordings.ts";

type Case = [name: string, file: Uint8Array, from?: MediaType];

const refused = (type: MediaType, cases: Case[]) =>
  test.each(cases)("%s is refused", async (_, file, from = type) => {
    expect(await cleanMedia(file, { from })).toEqual({ uncleanable: "unreadable" });
  });
const taken = (type: MediaType, cases: Case[]) =>
  test.each(cases)("%s is taken", async (_, file, from = type) => {
    expect(await cleanMedia(file, { from })).toHaveProperty("contentType", from);
  });

async function packetsOf(file: Uint8Array, from: MediaType) {
  const cleaning = await cleanMedia(file, { from });
  if ("uncleanable" in cleaning) throw new Error(cleaning.uncleanable);
  expect(latin(cleaning.bytes)).not.toContain("NOTE-");
  const tracks = await tracksOf(cleaning.bytes);
  return tracks.map(({ packets }) => packets.map(({ bytes }) => new Uint8Array(bytes)));
}

const note = ascii("NOTE-hidden");
const at8 = (file: Uint8Array, at: number, number: number) => changed(file, (_, view) => view.setUint8(at, number));
const at16 = (file: Uint8Array, at: number, number: number) => changed(file, (_, view) => view.setInt16(at, number));
const at32 = (file: Uint8Array, at: number, number: number) => changed(file, (_, view) => view.setUint32(at, number));

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
    ["AAC whose channels are described one by one", at8(m4a, configAt + 1, 0)],
  ]);

  taken("audio/mp4", [
    ["a note that the encoder ran up", itunes(2112, 500, 43_000)],
    ["a recording with what else a track has", withUdta(handler("mdir"), box("name", note))],
    ["space with remains of an index", inSound("trak", box("free", cut))],
    ["sound whose times a phone took late", timed(edited(m4a), [10, 1024], [1, 3072], [3, 200], [31, 1024])],
  ]);

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
    ["a film of H.265 without a key picture at its start", withoutKey(h265, { key: 20 << 1, other: 1 << 1 })],
    ["a slice of H.264 in parts", avcUnit(2)],
    ["a note among the parameter sets of H.264", at8(film, setUp(film, "avcC") + 8, 6)],
    ["a note among the parameter sets of H.265", at8(h265, setUp(h265, "hvcC") + 28, 0x4e)],
  ]);
});

describe("of a WebM", () => {
  const film = read("picture.webm");
  /** With an element in the place of another in the track of sound or picture, or a cluster. */
  const replaced = (from: string, to: string) => {
    const before = Buffer.from(from, "hex");
    return changed(film, (bytes) => bytes.set(Buffer.from(to, "hex"), Buffer.from(film).lastIndexOf(before)));
  };
  const withChapters = (...content: Uint8Array[]) =>
    changedWebm(film, (id, all) => {
      const chapters = element("1043a770", element("45b9", ...content));
      return id === "18538067"
        ? element(
            id,
            changedWebm(all, () => undefined),
            chapters,
          )
        : undefined;
    });
  const withTrack = (track: string, number: number) =>
    changedWebm(film, (id, tracks) => {
      if (id !== "1654ae6b") return undefined;
      let added = new Uint8Array();
      changedWebm(tracks, (inner, content) => {
        if (inner === "ae" && latin(content).includes(track)) added = at8(element("ae", content), 9 + 2, number);
        return undefined;
      });
      return element(id, tracks, added);
    });
  /** With other packets of one track; a block has four bytes before its packet. */
  const withPackets = (track: number, change: (packet: Uint8Array, n: number) => Uint8Array) => {
    let n = 0;
    return changedWebm(film, (id, content) => {
      if (id !== "a3" || content[0] !== (0x80 | track)) return undefined;
      return element(id, content.subarray(0, 4), change(content.subarray(4), n++));
    });
  };
  const film8 = read("../files/webm/06-vp8-landscape.webm");
  const withPackets8 = (change: (packet: Uint8Array, n: number) => Uint8Array) => {
    let n = 0;
    return changedWebm(film8, (id, content) => {
      if (id !== "a3" || content[0] !== 0x81) return undefined;
      return element(id, content.subarray(0, 4), change(content.subarray(4), n++));
    });
  };
  /** With more in the first element of a kind. */
  const added = (to: string, ...more: Uint8Array[]) => {
    let isDone = false;
    return changedWebm(film, (id, content) => {
      if (id !== to || isDone) return undefined;
      isDone = true;
      return element(
        id,
        changedWebm(content, () => undefined),
        ...more,
      );
    });
  };
  /** With each packet of sound in a group, so many times. */
  const inGroups = (times: number) =>
    changedWebm(film, (id, content) => {
      if (id !== "a3" || content[0] !== 0x82) return undefined;
      const block = element("a1", content.subarray(0, 3), Uint8Array.of(0), content.subarray(4));
      return element("a0", ...Array(times).fill(block));
    });
  const texts = element(
    "ae",
    element("d7", Uint8Array.of(2)),
    element("83", Uint8Array.of(17)),
    element("86", ascii("S_TEXT/UTF8")),
  );
  const soundBlock = Buffer.from(film).indexOf(Buffer.of(0x82, 0, 0, 0x80));
  const repeated = (...rest: Uint8Array[]) =>
    withPackets(1, (packet, n) => (n === 5 ? bytesOf(Uint8Array.of(0x88), ...rest) : packet));
  const skippedChapter = element("b6", element("4598", Uint8Array.of(0)));

  refused("video/webm", [
    ["sound that is off", replaced("888100", "b98100")],
    ["a second sound", withTrack("A_OPUS", 3)],
    ["a second picture", withTrack("V_VP9", 3)],
    ["a picture whose edge is cut off", replaced("55b08455b98101", "54bb8400000008")],
    ["a picture that something shows through", replaced("55b08455b98101", "53c08400000001")],
    ["chapters in an order of their own", withChapters(element("45dd", Uint8Array.of(1)))],
    ["a chapter that is skipped", withChapters(skippedChapter)],
    ["a chapter in a chapter that is skipped", withChapters(element("b6", skippedChapter))],
    ["sound cut at its start", replaced("56bb8404c4b400", "56aa8407000000")],
    ["sound cut at its end", replaced("75a28400cdfe60", "75a2840dcdfe60")],
    ["sound cut at a start further on", replaced("75a28400cdfe60", "75a284f0cdfe60")],
    ["a block that is not shown", at8(film, soundBlock + 3, 0x88)],
    ["a picture that is shown once more, with something behind it", repeated(note)],
    ["two blocks in a group", inGroups(2)],
    ["texts with the number of the sound", added("1654ae6b", texts)],
    ["a second list of tracks", added("18538067", element("1654ae6b", texts))],
    ["a second length of a tick", added("18538067", element("1549a966", element("2ad7b1", Uint8Array.of(1))))],
    ["a second kind of a track", added("ae", element("83", Uint8Array.of(17)))],
    ["a second time of a cluster", added("1f43b675", element("e7", Uint8Array.of(9)))],
    [
      "a picture of VP9 without its mark",
      withPackets(1, (packet, n) => (n === 5 ? bytesOf(Uint8Array.of(0x02), note) : packet)),
    ],
    [
      "a picture of VP9 of no profile",
      withPackets(1, (packet, n) => (n === 5 ? bytesOf(Uint8Array.of(0xb8), note) : packet)),
    ],
    [
      "a film of VP9 without a key picture at its start",
      withPackets(1, (packet, n) => (n === 0 ? at8(packet, 0, (packet[0] ?? 0) | 4) : packet)),
    ],
    [
      "a key picture of VP8 without its mark",
      withPackets8((packet, n) => (n === 5 ? bytesOf(Uint8Array.of(0x10, 0, 0), note) : packet)),
    ],
    [
      "a film of VP8 without a key picture at its start",
      withPackets8((packet, n) => (n === 0 ? at8(packet, 0, (packet[0] ?? 0) | 1) : packet)),
    ],
  ]);

  taken("video/webm", [
    ["sound that is on", replaced("888100", "b98101")],
    ["a film with chapters", withChapters(element("b6", element("4598", Uint8Array.of(1))))],
    ["a picture that is shown once more", repeated()],
    ["sound in groups", inGroups(1)],
    ["a film of VP8", withPackets8((packet) => packet)],
  ]);

  test("what lies between the frames of a packet and their index is taken out", async () => {
    const index = (size: number) => Uint8Array.of(0xc8, size & 255, size >> 8, 0xc8);
    const before = await tracksOf(film);
    const picture = before.find(({ codec }) => codec === "vp9")?.packets ?? [];
    const file = withPackets(1, (packet) => bytesOf(packet, note, index(packet.length)));
    const [made] = await packetsOf(file, "video/webm");
    expect(made).toEqual(picture.map(({ bytes }) => bytesOf(bytes, index(bytes.length))));
  });

  test("what fills up a packet of Opus is taken out", async () => {
    const file = withPackets(2, (packet) => padded(packet, note));
    const before = await tracksOf(film);
    const sound = before.find(({ codec }) => codec === "opus")?.packets ?? [];
    const made = (await packetsOf(file, "video/webm"))[1];
    expect(made?.slice(0, -1)).toEqual(sound.slice(0, -1).map(({ bytes }) => bare(bytes)));
  });
});

/** A packet of one frame as one that says how many it has, and is filled up. */
function padded([head = 0, ...frame]: Uint8Array, filling: Uint8Array) {
  return bytesOf(Uint8Array.of(head | 3, 0x41, filling.length), Uint8Array.from(frame), filling);
}
/** The same, not filled up. */
const bare = ([head = 0, ...frame]: Uint8Array) => Uint8Array.of(head | 3, 1, ...frame);

describe("of an Ogg file", async () => {
  const [track] = await tracksOf(read("sound.ogg"));
  const packets: Uint8Array[] = track?.packets.map(({ bytes }) => new Uint8Array(bytes)) ?? [];
  const whole = packets.length * 960;
  const start = read("sound.ogg").subarray(28, 28 + 19);
  const headWith = (change: (view: DataView) => void) => changed(start, (_, view) => change(view));

  /** In two pages, of which the last ends the stream. */
  const oggOf = ({ head = start, sound = packets, samples = whole, stream = 1 }) => {
    const pages = [
      oggPage([head], { stream, flags: 2 }),
      oggPage([bytesOf(ascii("OpusTags"), new Uint8Array(8))], { stream }),
      oggPage(sound.slice(0, 20), { stream, samples: 20 * 960 }),
      oggPage(sound.slice(20), { stream, flags: 4, samples }),
    ];
    return { first: pages[0] ?? head, rest: bytesOf(...pages.slice(1)), all: bytesOf(...pages) };
  };
  const [one, other] = [oggOf({}), oggOf({ stream: 2 })];
  const mapped = bytesOf(
    headWith((view) => view.setUint8(18, 1)),
    Uint8Array.of(1, 0, 255),
  );
  const overfull = Uint8Array.of(0x4b, 0x41, 200, 1);
  /** With pages between the headers and the last twenty packets or so. */
  const withPages = (...pages: Uint8Array[]) =>
    bytesOf(one.first, oggPage([bytesOf(ascii("OpusTags"), new Uint8Array(8))], {}), ...pages);
  const [some, others] = [packets.slice(0, 20), packets.slice(20)];
  const last = (samples = whole) => oggPage(others, { flags: 4, samples });
  const broken = (page: Uint8Array) => at8(page, 22, (page[22] ?? 0) ^ 1);
  const second = { flags: 1, samples: 40 * 960 };
  const withPacket = (packet: Uint8Array) => oggOf({ sound: [packet, ...packets] }).all;
  const opus = (code: number, ...bytes: number[]) => bytesOf(Uint8Array.of(0x48 | code, ...bytes), note);

  refused("audio/ogg", [
    ["sound without volume", oggOf({ head: headWith((view) => view.setInt16(16, -128 * 256, true)) }).all],
    ["sound that is turned down", oggOf({ head: headWith((view) => view.setInt16(16, -1, true)) }).all],
    ["sound cut at its start", oggOf({ head: headWith((view) => view.setUint16(10, 4801, true)) }).all],
    ["sound cut at its end", oggOf({ samples: whole - 5761 }).all],
    ["sound of a channel that is not heard", oggOf({ head: mapped }).all],
    ["two sounds at once", bytesOf(one.first, other.first, one.rest, other.rest)],
    ["a packet that is filled up with more than it has", withPacket(overfull)],
    [
      "a page that goes on with a packet that was not begun",
      withPages(oggPage(some, { samples: 20 * 960 }), oggPage(some, second), last(whole + 20 * 960)),
    ],
    [
      "a packet that is begun and does not go on",
      withPages(
        oggPage([new Uint8Array(255)], { samples: -1, isOpen: true }),
        oggPage(some, { samples: 20 * 960 }),
        last(),
      ),
    ],
    ["a page with a wrong checksum", withPages(broken(oggPage(some, { samples: 20 * 960 })), last())],
    ["a page of another version", withPages(oggPage(some, { samples: 20 * 960, version: 1 }), last())],
    ["a page without a number", withPages(oggPage(some, { samples: -1 }), last(others.length * 960))],
    ["a page with the number of another", withPages(oggPage(some, { samples: 960 }), last(others.length * 960))],
    [
      "sound in the page of the comments",
      bytesOf(one.first, oggPage([bytesOf(ascii("OpusTags"), new Uint8Array(8)), ...some], {}), last()),
    ],
    ["a packet of no frames", withPacket(opus(3, 0))],
    ["a packet of two frames that are not as long as each other", withPacket(opus(1, 0, 0))],
    ["a packet whose frames are longer than it", withPacket(opus(2, 250))],
    ["a packet of more than 120 ms", withPacket(opus(3, 63))],
    ["a frame that is too long", withPacket(bytesOf(Uint8Array.of(0x48), new Uint8Array(1276)))],
  ]);

  taken("audio/ogg", [
    ["sound that is whole", one.all],
    ["sound that is turned up", oggOf({ head: headWith((view) => view.setInt16(16, 256, true)) }).all],
    ["sound whose last packet is filled up", oggOf({ samples: whole - 5760 }).all],
    ["sound that was lost in part", withPages(oggPage(some, { samples: 60 * 960 }), last(whole + 40 * 960))],
    ["a packet that is heard as silence", withPacket(Uint8Array.of(0x48))],
    ["a packet of frames of different lengths", withPacket(Uint8Array.of(0x4b, 0x83, 1, 2, 1, 1, 1, 1))],
    ["sound whose encoder ran up", oggOf({ head: headWith((view) => view.setUint16(10, 3840, true)) }).all],
  ]);

  test("what fills up a packet is taken out", async () => {
    const notes = bytesOf(...Array(40).fill(note));
    const long = (packet: Uint8Array) =>
      bytesOf(Uint8Array.of((packet[0] ?? 0) | 3, 0x41, 255, notes.length - 254), packet.subarray(1), notes);
    const sound = packets.map((packet, n) => (n === 7 ? long(packet) : padded(packet, note)));
    expect(await packetsOf(oggOf({ sound }).all, "audio/ogg")).toEqual([packets.map(bare)]);
  });
});

describe("of an MP3", () => {
  const file = read("../files/mp3/01-voice-memo.mp3");
  /** How many samples are not played, of 16,000 in a second: twelve bits each for start and end. */
  const skipped = (start: number, end: number) => {
    const at = latin(file).indexOf("Info") + 8 + 112 + 21;
    return changed(file, (bytes) => bytes.set([start >> 4, ((start & 15) << 4) | (end >> 8), end & 255], at));
  };
  /** With other bits at the head of the tenth frame, behind its head: how long the first part is, and how many pairs it has. */
  const claiming = (bits: number, pairs: number) => {
    // Its frames have 180 bytes each, and of one sound nine bits come before.
    const at = latin(file).indexOf("Info") - 13 + 9 * 180 + 4;
    const claim = ((BigInt(bits) << 9n) | BigInt(pairs)) << 34n;
    return changed(file, (_, view) => {
      view.setBigUint64(at, (view.getBigUint64(at) & ~(0x1fffffn << 34n)) | claim);
    });
  };
  refused("audio/mpeg", [
    ["sound cut at its start", skipped(4095, 0)],
    ["sound cut at its end", skipped(0, 1800)],
    ["a frame that says it has more than there is", claiming(4095, 10)],
    ["a frame of more lines than there are", claiming(100, 289)],
  ]);
  taken("audio/mpeg", [["sound that its encoder filled up", skipped(1105, 1700)]]);
});
