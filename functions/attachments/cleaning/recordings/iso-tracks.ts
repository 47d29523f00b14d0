import { most, refuse, type Span } from "./recording.ts";

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
  return tracks.at(-1) ?? refuse("unreadable");
}

/** The number of rows a table says it has, where they fit into it. */
export function rows(box: DataView, { at, width, before = 0 }: { at: number; width: number; before?: number }): number {
  const count = bounded(box.getUint32(at));
  return at + 4 + before + count * width > box.byteLength ? refuse("unreadable") : count;
}

export function bounded(packets: number): number {
  return packets > most.packets ? refuse("too-much-inside") : packets;
}
