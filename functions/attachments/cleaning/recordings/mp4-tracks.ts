import { recordingLimits, refuseRecording, type Span } from "./recording.ts";

/** What the tables of one track promise. */
export type Track = {
  id: number;
  isSound: boolean;
  isOn: boolean;
  isInMovie: boolean;
  volume: number;
  /** The sounds that say the same in an older format. */
  fallbacks: number[];
  width: number;
  height: number;
  /** Packets by the table of times, by the table of sizes, and in fragments. */
  timed: number;
  sized: number;
  inFragments: number;
  chunks: number;
  /** Runs of chunks that hold equally many packets. */
  runs: { first: number; packets: number }[];
  /** What its edit plays, in ticks of the whole file. */
  played: Span | undefined;
};

export type FoundTracks = {
  /** Those of sound and picture. */
  tracks: Track[];
  ticksPerSecond: number;
  volume: number;
  /** The numbers of all tracks. */
  ids: Set<number>;
  /** Of all tracks, of one fragment's parts. */
  trackCount: number;
  partCount: number;
  /** The track whose part of a fragment is being read. */
  fragment: number | undefined;
  fileSize: number;
};

export function noTracks(fileSize: number): FoundTracks {
  const counts = { trackCount: 0, partCount: 0, fragment: undefined, fileSize };
  return { ...counts, tracks: [], ticksPerSecond: 0, volume: 0, ids: new Set() };
}

export const noTrack = {
  id: 0,
  isSound: false,
  isOn: false,
  isInMovie: false,
  volume: 0,
  width: 0,
  height: 0,
  timed: 0,
  sized: 0,
  inFragments: 0,
  chunks: 0,
  played: undefined,
};

export function latest({ tracks }: FoundTracks): Track {
  return tracks.at(-1) ?? refuseRecording("unreadable");
}

/** The number of rows a table says it has, where they fit into it. */
export function rows(box: DataView, { at, width, before = 0 }: { at: number; width: number; before?: number }): number {
  const count = bounded(box.getUint32(at));
  return at + 4 + before + count * width > box.byteLength ? refuseRecording("unreadable") : count;
}

export function bounded(packets: number): number {
  return packets > recordingLimits.packets ? refuseRecording("too-much-inside") : packets;
}

/** What is in the file and not heard or seen would be in the copy: a track that is off or silent, or beside another. */
export function refuseHiddenTracks({ tracks, volume }: FoundTracks): void {
  const sounds = tracks.filter(({ isSound }) => isSound);
  const pictures = tracks.filter(({ isSound }) => !isSound);
  const isOff = pictures.some(({ isOn }) => !isOn) || (sounds.length > 0 && !sounds.some(({ isOn }) => isOn));
  const isSilent = sounds.some((sound) => sound.volume < fullVolume) || (sounds.length > 0 && volume < fullVolume);
  const isBeside = pictures.length > 1 || (sounds.length > 1 && !isOneSound(sounds));
  // Where no track is in the movie, all are.
  const isLeftOut = new Set(tracks.map(({ isInMovie }) => isInMovie)).size > 1;
  if (isOff || isSilent || isBeside || isLeftOut) refuseRecording("unreadable");
}

/** An iPhone keeps its sound twice, in stereo and in a format of its own that falls back on it; only one is on. */
function isOneSound([one, other, ...more]: Track[]): boolean {
  if (!one || !other || more.length > 0) return false;
  return one.fallbacks.includes(other.id) || other.fallbacks.includes(one.id);
}

const fullVolume = 0x100;

/** A note of iTunes says in hexadecimal how many samples at the start and end are not played, and how many are. */
export function refuseCutMarkers(file: Uint8Array, { tracks }: FoundTracks): void {
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  const packets = tracks.find(({ isSound }) => isSound)?.sized ?? 0;
  for (const [, note = ""] of text.matchAll(/iTunSMPB(.{0,100})/gs)) {
    const [, start = "", end = "", rest = ""] =
      note.match(/^.{4}data.{8} ?[\dA-F]+ ([\dA-F]+) ([\dA-F]+) ([\dA-F]+)/is) ?? [];
    const cut = Math.max(Number.parseInt(start, 16), Number.parseInt(end, 16));
    const isPlain = cut <= mostSamplesCut && Number.parseInt(rest, 16) >= (packets - 6) * fewestSamples;
    if (!isPlain) refuseRecording("unreadable");
  }
}

/** Three packets of AAC with its high band added. */
const mostSamplesCut = 3 * 2048;
/** Of a packet of AAC. */
const fewestSamples = 960;

