import {
  type FoundTracks,
  noTracks,
  packetsOf,
  playedSpans,
  refuseCutMarkers,
  refuseHiddenTracks,
  tables,
} from "./mp4-tracks.ts";
import { latin1Text, recordingLimits, refuseRecording, type StrippedRecording, viewOf } from "./recording.ts";

/**
 * The boxes of an MP4 that say how to play it, each under the box it belongs in. Whatever else there is becomes free
 * space before the library reads the file, so that it can neither be taken over nor send the library astray.
 */
const inside: Record<string, string[]> = {
  file: ["ftyp", "moov", "moof", "mdat"],
  moov: ["mvhd", "trak", "mvex"],
  trak: ["tkhd", "edts", "tref", "mdia"],
  tref: ["fall"],
  edts: ["elst"],
  mdia: ["mdhd", "hdlr", "minf"],
  minf: ["smhd", "stbl"],
  stbl: ["stsd", "stts", "ctts", "stss", "stsz", "stsc", "stco", "co64"],
  stsd: ["avc1", "avc3", "hvc1", "hev1", "mp4a", "Opus"],
  avc1: ["avcC", "colr", "pasp", "clap"],
  avc3: ["avcC", "colr", "pasp", "clap"],
  hvc1: ["hvcC", "colr", "pasp", "clap"],
  hev1: ["hvcC", "colr", "pasp", "clap"],
  mp4a: ["esds", "wave"],
  wave: ["esds"],
  Opus: ["dOps"],
  mvex: ["trex"],
  moof: ["traf"],
  traf: ["tfhd", "tfdt", "trun"],
};
const manyTimes = new Set(["moof", "mdat", "trak", "trex", "traf", "trun"]);
const sealed = new Set(["encv", "enca"]);

type Box = { type: string; start: number; from: number; end: number };
type BoxScan = {
  bytes: Uint8Array;
  view: DataView;
  boxes: number;
  found: FoundTracks;
  /** Where the boxes that are read begin. */
  read: Set<number>;
  /** Where those begin into which no player looks for what belongs elsewhere, and where they end. */
  unread: Map<number, number>;
};

export function stripIso(file: Uint8Array): StrippedRecording {
  const bytes = new Uint8Array(file);
  const found = noTracks(bytes.length);
  const walk: BoxScan = { bytes, view: viewOf(bytes), boxes: 0, found, read: new Set(), unread: new Map() };
  const boxes = topBoxes(walk);
  const end = boxes.at(-1)?.end ?? 0;
  keepBoxes(walk, { boxes, parent: "file" });
  refuseDataOutsideTracks(file.subarray(0, end), walk);
  refuseHiddenTracks(found);
  refuseCutMarkers(file, found);
  return { bytes: bytes.subarray(0, end), packets: packetsOf(found), played: playedSpans(found) };
}

/** Whatever follows the last box of the file and is no box is left behind; a box that is cut off is not. */
function topBoxes(scan: BoxScan): Box[] {
  const boxes: Box[] = [];
  let hasMovie = false;
  for (let at = 0; at + 8 <= scan.bytes.length; at = boxes.at(-1)?.end ?? at) {
    const type = typeAt(scan, at);
    if (hasMovie && !inside.file?.includes(type) && !isWhole(scan, at)) break;
    boxes.push(boxAt(scan, { at, end: scan.bytes.length }));
    hasMovie ||= type === "moov";
  }
  return boxes;
}

function isWhole(scan: BoxScan, at: number): boolean {
  const size = scan.view.getUint32(at);
  return size === 1 || (size >= 8 && at + size <= scan.bytes.length);
}

function boxesIn(scan: BoxScan, { from, end }: { from: number; end: number }): Box[] {
  const boxes: Box[] = [];
  // QuickTime ends some lists with a box of no size.
  for (let at = from; at + 8 <= end && scan.view.getUint32(at) !== 0; at = boxes.at(-1)?.end ?? end) {
    boxes.push(boxAt(scan, { at, end }));
  }
  return boxes;
}

