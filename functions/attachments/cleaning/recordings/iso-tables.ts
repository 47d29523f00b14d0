import { playedBy } from "./iso-played.ts";
import { bounded, type FoundTracks, latest, noTrack, rows, type Track } from "./iso-tracks.ts";
import { most, refuse } from "./recording.ts";

/**
 * Reads the tables by which the library finds packets, and refuses those that promise more than is there: it would
 * otherwise count to whatever number they name.
 */
export const tables: Record<string, (box: DataView, found: FoundTracks) => void> = {
  trak: (_, found) => {
    found.tracks.push({ ...noTrack, fallbacks: [], runs: [] });
    found.trackCount += 1;
    if (found.trackCount > most.tracks) refuse("too-much-inside");
  },
  tkhd: (box, found) => {
    const track = latest(found);
    const isWide = box.getUint8(0) === 1;
    track.isOn = (box.getUint8(3) & 1) > 0;
    track.isInMovie = (box.getUint8(3) & 2) > 0;
    track.id = box.getUint32(isWide ? 20 : 12);
    if (found.ids.has(track.id)) refuse("unreadable");
    found.ids.add(track.id);
    track.volume = box.getInt16(isWide ? 48 : 36);
  },
  fall: (box, found) => {
    for (let at = 0; at + 4 <= box.byteLength; at += 4) latest(found).fallbacks.push(box.getUint32(at));
  },
  hdlr: (box, found) => {
    latest(found).isSound = box.getUint32(8) === soun;
  },
  // All sound on one side: the other side's is not heard.
  smhd: (box) => {
    if (box.getInt16(4) !== 0) refuse("unreadable");
  },
  avc1: sizeOf,
  avc3: sizeOf,
  hvc1: sizeOf,
  hev1: sizeOf,
  // A window on the picture: what lies outside is not seen.
  clap: (box, found) => {
    const { width, height } = latest(found);
    const isWhole = box.getUint32(0) >= width * box.getUint32(4) && box.getUint32(8) >= height * box.getUint32(12);
    if (!isWhole) refuse("unreadable");
  },
  mvhd: (box, found) => {
    const isWide = box.getUint8(0) === 1;
    found.ticksPerSecond = box.getUint32(isWide ? 20 : 12);
    found.volume = box.getInt16(isWide ? 36 : 24);
  },
  elst: (box, found) => {
    latest(found).played = playedBy(box);
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
    latest(found).runs = Array.from({ length: count }, (_, n) => {
      refuseSecondDescription(box.getUint32(16 + n * 12));
      return { first: box.getUint32(8 + n * 12), packets: box.getUint32(12 + n * 12) };
    });
  },
  trex: (box) => refuseSecondDescription(box.getUint32(8)),
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
    const flags = box.getUint32(0);
    if (flags & 2) refuseSecondDescription(box.getUint32(flags & 1 ? 16 : 8));
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

/** There is one description, so packets of another are played by nobody. */
function refuseSecondDescription(number: number): void {
  if (number !== 1) refuse("unreadable");
}

function sizeOf(box: DataView, found: FoundTracks): void {
  latest(found).width = box.getUint16(24);
  latest(found).height = box.getUint16(26);
}

/** How many packets each track must turn out to have. */
export function packetsOf({ tracks, fileSize }: FoundTracks): ReadonlyMap<number, number> {
  const packets = new Map(tracks.map((track) => [track.id, agreed(track, fileSize) + track.inFragments]));
  if (packets.size < tracks.length) refuse("unreadable");
  bounded([...packets.values()].reduce((sum, count) => sum + count, 0));
  return packets;
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

/** Of a table of which each row says for how many packets it stands. */
function sumOfCounts(box: DataView): number {
  const count = rows(box, { at: 4, width: 8 });
  let sum = 0;
  for (let n = 0; n < count; n++) sum += box.getUint32(8 + n * 8);
  return bounded(sum);
}

/** The letters of the kind of a track, as a number. */
const soun = 0x736f756e;
