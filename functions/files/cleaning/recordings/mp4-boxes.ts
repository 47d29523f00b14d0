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
 * The kept boxes of an MP4, which say how to play it: for each type of box, the types of the boxes that it may hold. All other
 * boxes become free space before the library reads the file. So they are not copied, and cannot mislead the library.
 */
const keptChildren: Record<string, string[]> = {
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
/** The boxes that may stand several times in their parent. */
const repeatable = new Set(["moof", "mdat", "trak", "trex", "traf", "trun"]);
/** The descriptions of encrypted picture and sound. */
const encrypted = new Set(["encv", "enca"]);

/** `start`: the position of the header; `from`: that of the content. */
type Box = { type: string; start: number; from: number; end: number };
type BoxScan = {
  bytes: Uint8Array;
  view: DataView;
  boxes: number;
  found: FoundTracks;
  /** The positions of the boxes that were read. */
  read: Set<number>;
  /** The boxes in which no player looks for tables, such as the media data: the position of the end by that of the start. */
  unread: Map<number, number>;
};

/** Strips a file of the ISO base media format (MP4, QuickTime): removes or refuses all that is not played. */
export function stripIso(file: Uint8Array): StrippedRecording {
  const bytes = new Uint8Array(file);
  const found = noTracks(bytes.length);
  const scan: BoxScan = { bytes, view: viewOf(bytes), boxes: 0, found, read: new Set(), unread: new Map() };
  const boxes = topBoxes(scan);
  const end = boxes.at(-1)?.end ?? 0;
  keepBoxes(scan, { boxes, parent: "file" });
  refuseDataOutsideTracks(file.subarray(0, end), scan);
  refuseHiddenTracks(found);
  refuseCutMarkers(file, found);
  return { bytes: bytes.subarray(0, end), packets: packetsOf(found), played: playedSpans(found) };
}

/** The boxes of the file itself. Bytes after the last box are dropped where they are no box. A box that is cut off is refused. */
function topBoxes(scan: BoxScan): Box[] {
  const boxes: Box[] = [];
  let hasMovie = false;
  for (let at = 0; at + 8 <= scan.bytes.length; at = boxes.at(-1)?.end ?? at) {
    const type = typeAt(scan, at);
    if (hasMovie && !keptChildren.file?.includes(type) && !isWhole(scan, at)) break;
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
  // QuickTime ends some lists with a box of size 0.
  for (let at = from; at + 8 <= end && scan.view.getUint32(at) !== 0; at = boxes.at(-1)?.end ?? end) {
    boxes.push(boxAt(scan, { at, end }));
  }
  return boxes;
}

function boxAt(scan: BoxScan, { at, end }: { at: number; end: number }): Box {
  scan.boxes += 1;
  if (scan.boxes > recordingLimits.boxes) refuseRecording("too-complex");
  const short = scan.view.getUint32(at);
  const isLong = short === 1 && at + 16 <= end;
  const size = isLong ? Number(scan.view.getBigUint64(at + 8)) : short;
  const from = at + (isLong ? 16 : 8);
  if (at + size < from || at + size > end) refuseRecording("unreadable");
  return { type: typeAt(scan, at), start: at, from, end: at + size };
}

function keepBoxes(scan: BoxScan, { boxes, parent }: { boxes: Box[]; parent: string }): void {
  const seen = new Set<string>();
  for (const box of boxes) {
    if (parent === "stsd" && encrypted.has(box.type)) refuseRecording("password-protected");
    const isInPlace = keptChildren[parent]?.includes(box.type);
    const isSecond = seen.has(box.type) && !repeatable.has(box.type);
    // Colours may be described twice, in two ways. Of any other repeated box, some players take the first and some the last.
    if (isInPlace && isSecond && box.type !== "colr") refuseRecording("unreadable");
    if (isInPlace && !isSecond) keepBox(scan, box);
    else makeFree(scan, box);
    seen.add(box.type);
  }
}

/** Reads a box that stands in its right place, and the boxes in it. A track of another kind than picture or sound becomes free. */
function keepBox(scan: BoxScan, box: Box): void {
  scan.read.add(box.start);
  if (box.type === "mdat") scan.unread.set(box.start, box.end);
  readTable(scan, box);
  if (!keptChildren[box.type]) return;
  const from = box.from + headLength(scan, box);
  if (from > box.end) refuseRecording("unreadable");
  const boxes = boxesIn(scan, { from, end: box.end });
  if (box.type !== "trak" || isSeenOrHeard(scan, boxes)) keepBoxes(scan, { boxes, parent: box.type });
  else {
    // The track's header is still read, so that a second track with the same id is refused.
    for (const head of boxes.filter(({ type }) => type === "tkhd")) readTable(scan, head);
    scan.found.tracks.pop();
    scan.unread.set(box.start, box.end);
    makeFree(scan, box);
  }
}

function readTable({ bytes, found }: BoxScan, { type, from, end }: Box): void {
  tables[type]?.(new DataView(bytes.buffer, from, end - from), found);
}

/** Whether a track is picture or sound. Other tracks hold, for example, locations, subtitles or streaming hints. */
function isSeenOrHeard(scan: BoxScan, boxes: Box[]): boolean {
  const media = boxes.find(({ type }) => type === "mdia");
  const handler = media && boxesIn(scan, media).find(({ type }) => type === "hdlr");
  return handler !== undefined && ["vide", "soun"].includes(typeAt(scan, handler.from + 4));
}

/** Bytes of a box before the boxes that it holds. */
function headLength(scan: BoxScan, box: Box): number {
  if (box.type === "stsd") return 8;
  if (box.type === "mp4a" || box.type === "Opus") return soundHead[scan.view.getUint16(box.from + 8)] ?? 28;
  return /^(avc|hvc|hev)\d$/.test(box.type) ? 78 : 0;
}

/** Bytes of a sound description by its version. QuickTime's versions 1 and 2 are longer. */
const soundHead = [28, 44, 64];

/** Turns a box into free space by changing its type. */
function makeFree(scan: BoxScan, { type, start, end }: Box): void {
  if (freeTypes.has(type)) scan.unread.set(start, end);
  scan.bytes.set(freeType, start + 4);
}

/** The types of free space. Where an editor has freed space, remains of an earlier index may lie in it. */
const freeTypes = new Set(["free", "skip", "wide"]);

const freeType = new TextEncoder().encode("free");

function typeAt({ bytes }: BoxScan, at: number): string {
  return latin1Text(bytes, { from: at + 4, to: at + 8 });
}

/**
 * The boxes that say which packets are played, and when. Some players read them anywhere in the file and take the last one, so
 * they may stand in their right place only. This cleaner does not read two of them: `stz2`, another table of sizes, and `cmov`, a
 * compressed index.
 */
const inOnePlace = numbersOf(
  "moov mvhd trak tkhd edts elst mdia mdhd minf stbl stsd stts ctts stss stsz stz2 stsc stco co64",
  "mvex trex moof traf tfhd tfdt trun cmov",
);
/** A handler box also stands in other places with other meanings. Only a handler of a played track is refused there. */
const [handler = 0] = numbersOf("hdlr");
const playedKinds = numbersOf("vide soun subp clcp");

type BoxesRead = { read: ReadonlySet<number>; unread: ReadonlyMap<number, number> };

/** Refuses a file with one of these boxes in a place where it was not read. Every byte of the file is a possible position. */
function refuseDataOutsideTracks(file: Uint8Array, { read, unread }: BoxesRead): void {
  const view = viewOf(file);
  for (let at = 0; at + 8 <= file.length; at++) {
    const endOfUnread = unread.get(at);
    if (endOfUnread !== undefined) at = endOfUnread - 1;
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

/** Whether a number can be the size of a box. 0 means up to the end of the file; 1 means that a longer size field follows. */
function isSize(size: number, room: number): boolean {
  return size < 2 || (size >= 8 && size <= room);
}

function numbersOf(...types: string[]): number[] {
  return types.flatMap((line) => line.split(" ").map((type) => Buffer.from(type, "latin1").readUInt32BE()));
}
