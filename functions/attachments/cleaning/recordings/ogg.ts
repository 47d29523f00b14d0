import { longestPacket, samplesOf, samplesPerSecond } from "./opus.ts";
import { joined, latin, recordingLimits, refuseRecording, type StrippedRecording, viewOf } from "./recording.ts";

type Page = {
  bytes: Uint8Array;
  stream: number;
  /** The lengths of its packets' pieces: one of 255 goes on in the next. */
  pieces: Uint8Array;
  content: Uint8Array;
  /** How many samples the stream has up to its end. */
  samples: number;
  isContinued: boolean;
  isFirst: boolean;
  isLast: boolean;
};

type Stream = {
  packets: number;
  /** Of all packets so far, and of the packet that goes on in the next page. */
  samples: number;
  begun: number;
  isOpus: boolean;
  isOpen: boolean;
  hasEnded: boolean;
};

/** Keeps the pages of sound; what describes the streams of a file beside it is left out, as are bytes behind the end. */
export function stripOgg(file: Uint8Array): StrippedRecording {
  const streams = new Map<number, Stream>();
  const kept: Uint8Array[] = [];
  for (const page of pagesOf(file, streams)) {
    if (page.isFirst) begin(page, { streams, kept: kept.length });
    const stream = streamOf(page, streams);
    if (stream.isOpus) refuseCut(page, stream);
    if (count(page, stream)) kept.push(page.bytes);
  }
  const sounds = [...streams].filter(([, { isOpus }]) => isOpus);
  if (sounds.length === 0 || sounds.some(([, { isOpen }]) => isOpen)) refuseRecording("unreadable");
  return { bytes: joined(kept), packets: new Map(sounds.map(([id, { packets }]) => [id, packets - headers])) };
}

/** Refuses a page that does not go on as the last one ended: players leave out packets without a start or an end. */
function streamOf({ stream, isContinued }: Page, streams: Map<number, Stream>): Stream {
  const found = streams.get(stream);
  return found?.isOpen === isContinued ? found : refuseRecording("unreadable");
}

/** Who is speaking, and the comments. */
const headers = 2;

function* pagesOf(file: Uint8Array, streams: Map<number, Stream>): Generator<Page> {
  let at = 0;
  for (let pages = 0; at < file.length && !allEnded(streams); pages++) {
    if (pages > recordingLimits.boxes) refuseRecording("too-much-inside");
    const page = pageAt(file, at);
    yield page;
    at += page.bytes.length;
  }
  // A second recording behind the first would be lost without a word.
  if (latin(file, { from: at, to: at + 4 }) === "OggS") refuseRecording("unreadable");
}

function allEnded(streams: Map<number, Stream>): boolean {
  const all = [...streams.values()];
  return all.length > 0 && all.every(({ hasEnded }) => hasEnded);
}

function pageAt(file: Uint8Array, at: number): Page {
  const [version = 0, kind = 0] = file.subarray(at + 4, at + 6);
  const pieceCount = file[at + 26] ?? refuseRecording("unreadable");
  const from = at + 27 + pieceCount;
  const pieces = file.subarray(at + 27, from);
  const end = from + pieces.reduce((sum, piece) => sum + piece, 0);
  if (latin(file, { from: at, to: at + 4 }) !== "OggS" || end > file.length) refuseRecording("unreadable");
  // Players pass over a page of another version or with a wrong checksum.
  const checksum = viewOf(file).getUint32(at + checksumAt, true);
  if (version !== 0 || checksumOf(file.subarray(at, end)) !== checksum) refuseRecording("unreadable");
  const stream = viewOf(file).getUint32(at + 14, true);
  const samples = Number(viewOf(file).getBigInt64(at + 6, true));
  const page = { bytes: file.subarray(at, end), stream, pieces, content: file.subarray(from, end), samples };
  return { ...page, isContinued: (kind & 1) > 0, isFirst: (kind & 2) > 0, isLast: (kind & 4) > 0 };
}

const checksumAt = 22;

/** Of a page, in which the checksum itself counts as zero. */
function checksumOf(page: Uint8Array): number {
  let sum = 0;
  page.forEach((byte, n) => {
    const isOfChecksum = n >= checksumAt && n < checksumAt + 4;
    sum = (sum << 8) ^ (remainders[(sum >>> 24) ^ (isOfChecksum ? 0 : byte)] ?? 0);
  });
  return sum >>> 0;
}

/** Of each byte, by the polynomial of Ogg (RFC 3533). */
const remainders = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? 0x04c11db7 : 0);
  return rest;
});

/** A description of the streams may stand beside them; a picture, or sound of another kind, may not. */
function begin({ stream, content }: Page, { streams, kept }: { streams: Map<number, Stream>; kept: number }): void {
  const isOpus = latin(content, { from: 0, to: 8 }) === "OpusHead";
  const isSkeleton = latin(content, { from: 0, to: 8 }) === "fishead\0";
  // All streams begin together; one that begins later is a second recording behind the first.
  const isLate = [...streams.values()].some(({ packets }) => packets > 1);
  if (streams.has(stream) || isLate || !(isOpus || isSkeleton)) refuseRecording("unreadable");
  streams.set(stream, { packets: 0, samples: 0, begun: 0, isOpus, isOpen: false, hasEnded: false });
  if (streams.size > recordingLimits.tracks || kept > recordingLimits.tracks) refuseRecording("too-much-inside");
}

/** A page may say that there are fewer samples up to its end than its packets have: some are not played. */
function refuseCut({ pieces, content, samples }: Page, stream: Stream): void {
  const packets = stream.packets + packetsEndingIn(pieces);
  if (stream.packets < headers) {
    if (packets > headers) refuseRecording("unreadable");
    return;
  }
  let here = 0;
  let at = 0;
  let goesOn = stream.isOpen;
  for (const piece of pieces) {
    if (!goesOn) stream.begun = samplesOf(content.subarray(at, at + piece));
    goesOn = piece === 255;
    if (!goesOn) here += stream.begun;
    at += piece;
  }
  const promised = stream.samples + here;
  const isCut = promised - samples > longestPacket * samplesPerSecond;
  // A page on which no packet ends has no number.
  if (packets > stream.packets && (samples < 0 || isCut)) refuseRecording("unreadable");
  stream.samples = Math.max(promised, samples);
}

function packetsEndingIn(pieces: Uint8Array): number {
  return pieces.filter((piece) => piece < 255).length;
}

/** Counts the packets that end on a page, and says whether the page is kept. */
function count({ pieces, isLast }: Page, stream: Stream): boolean {
  stream.packets += packetsEndingIn(pieces);
  stream.isOpen = pieces.length > 0 ? pieces.at(-1) === 255 : stream.isOpen;
  stream.hasEnded ||= isLast;
  if (stream.packets > recordingLimits.packets) refuseRecording("too-much-inside");
  return stream.isOpus && pieces.length > 0;
}
