import { describe, expect, test } from "vitest";
import {
  ascii,
  at8,
  become,
  bytesOf,
  changed,
  changedWebm,
  copyOf,
  element,
  latin,
  note,
  oggPage,
  outcomeOf,
  read,
  tracksOf,
} from "./recordings.ts";

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

  become("video/webm", [
    ["sound that is off", replaced("888100", "b98100"), "film 1.0, sound 1.0"],
    ["a second sound", withTrack("A_OPUS", 3), "hidden-content"],
    ["a second picture", withTrack("V_VP9", 3), "hidden-content"],
    ["a picture whose edge is cut off", replaced("55b08455b98101", "54bb8400000008"), "film 1.0, sound 1.0"],
    ["a picture that something shows through", replaced("55b08455b98101", "53c08400000001"), "film 1.0, sound 1.0"],
    ["chapters in an order of their own", withChapters(element("45dd", Uint8Array.of(1))), "film 1.0, sound 1.0"],
    ["a chapter that is skipped", withChapters(skippedChapter), "film 1.0, sound 1.0"],
    ["a chapter in a chapter that is skipped", withChapters(element("b6", skippedChapter)), "film 1.0, sound 1.0"],
    ["sound cut at its start", replaced("56bb8404c4b400", "56aa8407000000"), "film 1.1, sound 1.0"],
    ["sound cut at its end", replaced("75a28400cdfe60", "75a2840dcdfe60"), "film 1.0, sound 1.0"],
    ["sound cut at a start further on", replaced("75a28400cdfe60", "75a284f0cdfe60"), "film 1.0, sound 1.0"],
    ["a block that is not shown", at8(film, soundBlock + 3, 0x88), "film 1.0, sound 1.0"],
    ["a picture that is shown once more, with something behind it", repeated(note), "film 1.0, sound 1.0"],
    ["two blocks in a group", inGroups(2), "film 1.0, sound 1.0"],
    ["texts with the number of the sound", added("1654ae6b", texts), "film 1.0, sound 1.0"],
    ["a second list of tracks", added("18538067", element("1654ae6b", texts)), "film 1.0, sound 1.0"],
    [
      "a second length of a tick",
      added("18538067", element("1549a966", element("2ad7b1", Uint8Array.of(1)))),
      "film 1.0, sound 1.0",
    ],
    ["a second kind of a track", added("ae", element("83", Uint8Array.of(17))), "unreadable"],
    ["a second time of a cluster", added("1f43b675", element("e7", Uint8Array.of(9))), "film 1.0, sound 1.0"],
    [
      "a picture of VP9 without its mark",
      withPackets(1, (packet, n) => (n === 5 ? bytesOf(Uint8Array.of(0x02), note) : packet)),
      "film 1.0, sound 1.0",
    ],
    [
      "a picture of VP9 of no profile",
      withPackets(1, (packet, n) => (n === 5 ? bytesOf(Uint8Array.of(0xb8), note) : packet)),
      "film 1.0, sound 1.0",
    ],
    [
      "a film of VP9 without a key picture at its start",
      withPackets(1, (packet, n) => (n === 0 ? at8(packet, 0, (packet[0] ?? 0) | 4) : packet)),
      "unreadable",
    ],
    [
      "a key picture of VP8 without its mark",
      withPackets8((packet, n) => (n === 5 ? bytesOf(Uint8Array.of(0x10, 0, 0), note) : packet)),
      "film 1.0, sound 1.0",
    ],
    [
      "a film of VP8 without a key picture at its start",
      withPackets8((packet, n) => (n === 0 ? at8(packet, 0, (packet[0] ?? 0) | 1) : packet)),
      "unreadable",
    ],
  ]);

  become("video/webm", [
    ["sound that is on", replaced("888100", "b98101"), "film 1.0, sound 1.0"],
    ["a film with chapters", withChapters(element("b6", element("4598", Uint8Array.of(1)))), "film 1.0, sound 1.0"],
    ["a picture that is shown once more", repeated(), "film 1.0, sound 1.0"],
    ["sound in groups", inGroups(1), "film 1.0, sound 1.0"],
    ["a film of VP8", withPackets8((packet) => packet), "film 1.0, sound 1.0"],
  ]);

  test("what lies between the frames of a packet and their index changes no bit of the copy", async () => {
    const index = (size: number) => Uint8Array.of(0xc8, size & 255, size >> 8, 0xc8);
    const file = withPackets(1, (packet) => bytesOf(packet, note, index(packet.length)));
    expect(await copyOf(file, "video/webm")).toEqual(await copyOf(film, "video/webm"));
  });

  test("what fills up a packet of Opus changes no bit of the copy", async () => {
    const file = withPackets(2, (packet) => padded(packet, note));
    expect(await copyOf(file, "video/webm")).toEqual(await copyOf(film, "video/webm"));
  });

  test("a second picture that says where the first is seen through is refused", async () => {
    const blocks = changedWebm(film, (id, content) => {
      if (id !== "a3" || content[0] !== 0x81) return undefined;
      const more = element("a6", element("ee", Uint8Array.of(1)), element("a5", content.subarray(4)));
      const block = element("a1", content.subarray(0, 3), Uint8Array.of(0), content.subarray(4));
      return element("a0", block, element("75a1", more));
    });
    expect(await outcomeOf(blocks, "video/webm")).toBe("hidden-content");
  });
});