/** The seconds of each track that are played. */
export function playedSpans({ tracks, ticksPerSecond }: FoundTracks): ReadonlyMap<number, Span> {
  if (ticksPerSecond === 0) refuseRecording("unreadable");
  return new Map(
    tracks.flatMap(({ id, played, inFragments }) => {
      if (!played) return [];
      // Where fragments follow, an edit of no length goes on to the end.
      const isOpen = inFragments > 0 && played.until === played.from;
      return [[id, { from: played.from / ticksPerSecond, until: isOpen ? Infinity : played.until / ticksPerSecond }]];
    }),
  );
}

/** Pauses may precede an edit; a recording that is cut together of several would be played with what was cut out. */
export function playedSpanOfEdits(box: DataView): Span | undefined {
  const edits = editsOf(box);
  const first = edits.findIndex(({ time }) => time !== -1);
  const edit = edits[first];
  const isPlain =
    edit && edit.time >= 0 && edit.rate === normalRate && edits.slice(first + 1).every(({ time }) => time === -1);
  if (edits.length === 0) return undefined;
  if (!isPlain) refuseRecording("unreadable");
  const from = edits.slice(0, first).reduce((sum, { length }) => sum + length, 0);
  return { from, until: from + edit.length };
}

const normalRate = 0x10000;

/** A pause has a time of -1. */
function editsOf(box: DataView): { length: number; time: number; rate: number }[] {
  const isWide = box.getUint8(0) === 1;
  const width = isWide ? 20 : 12;
  return Array.from({ length: rows(box, { at: 4, width }) }, (_, n) => {
    const at = 8 + n * width;
    const rate = box.getUint32(at + width - 4);
    if (isWide) return { length: Number(box.getBigUint64(at)), time: Number(box.getBigInt64(at + 8)), rate };
    return { length: box.getUint32(at), time: box.getInt32(at + 4), rate };
  });
}

/**
 * Reads the tables by which the library finds packets, and refuses those that promise more than is there: it would
 * otherwise count to whatever number they name.
 */
export const tables: Record<string, (box: DataView, found: FoundTracks) => void> = {
  trak: (_, found) => {
    found.tracks.push({ ...noTrack, fallbacks: [], runs: [] });
    found.trackCount += 1;
    if (found.trackCount > recordingLimits.tracks) refuseRecording("too-much-inside");
  },
  tkhd: (box, found) => {
    const track = latest(found);
    const isWide = box.getUint8(0) === 1;
    track.isOn = (box.getUint8(3) & 1) > 0;
    track.isInMovie = (box.getUint8(3) & 2) > 0;
    track.id = box.getUint32(isWide ? 20 : 12);
    if (found.ids.has(track.id)) refuseRecording("unreadable");
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
    if (box.getInt16(4) !== 0) refuseRecording("unreadable");
  },
  avc1: sizeOf,
  avc3: sizeOf,
  hvc1: sizeOf,
  hev1: sizeOf,
  // A window on the picture: what lies outside is not seen.
  clap: (box, found) => {
    const { width, height } = latest(found);
    const isWhole = box.getUint32(0) >= width * box.getUint32(4) && box.getUint32(8) >= height * box.getUint32(12);
    if (!isWhole) refuseRecording("unreadable");
  },
  mvhd: (box, found) => {
    const isWide = box.getUint8(0) === 1;
    found.ticksPerSecond = box.getUint32(isWide ? 20 : 12);
    found.volume = box.getInt16(isWide ? 36 : 24);
  },
  elst: (box, found) => {
    latest(found).played = playedSpanOfEdits(box);
  },
  // One description of a track: a second one's packets would be played by the first.
  stsd: (box) => {
    if (box.getUint32(4) !== 1) refuseRecording("unreadable");
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
    if (found.partCount > recordingLimits.tracks) refuseRecording("too-much-inside");
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
  if (number !== 1) refuseRecording("unreadable");
}

function sizeOf(box: DataView, found: FoundTracks): void {
  latest(found).width = box.getUint16(24);
  latest(found).height = box.getUint16(26);
}

/** How many packets each track must turn out to have. */
export function packetsOf({ tracks, fileSize }: FoundTracks): ReadonlyMap<number, number> {
  const packets = new Map(tracks.map((track) => [track.id, agreed(track, fileSize) + track.inFragments]));
  if (packets.size < tracks.length) refuseRecording("unreadable");
  bounded([...packets.values()].reduce((sum, count) => sum + count, 0));
  return packets;
}

/** The packets of a track's tables, where they all promise the same. */
function agreed({ timed, sized, chunks, runs }: Track, fileSize: number): number {
  let packets = 0;
  let steps = 0;
  runs.forEach((run, n) => {
    const count = (runs[n + 1]?.first ?? chunks + 1) - run.first;
    if (count < 0 || run.packets > sized) refuseRecording("unreadable");
    packets += count * run.packets;
    steps += count * run.packets ** 2;
  });
  if (timed !== sized || packets !== sized || sized > fileSize) refuseRecording("unreadable");
  if (steps > mostSteps) refuseRecording("too-much-inside");
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
