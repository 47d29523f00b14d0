import { refuseElsewhere } from "./iso-elsewhere.ts";
import { playedOf, refuseCutByNote, refuseHidden } from "./iso-played.ts";
import { packetsOf, tables } from "./iso-tables.ts";
import { type FoundTracks, noTracks } from "./iso-tracks.ts";
import { latin, most, type Recording, refuse, viewOf } from "./recording.ts";

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
type Walk = {
  bytes: Uint8Array;
  view: DataView;
  boxes: number;
  found: FoundTracks;
  /** Where the boxes that are read begin. */
  read: Set<number>;
  /** Where those begin into which no player looks for what belongs elsewhere, and where they end. */
  unread: Map<number, number>;
};

export function stripIso(file: Uint8Array): Recording {
  const bytes = new Uint8Array(file);
  const found = noTracks(bytes.length);
  const walk: Walk = { bytes, view: viewOf(bytes), boxes: 0, found, read: new Set(), unread: new Map() };
  const boxes = topBoxes(walk);
  const end = boxes.at(-1)?.end ?? 0;
  keep(walk, { boxes, parent: "file" });
  refuseElsewhere(file.subarray(0, end), walk);
  refuseHidden(found);
  refuseCutByNote(file, found);
  return { bytes: bytes.subarray(0, end), packets: packetsOf(found), played: playedOf(found) };
}

/** Whatever follows the last box of the file and is no box is left behind; a box that is cut off is not. */
function topBoxes(walk: Walk): Box[] {
  const boxes: Box[] = [];
  let hasMovie = false;
  for (let at = 0; at + 8 <= walk.bytes.length; at = boxes.at(-1)?.end ?? at) {
    const type = typeAt(walk, at);
    if (hasMovie && !inside.file?.includes(type) && !isWhole(walk, at)) break;
    boxes.push(boxAt(walk, { at, end: walk.bytes.length }));
    hasMovie ||= type === "moov";
  }
  return boxes;
}

function isWhole(walk: Walk, at: number): boolean {
  const size = walk.view.getUint32(at);
  return size === 1 || (size >= 8 && at + size <= walk.bytes.length);
}

function boxesIn(walk: Walk, { from, end }: { from: number; end: number }): Box[] {
  const boxes: Box[] = [];
  // QuickTime ends some lists with a box of no size.
  for (let at = from; at + 8 <= end && walk.view.getUint32(at) !== 0; at = boxes.at(-1)?.end ?? end) {
    boxes.push(boxAt(walk, { at, end }));
  }
  return boxes;
}

function boxAt(walk: Walk, { at, end }: { at: number; end: number }): Box {
  walk.boxes += 1;
  if (walk.boxes > most.boxes) refuse("too-much-inside");
  const short = walk.view.getUint32(at);
  const isLong = short === 1 && at + 16 <= end;
  const size = isLong ? Number(walk.view.getBigUint64(at + 8)) : short;
  const from = at + (isLong ? 16 : 8);
  if (at + size < from || at + size > end) refuse("unreadable");
  return { type: typeAt(walk, at), start: at, from, end: at + size };
}

function keep(walk: Walk, { boxes, parent }: { boxes: Box[]; parent: string }): void {
  const seen = new Set<string>();
  for (const box of boxes) {
    if (parent === "stsd" && sealed.has(box.type)) refuse("locked");
    const isInPlace = inside[parent]?.includes(box.type);
    const isSecond = seen.has(box.type) && !manyTimes.has(box.type);
    // Colours may be described in two ways. Of two of anything else, some players take the first and some the last.
    if (isInPlace && isSecond && box.type !== "colr") refuse("unreadable");
    if (isInPlace && !isSecond) enter(walk, box);
    else free(walk, box);
    seen.add(box.type);
  }
}

function enter(walk: Walk, box: Box): void {
  walk.read.add(box.start);
  if (box.type === "mdat") walk.unread.set(box.start, box.end);
  read(walk, box);
  if (!inside[box.type]) return;
  const from = box.from + headLength(walk, box);
  if (from > box.end) refuse("unreadable");
  const boxes = boxesIn(walk, { from, end: box.end });
  if (box.type !== "trak" || isSeenOrHeard(walk, boxes)) keep(walk, { boxes, parent: box.type });
  else {
    // Its number may be no other track's.
    for (const head of boxes.filter(({ type }) => type === "tkhd")) read(walk, head);
    walk.found.tracks.pop();
    walk.unread.set(box.start, box.end);
    free(walk, box);
  }
}

function read({ bytes, found }: Walk, { type, from, end }: Box): void {
  tables[type]?.(new DataView(bytes.buffer, from, end - from), found);
}

/** Tracks of places, texts, hints or pictures of the cover are not. */
function isSeenOrHeard(walk: Walk, boxes: Box[]): boolean {
  const media = boxes.find(({ type }) => type === "mdia");
  const handler = media && boxesIn(walk, media).find(({ type }) => type === "hdlr");
  return handler !== undefined && ["vide", "soun"].includes(typeAt(walk, handler.from + 4));
}

/** How long the part of a box is that comes before the boxes in it. */
function headLength(walk: Walk, box: Box): number {
  if (box.type === "stsd") return 8;
  if (box.type === "mp4a" || box.type === "Opus") return soundHead[walk.view.getUint16(box.from + 8)] ?? 28;
  return /^(avc|hvc|hev)\d$/.test(box.type) ? 78 : 0;
}

/** QuickTime's second and third way to describe a sound are longer. */
const soundHead = [28, 44, 64];

function free(walk: Walk, { type, start, end }: Box): void {
  if (space.has(type)) walk.unread.set(start, end);
  walk.bytes.set(freeType, start + 4);
}

/** What an editor has left free, where remains of the former index may lie. */
const space = new Set(["free", "skip", "wide"]);

const freeType = new TextEncoder().encode("free");

function typeAt({ bytes }: Walk, at: number): string {
  return latin(bytes, { from: at + 4, to: at + 8 });
}
