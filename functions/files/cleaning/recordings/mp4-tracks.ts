import { recordingLimits, refuseRecording, type Span } from "./recording.ts";

/** One track, as its tables describe it. */
type Track = {
  id: number;
  isSound: boolean;
  isOn: boolean;
  isInMovie: boolean;
  volume: number;
  /** The ids of sound tracks with the same sound in an older format. */
  fallbacks: number[];
  width: number;
  height: number;
  /** The number of packets by the table of times. */
  packetsByTime: number;
  /** The number of packets by the table of sizes. */
  packetsBySize: number;
  packetsInFragments: number;
  chunks: number;
  /** Runs of chunks with the same number of packets each. `first`: the number of the run's first chunk. */
  runs: { first: number; packets: number }[];
  /** The span that the edit list plays, in ticks of the whole file; undefined without an edit list. */
  played: Span | undefined;
};

/** The tracks found so far, and the values that are needed to read further tables. */
export type FoundTracks = {
  /** The tracks of sound and picture. */
  tracks: Track[];
  ticksPerSecond: number;
  volume: number;
  /** The ids of all tracks. */
  ids: Set<number>;
  /** The number of all tracks, also those of other kinds. */
  trackCount: number;
  /** The number of parts of the current fragment. */
  partCount: number;
  /** The id of the track to which the current part of a fragment belongs. */
  fragmentTrackId: number | undefined;
  fileSize: number;
};

export function noTracks(fileSize: number): FoundTracks {
  const counts = { trackCount: 0, partCount: 0, fragmentTrackId: undefined, fileSize };
  return { ...counts, tracks: [], ticksPerSecond: 0, volume: 0, ids: new Set() };
}

const noTrack = {
  id: 0,
  isSound: false,
  isOn: false,
  isInMovie: false,
  volume: 0,
  width: 0,
  height: 0,
  packetsByTime: 0,
  packetsBySize: 0,
  packetsInFragments: 0,
  chunks: 0,
  played: undefined,
};

/** The track whose tables are being read. */
function latest({ tracks }: FoundTracks): Track {
  return tracks.at(-1) ?? refuseRecording("unreadable");
}

/** The number of rows that a table declares. Refuses a table that is too short for them. `width`: bytes of a row. */
function rows(box: DataView, { at, width, before = 0 }: { at: number; width: number; before?: number }): number {
  const count = bounded(box.getUint32(at));
  return at + 4 + before + count * width > box.byteLength ? refuseRecording("unreadable") : count;
}

function bounded(packets: number): number {
  return packets > recordingLimits.packets ? refuseRecording("too-complex") : packets;
}

/**
 * Refuses a file with a track that players do not show or play, since the copy would contain it: a track that is off or silent,
 * a second track of picture or sound, or a track outside of the movie.
 */
export function refuseHiddenTracks({ tracks, volume }: FoundTracks): void {
  const sounds = tracks.filter(({ isSound }) => isSound);
  const pictures = tracks.filter(({ isSound }) => !isSound);
  const isOff = pictures.some(({ isOn }) => !isOn) || (sounds.length > 0 && !sounds.some(({ isOn }) => isOn));
  const isSilent = sounds.some((sound) => sound.volume < fullVolume) || (sounds.length > 0 && volume < fullVolume);
  const hasSecondTrack = pictures.length > 1 || (sounds.length > 1 && !isOneSound(sounds));
  // Where no track has the flag, players treat all tracks as part of the movie.
  const hasTrackOutsideMovie = new Set(tracks.map(({ isInMovie }) => isInMovie)).size > 1;
  if (isOff || isSilent || hasSecondTrack || hasTrackOutsideMovie) refuseRecording("unreadable");
}

/**
 * Whether two tracks hold the same sound. An iPhone stores its sound twice: in stereo, and in a format of its own that names the
 * stereo track as its fallback.
 */
function isOneSound([one, other, ...more]: Track[]): boolean {
  if (!one || !other || more.length > 0) return false;
  return one.fallbacks.includes(other.id) || other.fallbacks.includes(one.id);
}

const fullVolume = 0x100;

/**
 * Refuses a file whose iTunes marker makes players skip more than an encoder's padding. The marker says in hexadecimal how many
 * samples at the start and at the end are not played, and how many are played.
 */
export function refuseCutMarkers(file: Uint8Array, { tracks }: FoundTracks): void {
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  const packets = tracks.find(({ isSound }) => isSound)?.packetsBySize ?? 0;
  for (const [, marker = ""] of text.matchAll(/iTunSMPB(.{0,100})/gs)) {
    const [, start = "", end = "", played = ""] =
      marker.match(/^.{4}data.{8} ?[\dA-F]+ ([\dA-F]+) ([\dA-F]+) ([\dA-F]+)/is) ?? [];
    const skipped = Math.max(Number.parseInt(start, 16), Number.parseInt(end, 16));
    const isPadding =
      skipped <= mostSamplesSkipped && Number.parseInt(played, 16) >= (packets - 6) * fewestSamplesPerPacket;
    if (!isPadding) refuseRecording("unreadable");
  }
}

/** Three packets of AAC with a high band. */
const mostSamplesSkipped = 3 * 2048;
/** The shortest packet of AAC. */
const fewestSamplesPerPacket = 960;