function boxAt(scan: BoxScan, { at, end }: { at: number; end: number }): Box {
  scan.boxes += 1;
  if (scan.boxes > recordingLimits.boxes) refuseRecording("too-much-inside");
  const short = scan.view.getUint32(at);
  const isLong = short === 1 && at + 16 <= end;
  const size = isLong ? Number(scan.view.getBigUint64(at + 8)) : short;
  const from = at + (isLong ? 16 : 8);
  if (at + size < from || at + size > end) refuseRecording("unreadable");
  return { type: typeAt(scan, at), start: at, from, end: at + size };
}

function keepBoxes(walk: BoxScan, { boxes, parent }: { boxes: Box[]; parent: string }): void {
  const seen = new Set<string>();
  for (const box of boxes) {
    if (parent === "stsd" && sealed.has(box.type)) refuseRecording("locked");
    const isInPlace = inside[parent]?.includes(box.type);
    const isSecond = seen.has(box.type) && !manyTimes.has(box.type);
    // Colours may be described in two ways. Of two of anything else, some players take the first and some the last.
    if (isInPlace && isSecond && box.type !== "colr") refuseRecording("unreadable");
    if (isInPlace && !isSecond) readBoxInside(walk, box);
    else free(walk, box);
    seen.add(box.type);
  }
}

function readBoxInside(walk: BoxScan, box: Box): void {
  walk.read.add(box.start);
  if (box.type === "mdat") walk.unread.set(box.start, box.end);
  read(walk, box);
  if (!inside[box.type]) return;
  const from = box.from + headLength(walk, box);
  if (from > box.end) refuseRecording("unreadable");
  const boxes = boxesIn(walk, { from, end: box.end });
  if (box.type !== "trak" || isSeenOrHeard(walk, boxes)) keepBoxes(walk, { boxes, parent: box.type });
  else {
    // Its number may be no other track's.
    for (const head of boxes.filter(({ type }) => type === "tkhd")) read(walk, head);
    walk.found.tracks.pop();
    walk.unread.set(box.start, box.end);
    free(walk, box);
  }
}

function read({ bytes, found }: BoxScan, { type, from, end }: Box): void {
  tables[type]?.(new DataView(bytes.buffer, from, end - from), found);
}

/** Tracks of places, texts, hints or pictures of the cover are not. */
function isSeenOrHeard(scan: BoxScan, boxes: Box[]): boolean {
  const media = boxes.find(({ type }) => type === "mdia");
  const handler = media && boxesIn(scan, media).find(({ type }) => type === "hdlr");
  return handler !== undefined && ["vide", "soun"].includes(typeAt(scan, handler.from + 4));
}

/** How long the part of a box is that comes before the boxes in it. */
function headLength(scan: BoxScan, box: Box): number {
  if (box.type === "stsd") return 8;
  if (box.type === "mp4a" || box.type === "Opus") return soundHead[scan.view.getUint16(box.from + 8)] ?? 28;
  return /^(avc|hvc|hev)\d$/.test(box.type) ? 78 : 0;
}

/** QuickTime's second and third way to describe a sound are longer. */
const soundHead = [28, 44, 64];

function free(scan: BoxScan, { type, start, end }: Box): void {
  if (space.has(type)) scan.unread.set(start, end);
  scan.bytes.set(freeType, start + 4);
}

/** What an editor has left free, where remains of the former index may lie. */
const space = new Set(["free", "skip", "wide"]);

const freeType = new TextEncoder().encode("free");

function typeAt({ bytes }: BoxScan, at: number): string {
  return latin1Text(bytes, { from: at + 4, to: at + 8 });
}

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

type BoxesRead = { read: ReadonlySet<number>; unread: ReadonlyMap<number, number> };

/** Refuses a file with such a box in any place but that in which it was read, in whatever it may be wrapped. */
export function refuseDataOutsideTracks(file: Uint8Array, { read, unread }: BoxesRead): void {
  const view = viewOf(file);
  for (let at = 0; at + 8 <= file.length; at++) {
    const behind = unread.get(at);
    if (behind !== undefined) at = behind - 1;
    else if (!read.has(at) && isPlayedBy(view, at) && isSize(view.getUint32(at), file.length - at)) {
      refuseRecording("unreadable");
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
