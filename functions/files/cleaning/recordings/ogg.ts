import { longestPacketSeconds, samplesInPacket, samplesPerSecond } from "./opus.ts";
import {
  concatenate,
  latin1Text,
  recordingLimits,
  refuseRecording,
  type StrippedRecording,
  viewOf,
} from "./recording.ts";

type Page = {
  bytes: Uint8Array;
  stream: number;
  /** The lengths of the segments of its packets. After a segment of 255 bytes, the packet continues in the next segment. */
  segments: Uint8Array;
  content: Uint8Array;
  /** The granule position: the number of the stream's samples up to the end of this page. */
  samples: number;
  isContinued: boolean;
  isFirst: boolean;
  isLast: boolean;
};

type Stream = {
  packets: number;
  /** The samples of all packets so far. */
  samples: number;
  /** The samples of the packet that was read last. It may continue in the next page. */
  lastPacketSamples: number;
  isOpus: boolean;
  /** Whether the last packet continues in the next page. */
  hasOpenPacket: boolean;
  hasEnded: boolean;
};

/** Keeps the pages of sound. Pages that only describe the streams (Ogg Skeleton) are dropped, as are bytes after the end. */
export function stripOgg(file: Uint8Array): StrippedRecording {
  const streams = new Map<number, Stream>();
  const kept: Uint8Array[] = [];
  for (const page of pagesOf(file, streams)) {
    if (page.isFirst) beginStream(page, { streams, kept: kept.length });
    const stream = streamOf(page, streams);
    if (stream.isOpus) refuseCut(page, stream);
    if (countPackets(page, stream)) kept.push(page.bytes);
  }
  const sounds = [...streams].filter(([, { isOpus }]) => isOpus);
  if (sounds.length === 0 || sounds.some(([, { hasOpenPacket }]) => hasOpenPacket)) refuseRecording("unreadable");
  return { bytes: concatenate(kept), packets: new Map(sounds.map(([id, { packets }]) => [id, packets - headers])) };
}

/** The page's stream. Refuses a page that does not continue as the page before ended: players skip incomplete packets. */
function streamOf({ stream, isContinued }: Page, streams: Map<number, Stream>): Stream {
  const known = streams.get(stream);
  return known?.hasOpenPacket === isContinued ? known : refuseRecording("unreadable");
}

/** The first two packets of an Opus stream are its header and its comments. */
const headers = 2;

function* pagesOf(file: Uint8Array, streams: Map<number, Stream>): Generator<Page> {
  let at = 0;
  for (let pages = 0; at < file.length && !allEnded(streams); pages++) {
    if (pages > recordingLimits.boxes) refuseRecording("too-complex");
    const page = pageAt(file, at);
    yield page;
    at += page.bytes.length;
  }
  // A second recording after the first one would be lost silently, so the file is refused.
  if (latin1Text(file, { from: at, to: at + 4 }) === "OggS") refuseRecording("unreadable");
}

function allEnded(streams: Map<number, Stream>): boolean {
  const all = [...streams.values()];
  return all.length > 0 && all.every(({ hasEnded }) => hasEnded);
}

function pageAt(file: Uint8Array, at: number): Page {
  const [version = 0, kind = 0] = file.subarray(at + 4, at + 6);
  const segmentCount = file[at + 26] ?? refuseRecording("unreadable");
  const from = at + 27 + segmentCount;
  const segments = file.subarray(at + 27, from);
  const end = from + segments.reduce((sum, segment) => sum + segment, 0);
  if (latin1Text(file, { from: at, to: at + 4 }) !== "OggS" || end > file.length) refuseRecording("unreadable");
  // Players skip a page of another version or with a wrong checksum.
  const checksum = viewOf(file).getUint32(at + checksumAt, true);
  if (version !== 0 || checksumOf(file.subarray(at, end)) !== checksum) refuseRecording("unreadable");
  const stream = viewOf(file).getUint32(at + 14, true);
  const samples = Number(viewOf(file).getBigInt64(at + 6, true));
  const page = { bytes: file.subarray(at, end), stream, segments, content: file.subarray(from, end), samples };
  return { ...page, isContinued: (kind & 1) > 0, isFirst: (kind & 2) > 0, isLast: (kind & 4) > 0 };
}

const checksumAt = 22;

/** The checksum of a page (RFC 3533). The bytes of the checksum itself count as zeros. */
function checksumOf(page: Uint8Array): number {
  let sum = 0;
  page.forEach((byte, n) => {
    const isOfChecksum = n >= checksumAt && n < checksumAt + 4;
    sum = (sum << 8) ^ (remainders[(sum >>> 24) ^ (isOfChecksum ? 0 : byte)] ?? 0);
  });
  return sum >>> 0;
}

/** The checksum table: the remainder of each byte by Ogg's polynomial. */
const remainders = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? 0x04c11db7 : 0);
  return rest;
});

/** Adds a stream. Accepts Opus and the description of streams (Ogg Skeleton); refuses video and any other sound. */
function beginStream(
  { stream, content }: Page,
  { streams, kept }: { streams: Map<number, Stream>; kept: number },
): void {
  const isOpus = latin1Text(content, { from: 0, to: 8 }) === "OpusHead";
  const isSkeleton = latin1Text(content, { from: 0, to: 8 }) === "fishead\0";
  // All streams of one recording begin together. A later stream would be a second recording after the first one.
  const isLate = [...streams.values()].some(({ packets }) => packets > 1);
  if (streams.has(stream) || isLate || !(isOpus || isSkeleton)) refuseRecording("unreadable");
  streams.set(stream, { packets: 0, samples: 0, lastPacketSamples: 0, isOpus, hasOpenPacket: false, hasEnded: false });
  if (streams.size > recordingLimits.tracks || kept > recordingLimits.tracks) refuseRecording("too-complex");
}

/** Refuses a page whose granule position is smaller than the samples of its packets: players would not play the rest. */
function refuseCut({ segments, content, samples }: Page, stream: Stream): void {
  const packets = stream.packets + packetsEndingIn(segments);
  if (stream.packets < headers) {
    if (packets > headers) refuseRecording("unreadable");
    return;
  }
  let samplesInPage = 0;
  let at = 0;
  let isContinued = stream.hasOpenPacket;
  for (const segment of segments) {
    if (!isContinued) stream.lastPacketSamples = samplesInPacket(content.subarray(at, at + segment));
    isContinued = segment === 255;
    if (!isContinued) samplesInPage += stream.lastPacketSamples;
    at += segment;
  }
  const counted = stream.samples + samplesInPage;
  const isCut = counted - samples > longestPacketSeconds * samplesPerSecond;
  // A page on which no packet ends has no granule position.
  if (packets > stream.packets && (samples < 0 || isCut)) refuseRecording("unreadable");
  stream.samples = Math.max(counted, samples);
}

function packetsEndingIn(segments: Uint8Array): number {
  return segments.filter((segment) => segment < 255).length;
}

/** Counts the packets that end on a page. Returns whether the page is kept. */
function countPackets({ segments, isLast }: Page, stream: Stream): boolean {
  stream.packets += packetsEndingIn(segments);
  stream.hasOpenPacket = segments.length > 0 ? segments.at(-1) === 255 : stream.hasOpenPacket;
  stream.hasEnded ||= isLast;
  if (stream.packets > recordingLimits.packets) refuseRecording("too-complex");
  return stream.isOpus && segments.length > 0;
}
