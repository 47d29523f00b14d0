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

  /** The edits of a track's sound: thousandths of a second, samples of which there are 44,100 in one, and how fast. */
  function edited(file: Uint8Array, ...edits: Edit[]): Uint8Array {
    const track = file === film ? 1 : 0;
    const rows = edits.map(([length, time, rate = 0x10000]) => bytesOf(u32(length), u32(time), u32(rate)));
    const by = box("edts", box("elst", u32(0), u32(edits.length), ...rows));
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
  const window = (width: number, height: number) => {
    const numbers = [width, 1, height, 1, 0, 1, 0, 1].map((number) => u32(number));
    const within = ["moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1"];
    return grown(film, { within, by: box("clap", ...numbers) });
  };
  const slow = (samplesPerSecond: number) => at32(edited(m4a, [9000, 2112]), boxAt(m4a, "mdhd") + 20, samplesPerSecond);

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
  ]);

  taken("video/mp4", [
    ["sound and picture that are in the preview too", at8(at8(film, sound + 11, 7), picture + 11, 7)],
    ["a film of which no track is in the movie", at8(at8(film, sound + 11, 1), picture + 11, 1)],
    ["a film that is turned up", at16(film, sound + 44, 0x200)],
    ["an iPhone's sound in both its formats", withTrack(film, off(spatial))],
    ["an iPhone's sound of which the other format is on", withTrack(at8(film, sound + 11, 2), spatial)],
    ["a window as large as the picture", window(96, 64)],
    ["sound without edits", edited(film)],
    ["sound behind a pause", edited(film, [500, pause], [1000, 1024])],
    ["sound with a pause behind it", edited(film, [1000, 1024], [500, pause])],
    ["sound of which a tenth of a second is cut", edited(film, [930, 1024])],
    ["sound whose encoder ran up as an iPhone's", edited(film, [1000, 2112])],
    ["sound of 12 kHz whose encoder ran up as an iPhone's", slow(12_000), "audio/mp4"],
    ["fragments with an edit of no length", inFragments(0)],
  ]);

  test("of an iPhone's sound the format that others play is in the copy", async () => {
    const [, kept, ...more] = await packetsOf(withTrack(at8(film, sound + 11, 2), spatial), "video/mp4");
    expect([kept?.length, more]).toEqual([45, []]);
  });

  /** A film with one more unit at the start of its first packet, which is the first in the file. */
  function withUnit(name: string, unit: Uint8Array): Uint8Array {
    const file = read(name);
    const view = new DataView(file.buffer);
    const by = bytesOf(u32(unit.length), unit);
    const from = view.getUint32(boxAt(file, "stco") + 16);
    const chunks = boxesAt(file, "stco").flatMap((at) => {
      return Array.from({ length: view.getUint32(at + 12) }, (_, n) => at + 16 + n * 4);
    });
    const moved = chunks.filter((at) => view.getUint32(at) > from);
    const sizes = [boxAt(file, "stsz") + 20, latin(file).indexOf("mdat") - 4];
    return spliced(file, { around: [...moved, ...sizes], from, to: from, by });
  }
  const avcUnit = (kind: number) => withUnit("picture.mp4", bytesOf(Uint8Array.of(kind), note));
  const hevcUnit = (kind: number, layer = 0) =>
    withUnit("picture-h265.mp4", bytesOf(Uint8Array.of(kind << 1, (layer << 3) | 1), note));
  const first = async (name: string) => (await packetsOf(read(name), "video/mp4"))[0];

  test.each([0, 6, 9, 10, 11, 12, 13, 14, 15, 19, 20, 21, 24, 31])(
    "a unit of H.264 of kind %d is taken out",
    async (kind) => {
      const [made] = await packetsOf(avcUnit(kind), "video/mp4");
      expect(made).toEqual(await first("picture.mp4"));
    },
  );

  test.each([10, 15, 22, 31, 35, 36, 37, 38, 39, 41, 48, 63])(
    "a unit of H.265 of kind %d is taken out",
    async (kind) => {
      const [made] = await packetsOf(hevcUnit(kind), "video/mp4");
      expect(made).toEqual(await first("picture-h265.mp4"));
    },
  );

  test("a slice of a second layer of H.265, as of the other eye, is taken out", async () => {
    const [made] = await packetsOf(hevcUnit(1, 1), "video/mp4");
    expect(made).toEqual(await first("picture-h265.mp4"));
  });

  test("the end of a sequence of H.265 is kept, since it decides how the next picture is decoded", async () => {
    const end = Uint8Array.of(36 << 1, 1);
    const [made] = await packetsOf(withUnit("picture-h265.mp4", end), "video/mp4");
    expect(made?.[0]?.subarray(0, 6)).toEqual(bytesOf(u32(2), end));
  });

  const h265 = read("picture-h265.mp4");
  const setUp = (file: Uint8Array, type: string) => boxAt(file, type) + 8;
  refused("video/mp4", [
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
  ]);

  taken("video/webm", [
    ["sound that is on", replaced("888100", "b98101")],
    ["a film with chapters", withChapters(element("b6", element("4598", Uint8Array.of(1))))],
    ["a picture that is shown once more", repeated()],
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
  const packets = track?.packets.map(({ bytes }) => new Uint8Array(bytes)) ?? [];
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

  refused("audio/ogg", [
    ["sound without volume", oggOf({ head: headWith((view) => view.setInt16(16, -128 * 256, true)) }).all],
    ["sound that is turned down", oggOf({ head: headWith((view) => view.setInt16(16, -1, true)) }).all],
    ["sound cut at its start", oggOf({ head: headWith((view) => view.setUint16(10, 4801, true)) }).all],
    ["sound cut at its end", oggOf({ samples: whole - 5761 }).all],
    ["sound of a channel that is not heard", oggOf({ head: mapped }).all],
    ["two sounds at once", bytesOf(one.first, other.first, one.rest, other.rest)],
    ["a packet that is filled up with more than it has", oggOf({ sound: [overfull, ...packets] }).all],
  ]);

  taken("audio/ogg", [
    ["sound that is whole", one.all],
    ["sound that is turned up", oggOf({ head: headWith((view) => view.setInt16(16, 256, true)) }).all],
    ["sound whose last packet is filled up", oggOf({ samples: whole - 5760 }).all],
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
  refused("audio/mpeg", [
    ["sound cut at its start", skipped(4095, 0)],
    ["sound cut at its end", skipped(0, 1800)],
  ]);
  taken("audio/mpeg", [["sound that its encoder filled up", skipped(1105, 1700)]]);
});
