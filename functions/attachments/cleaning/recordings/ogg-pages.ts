import { longestPacket, samplesOf, samplesPerSecond } from "./opus-packets.ts";
import { joined, latin, most, type Recording, refuse, viewOf } from "./recording.ts";

type Page = {
  bytes: Uint8Array;
  stream: number;
  /** The lengths of its packets' pieces: one of 255 goes on in the next. */
  pieces: Uint8Array;
  content: Uint8Array;
  /** How many samples the stream has up to its end. */
  samples: number;
  isFirst: boolean;
  isLast: boolean;
};

type Stream = {
  packets: number;
  /** By the last page, and of the packet that goes on in the next. */
  samples: number;
  begun: number;
  isOpus: boolean;
  isOpen: boolean;
  hasEnded: boolean;
};

/** Keeps the pages of sound; what describes the streams of a file beside it is left out, as are bytes behind the end. */
export function stripOgg(file: Uint8Array): Recording {
  const streams = new Map<number, Stream>();
  const kept: Uint8Array[] = [];
  for (const page of pagesOf(file, streams)) {
    if (page.isFirst) begin(page, { streams, kept: kept.length });
    const stream = streams.get(page.stream) ?? refuse("unreadable");
    if (stream.isOpus) refuseCut(page, stream);
    if (count(page, stream)) kept.push(page.bytes);
  }
  const sounds = [...streams].filter(([, { isOpus }]) => isOpus);
  if (sounds.length === 0 || sounds.some(([, { isOpen }]) => isOpen)) refuse("unreadable");
  return { bytes: joined(kept), packets: new Map(sounds.map(([id, { packets }]) => [id, packets - headers])) };
}

/** Who is speaking, and the comments. */
const headers = 2;

function* pagesOf(file: Uint8Array, streams: Map<number, Stream>): Generator<Page> {
  let at = 0;
  for (let pages = 0; at < file.length && !allEnded(streams); pages++) {
    if (pages > most.boxes) refuse("too-much-inside");
    const page = pageAt(file, at);
    yield page;
    at += page.bytes.length;
  }
  // A second recording behind the first would be lost without a word.
  if (latin(file, { from: at, to: at + 4 }) === "OggS") refuse("unreadable");
}

function allEnded(streams: Map<number, Stream>): boolean {
  const all = [...streams.values()];
  return all.length > 0 && all.every(({ hasEnded }) => hasEnded);
}

function pageAt(file: Uint8Array, at: number): Page {
  const [kind = 0] = file.subarray(at + 5, at + 6);
  const pieceCount = file[at + 26] ?? refuse("unreadable");
  const from = at + 27 + pieceCount;
  const pieces = file.subarray(at + 27, from);
  const end = from + pieces.reduce((sum, piece) => sum + piece, 0);
  if (latin(file, { from: at, to: at + 4 }) !== "OggS" || end > file.length) refuse("unreadable");
  const stream = viewOf(file).getUint32(at + 14, true);
  const samples = Number(viewOf(file).getBigInt64(at + 6, true));
  const page = { bytes: file.subarray(at, end), stream, pieces, content: file.subarray(from, end), samples };
  return { ...page, isFirst: (kind & 2) > 0, isLast: (kind & 4) > 0 };
}

/** A description of the streams may stand beside them; a picture, or sound of another kind, may not. */
function begin({ stream, content }: Page, { streams, kept }: { streams: Map<number, Stream>; kept: number }): void {
  const isOpus = latin(content, { from: 0, to: 8 }) === "OpusHead";
  const isSkeleton = latin(content, { from: 0, to: 8 }) === "fishead\0";
  // All streams begin together; one that begins later is a second recording behind the first.
  const isLate = [...streams.values()].some(({ packets }) => packets > 1);
  if (streams.has(stream) || isLate || !(isOpus || isSkeleton)) refuse("unreadable");
  streams.set(stream, { packets: 0, samples: 0, begun: 0, isOpus, isOpen: false, hasEnded: false });
  if (streams.size > most.tracks || kept > most.tracks) refuse("too-much-inside");
}

/** The last page may say that the stream ends before its packets do. */
function refuseCut({ pieces, content, samples, isLast }: Page, stream: Stream): void {
  let here = 0;
  let at = 0;
  let goesOn = stream.isOpen;
  for (const piece of pieces) {
    if (!goesOn) stream.begun = samplesOf(content.subarray(at, at + piece));
    goesOn = piece === 255;
    if (!goesOn) here += stream.begun;
    at += piece;
  }
  // A page on which no packet ends has no number.
  if (samples < 0) return;
  const isCut = stream.samples + here - samples > longestPacket * samplesPerSecond;
  if (stream.packets >= headers && isLast && isCut) refuse("unreadable");
  stream.samples = samples;
}

/** Counts the packets that end on a page, and says whether the page is kept. */
function count({ pieces, isLast }: Page, stream: Stream): boolean {
  stream.packets += pieces.filter((piece) => piece < 255).length;
  stream.isOpen = pieces.length > 0 ? pieces.at(-1) === 255 : stream.isOpen;
  stream.hasEnded ||= isLast;
  if (stream.packets > most.packets) refuse("too-much-inside");
  return stream.isOpus && pieces.length > 0;
}