/** A packet of one frame as one that says how many it has, and is filled up. */
function padded([head = 0, ...frame]: Uint8Array, filling: Uint8Array) {
  return bytesOf(Uint8Array.of(head | 3, 0x41, filling.length), Uint8Array.from(frame), filling);
}

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

  become("audio/ogg", [
    ["sound without volume", oggOf({ head: headWith((view) => view.setInt16(16, -128 * 256, true)) }).all, "sound 1.0"],
    ["sound that is turned down", oggOf({ head: headWith((view) => view.setInt16(16, -1, true)) }).all, "sound 1.0"],
    ["sound cut at its start", oggOf({ head: headWith((view) => view.setUint16(10, 4801, true)) }).all, "sound 0.9"],
    ["sound cut at its end", oggOf({ samples: whole - 5761 }).all, "sound 0.9"],
    ["sound of a channel that is not heard", oggOf({ head: mapped }).all, "sound 1.0"],
    ["two sounds at once", bytesOf(one.first, other.first, one.rest, other.rest), "hidden-content"],
    ["a packet that is filled up with more than it has", withPacket(overfull), "sound 1.0"],
    [
      "a page that goes on with a packet that was not begun",
      withPages(oggPage(some, { samples: 20 * 960 }), oggPage(some, second), last(whole + 20 * 960)),
      "sound 1.4",
    ],
    [
      "a packet that is begun and does not go on",
      withPages(
        oggPage([new Uint8Array(255)], { samples: -1, isOpen: true }),
        oggPage(some, { samples: 20 * 960 }),
        last(),
      ),
      "sound 1.0",
    ],
    ["a page with a wrong checksum", withPages(broken(oggPage(some, { samples: 20 * 960 })), last()), "sound 0.6"],
    ["a page of another version", withPages(oggPage(some, { samples: 20 * 960, version: 1 }), last()), "sound 0.6"],
    ["a page without a number", withPages(oggPage(some, { samples: -1 }), last(others.length * 960)), "unreadable"],
    [
      "a page with the number of another",
      withPages(oggPage(some, { samples: 960 }), last(others.length * 960)),
      "sound 1.0",
    ],
    [
      "sound in the page of the comments",
      bytesOf(one.first, oggPage([bytesOf(ascii("OpusTags"), new Uint8Array(8)), ...some], {}), last()),
      "sound 2.0",
    ],
    ["a packet of no frames", withPacket(opus(3, 0)), "sound 1.0"],
    ["a packet of two frames that are not as long as each other", withPacket(opus(1, 0, 0)), "sound 1.0"],
    ["a packet whose frames are longer than it", withPacket(opus(2, 250)), "sound 1.0"],
    ["a packet of more than 120 ms", withPacket(opus(3, 63)), "sound 2.3"],
    ["a frame that is too long", withPacket(bytesOf(Uint8Array.of(0x48), new Uint8Array(1276))), "sound 1.0"],
  ]);

  become("audio/ogg", [
    ["sound that is whole", one.all, "sound 1.0"],
    ["sound that is turned up", oggOf({ head: headWith((view) => view.setInt16(16, 256, true)) }).all, "sound 1.0"],
    ["sound whose last packet is filled up", oggOf({ samples: whole - 5760 }).all, "sound 0.9"],
    [
      "sound that was lost in part",
      withPages(oggPage(some, { samples: 60 * 960 }), last(whole + 40 * 960)),
      "sound 1.0",
    ],
    ["a packet that is heard as silence", withPacket(Uint8Array.of(0x48)), "sound 1.0"],
    ["a packet of frames of different lengths", withPacket(Uint8Array.of(0x4b, 0x83, 1, 2, 1, 1, 1, 1)), "sound 1.1"],
    [
      "sound whose encoder ran up",
      oggOf({ head: headWith((view) => view.setUint16(10, 3840, true)) }).all,
      "sound 0.9",
    ],
  ]);

  test("what fills up a packet changes no bit of the copy", async () => {
    const notes = bytesOf(...Array(40).fill(note));
    const long = (packet: Uint8Array) =>
      bytesOf(Uint8Array.of((packet[0] ?? 0) | 3, 0x41, 255, notes.length - 254), packet.subarray(1), notes);
    const sound = packets.map((packet, n) => (n === 7 ? long(packet) : padded(packet, note)));
    expect(await copyOf(oggOf({ sound }).all, "audio/ogg")).toEqual(await copyOf(one.all, "audio/ogg"));
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
  become("audio/mpeg", [
    ["sound cut at its start", skipped(4095, 0), "sound 0.8"],
    ["sound cut at its end", skipped(0, 1800), "sound 1.0"],
    ["a frame that says it has more than there is", claiming(4095, 10), "sound 1.0"],
    ["a frame of more lines than there are", claiming(100, 289), "sound 1.0"],
  ]);
  become("audio/mpeg", [["sound that its encoder filled up", skipped(1105, 1700), "sound 0.9"]]);
});
