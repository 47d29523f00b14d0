import { largestPicture, type UncleanableReason } from "../cleaned.ts";

/** More of anything than this is in no honest recording of 10 MB. */
export const recordingLimits = {
  tracks: 8,
  packets: 500_000,
  /** Boxes of an MP4, elements of a WebM beside its blocks, pages of an Ogg file. */
  boxes: 100_000,
  seconds: 7200,
  ...largestPicture,
};

/** A recording of which only its sound, its picture and what is needed to play them is left. */
export type StrippedRecording = {
  bytes: Uint8Array;
  /** How many packets each track has, by the track's own number: fewer that are found later mean a file that broke off. */
  packets: ReadonlyMap<number, number>;
  /** Which seconds of a track are played, by the same number; without, all from zero on. */
  played?: ReadonlyMap<number, Span>;
};

export type Span = { from: number; until: number };

/** Seconds at the start or end of a track that no player plays, such as those in which an encoder runs up. */
export const mostSecondsCut = 0.1;

/** Ends the cleaning from however deep inside; `cleanMedia` catches it and says why. */
export function refuseRecording(why: UncleanableReason): never {
  throw new Error(`A recording is not made anew: ${why}`, { cause: why });
}

/** Whatever else is thrown over a strange file, by the library too, means that the file cannot be read. */
export function refusalReasonOf(error: unknown): UncleanableReason {
  const why = error instanceof Error ? error.cause : undefined;
  return why === "too-much-inside" || why === "locked" ? why : "unreadable";
}

export function latin(bytes: Uint8Array, { from, to }: { from: number; to: number }): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function joined(parts: Uint8Array[], length = parts.reduce((sum, part) => sum + part.length, 0)): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