/** The played seconds of each track, by track id. A track without an edit list has no entry. */
export function playedSpans({ tracks, ticksPerSecond }: FoundTracks): ReadonlyMap<number, Span> {
  if (ticksPerSecond === 0) refuseRecording("unreadable");
  return new Map(
    tracks.flatMap(({ id, played, packetsInFragments }) => {
      if (!played) return [];
      // Where fragments follow, an edit of length 0 plays to the end.
      const isOpen = packetsInFragments > 0 && played.until === played.from;
      return [[id, { from: played.from / ticksPerSecond, until: isOpen ? Infinity : played.until / ticksPerSecond }]];
    }),
  );
}

/**
 * The span that an edit list plays; undefined for an empty list. Accepts one edit at normal speed with pauses around it. Refuses
 * several edits: the copy would play the parts between them, which the citizen had cut out.
 */
function playedSpanOfEdits(box: DataView): Span | undefined {
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

/** The rows of an edit list. A pause has the time -1. */
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
 * For each type of box with a table, a function that reads it. The library finds packets with these tables. A table
 * that declares more rows than it has is refused: the library would count to any declared number.
 */
export const tables: Record<string, (box: DataView, found: FoundTracks) => void> = {
  trak: (_, found) => {
    found.tracks.push({ ...noTrack, fallbacks: [], runs: [] });
    found.trackCount += 1;
    if (found.trackCount > recordingLimits.tracks) refuseRecording("too-complex");
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
  // Balance: where the sound is moved to one side, the other side's sound is not heard.
  smhd: (box) => {
    if (box.getInt16(4) !== 0) refuseRecording("unreadable");
  },
  avc1: readPictureSize,
  avc3: readPictureSize,
  hvc1: readPictureSize,
  hev1: readPictureSize,
  // Clean aperture: the part of the picture that is shown. It must be the whole picture.
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
  // A track must have one description. Packets of a second description would be played with the first one.
  stsd: (box) => {
    if (box.getUint32(4) !== 1) refuseRecording("unreadable");
  },
  stts: (box, found) => {
    latest(found).packetsByTime = sumOfCounts(box);
  },
  ctts: (box) => {
    sumOfCounts(box);
  },
  stss: (box) => {
    rows(box, { at: 4, width: 4 });
  },
  stsz: (box, found) => {
    latest(found).packetsBySize = box.getUint32(4) === 0 ? rows(box, { at: 8, width: 4 }) : bounded(box.getUint32(8));
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
  // The number of parts is limited, because the library sorts all packets of a fragment again for each part.
  traf: (_, found) => {
    found.fragmentTrackId = undefined;
    found.partCount += 1;
    if (found.partCount > recordingLimits.tracks) refuseRecording("too-complex");
  },
  tfhd: (box, found) => {
    found.fragmentTrackId = box.getUint32(4);
    const flags = box.getUint32(0);
    if (flags & 2) refuseSecondDescription(box.getUint32(flags & 1 ? 16 : 8));
  },
  trun: (box, { tracks, fragmentTrackId }) => {
    const flags = box.getUint32(0);
    const widths = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
    const before = (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
    const count = rows(box, { at: 4, width: widths, before });
    const track = tracks.find(({ id }) => id === fragmentTrackId);
    if (track) track.packetsInFragments = bounded(track.packetsInFragments + count);
  },
};

/** Refuses packets that name a second description. A track has only one, so no player plays such packets. */
function refuseSecondDescription(number: number): void {
  if (number !== 1) refuseRecording("unreadable");
}

function readPictureSize(box: DataView, found: FoundTracks): void {
  latest(found).width = box.getUint16(24);
  latest(found).height = box.getUint16(26);
}

/** The number of packets that each track must have, by track id. Refuses tables that contradict each other. */
export function packetsOf({ tracks, fileSize }: FoundTracks): ReadonlyMap<number, number> {
  const packets = new Map(
    tracks.map((track) => [track.id, packetsInTables(track, fileSize) + track.packetsInFragments]),
  );
  if (packets.size < tracks.length) refuseRecording("unreadable");
  bounded([...packets.values()].reduce((sum, count) => sum + count, 0));
  return packets;
}

/** The number of packets in a track's tables. Refuses a track whose tables of times, sizes and chunks differ. */
function packetsInTables({ packetsByTime, packetsBySize, chunks, runs }: Track, fileSize: number): number {
  let packets = 0;
  let steps = 0;
  runs.forEach((run, n) => {
    const count = (runs[n + 1]?.first ?? chunks + 1) - run.first;
    if (count < 0 || run.packets > packetsBySize) refuseRecording("unreadable");
    packets += count * run.packets;
    steps += count * run.packets ** 2;
  });
  if (packetsByTime !== packetsBySize || packets !== packetsBySize || packetsBySize > fileSize)
    refuseRecording("unreadable");
  if (steps > mostSteps) refuseRecording("too-complex");
  return packetsBySize;
}

/** For each packet, the library goes through its whole chunk. So many steps take it up to ten seconds. */
const mostSteps = 2_000_000_000;

/** The number of packets in a table whose rows begin with a count of packets. */
function sumOfCounts(box: DataView): number {
  const count = rows(box, { at: 4, width: 8 });
  let sum = 0;
  for (let n = 0; n < count; n++) sum += box.getUint32(8 + n * 8);
  return bounded(sum);
}

/** The handler type of a sound track, the letters "soun" as a number. */
const soun = 0x736f756e;
