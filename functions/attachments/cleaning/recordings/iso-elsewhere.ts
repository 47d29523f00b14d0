import { refuse, viewOf } from "./recording.ts";

/**
 * The boxes that say which packets are played, and when. Some players read them wherever they stand, and take the last.
 * Two of them are read by no part of this cleaner: a second kind of table of sizes, and an index that is compressed.
 */
const inOnePlace = numbersOf(
  "moov mvhd trak tkhd edts elst mdia mdhd minf stbl stsd stts ctts stss stsz stz2 stsc stco co64",
  "mvex trex moof traf tfhd tfdt trun cmov",
);
/** It stands in other places too, where it is about something else. */
const [handler = 0] = numbersOf("hdlr");
const playedKinds = numbersOf("vide soun subp clcp");

type Walked = { read: ReadonlySet<number>; unread: ReadonlyMap<number, number> };

/** Refuses a file with such a box in any place but that in which it was read, in whatever it may be wrapped. */
export function refuseElsewhere(file: Uint8Array, { read, unread }: Walked): void {
  const view = viewOf(file);
  for (let at = 0; at + 8 <= file.length; at++) {
    const behind = unread.get(at);
    if (behind !== undefined) at = behind - 1;
    else if (!read.has(at) && isPlayedBy(view, at) && isSize(view.getUint32(at), file.length - at)) {
      refuse("unreadable");
    }
  }
}

function isPlayedBy(view: DataView, at: number): boolean {
  const type = view.getUint32(at + 4);
  if (type !== handler) return inOnePlace.includes(type);
  return at + 20 <= view.byteLength && playedKinds.includes(view.getUint32(at + 16));
}

/** 0 means up to the end, and 1 that the size follows. */
function isSize(size: number, room: number): boolean {
  return size < 2 || (size >= 8 && size <= room);
}

function numbersOf(...types: string[]): number[] {
  return types.flatMap((line) => line.split(" ").map((type) => Buffer.from(type, "latin1").readUInt32BE()));
}
