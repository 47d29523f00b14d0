import { most, refuse } from "./recording.ts";

/** What the tables of one track promise. */
type Track = {
  id: number;
  /** Packets by the table of times, by the table of sizes, and in fragments. */
  timed: number;
  sized: number;
  inFragments: number;
  chunks: number;
  /** Runs of chunks that hold equally many packets. */
  runs: { first: number; packets: number }[];
  /** When its only edit ends, in ticks of the whole file. */
  until: number | undefined;
};

export type FoundTracks = {
  /** Those of sound and picture. */
  tracks: Track[];
  ticksPerSecond: number;
  /** Of all tracks, of one fragment's parts. */
  trackCount: number;
  partCount: number;
  /** The track whose part of a fragment is being read. */
  fragment: number | undefined;
  fileSize: number;
};

export function noTracks(fileSize: number): FoundTracks {
  return { tracks: [], ticksPerSecond: 0, trackCount: 0, partCount: 0, fragment: undefined, fileSize };
}

/**
 * Reads the tables by which the library finds packets, and refuses those that promise more than is there: it would
 * otherwise count to whatever number they name.
 */
export const tables: Record<string, (box: DataView, found: FoundTracks) => void> = {
  trak: (_, found) => {
    found.tracks.push({ id: 0, timed: 0, sized: 0, inFragments: 0, chunks: 0, runs: [], until: undefined });
    found.trackCount += 1;
    if (found.trackCount > most.tracks) refuse("too-much-inside");
  },
  tkhd: (box, found) => {
    latest(found).id = box.getUint32(box.getUint8(0) === 1 ? 20 : 12);
  },
  mvhd: (box, found) => {
    found.ticksPerSecond = box.getUint32(box.getUint8(0) === 1 ? 20 : 12);
  },
  elst: (box, found) => {
    latest(found).until = endOfEdit(box);
  },
  // One description of a track: a second one's packets would be played by the first.
  stsd: (box) => {
    if (box.getUint32(4) !== 1) refuse("unreadable");
  },
  stts: (box, found) => {
    latest(found).timed = sumOfCounts(box);
  },
  ctts: (box) => {
    sumOfCounts(box);
  },
  stss: (box) => {
    rows(box, { at: 4, width: 4 });
  },
  stsz: (box, found) => {
    latest(found).sized = box.getUint32(4) === 0 ? rows(box, { at: 8, width: 4 }) : bounded(box.getUint32(8));
  },
  stco: (box, found) => {
    latest(found).chunks += rows(box, { at: 4, width: 4 });
  },
  co64: (box, found) => {
    latest(found).chunks += rows(box, { at: 4, width: 8 });
  },
  stsc: (box, found) => {
    const count = rows(box, { at: 4, width: 12 });
    latest(found).runs = Array.from({ length: count }, (_, n) => ({
      first: box.getUint32(8 + n * 12),
      packets: box.getUint32(12 + n * 12),
    }));
  },
  moof: (_, found) => {
    found.partCount = 0;
  },
  // The library sorts all packets of a fragment anew for each part.
  traf: (_, found) => {
    found.fragment = undefined;
    found.partCount += 1;
    if (found.partCount > most.tracks) refuse("too-much-inside");
  },
  tfhd: (box, found) => {
    found.fragment = box.getUint32(4);
  },
  trun: (box, { tracks, fragment }) => {
    const flags = box.getUint32(0);
    const widths = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
    const before = (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
    const count = rows(box, { at: 4, width: widths, before });
    const track = tracks.find(({ id }) => id === fragment);
    if (track) track.inFragments = bounded(track.inFragments + count);
  },
};

/** How many packets each track must turn out to have. */
export function packetsOf({ tracks, fileSize }: FoundTracks): ReadonlyMap<number, number> {
  const packets = new Map(tracks.map((track) => [track.id, agreed(track, fileSize) + track.inFragments]));
  if (packets.size < tracks.length) refuse("unreadable");
  bounded([...packets.values()].reduce((sum, count) => sum + count, 0));
  return packets;
}

/** The second at which each track ends whose packets go on. */
export function untilOf({ tracks, ticksPerSecond }: FoundTracks): ReadonlyMap<number, number> {
  return new Map(
    tracks.flatMap(({ id, until }) => (until === undefined ? [] : [[id, until / ticksPerSecond + rounding]])),
  );
}

/** Ticks are coarse. */
const rounding = 0.001;

/** Pauses may precede an edit; a recording that is cut together of several would be played with what was cut out. */
function endOfEdit(box: DataView): number | undefined {
  const edits = editsOf(box);
  const shown = edits.filter(({ isPause }) => !isPause);
  if (shown.length > 1) refuse("unreadable");
  // An edit of no length goes on to the end.
  if (!shown[0]?.length) return undefined;
  return edits.reduce((sum, { length }) => sum + length, 0);
}

function editsOf(box: DataView): { length: number; isPause: boolean }[] {
  const isWide = box.getUint8(0) === 1;
  const width = isWide ? 20 : 12;
  return Array.from({ length: rows(box, { at: 4, width }) }, (_, n) => {
    const at = 8 + n * width;
    if (isWide) return { length: Number(box.getBigUint64(at)), isPause: box.getBigInt64(at + 8) === -1n };
    return { length: box.getUint32(at), isPause: box.getInt32(at + 4) === -1 };
  });
}

/** The packets of a track's tables, where they all promise the same. */
function agreed({ timed, sized, chunks, runs }: Track, fileSize: number): number {
  let packets = 0;
  let steps = 0;
  runs.forEach((run, n) => {
    const count = (runs[n + 1]?.first ?? chunks + 1) - run.first;
    if (count < 0 || run.packets > sized) refuse("unreadable");
    packets += count * run.packets;
    steps += count * run.packets ** 2;
  });
  if (timed !== sized || packets !== sized || sized > fileSize) refuse("unreadable");
  if (steps > mostSteps) refuse("too-much-inside");
  return sized;
}

/** The library walks a whole chunk for each packet in it, which takes it up to ten seconds for this many steps. */
const mostSteps = 2_000_000_000;

function latest({ tracks }: FoundTracks): Track {
  return tracks.at(-1) ?? refuse("unreadable");
}

/** The number of rows a table says it has, where they fit into it. */
function rows(box: DataView, { at, width, before = 0 }: { at: number; width: number; before?: number }): number {
  const count = bounded(box.getUint32(at));
  return at + 4 + before + count * width > box.byteLength ? refuse("unreadable") : count;
}

/** Of a table of which each row says for how many packets it stands. */
function sumOfCounts(box: DataView): number {
  const count = rows(box, { at: 4, width: 8 });
  let sum = 0;
  for (let n = 0; n < count; n++) sum += box.getUint32(8 + n * 8);
  return bounded(sum);
}

function bounded(packets: number): number {
  return packets > most.packets ? refuse("too-much-inside") : packets;
}
