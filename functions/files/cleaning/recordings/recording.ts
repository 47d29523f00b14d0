import { largestPicture, type UncleanableReason } from "../cleaned.ts";

/** The most of each thing that a recording may have. No honest recording of 10 MB has more. */
export const recordingLimits = {
  tracks: 8,
  packets: 500_000,
  /** Boxes of an MP4, elements of a WebM except blocks, or pages of an Ogg file. */
  boxes: 100_000,
  seconds: 7200,
  ...largestPicture,
};

/** A recording reduced to sound, picture, and the data that players need for them. */
export type StrippedRecording = {
  bytes: Uint8Array;
  /** The number of packets of each track, by track id. Fewer packets found later mean that the file is cut off. */
  packets: ReadonlyMap<number, number>;
  /** The seconds of each track that are played, by track id. A track without an entry is played from zero to its end. */
  played?: ReadonlyMap<number, Span>;
};

export type Span = { from: number; until: number };

/**
 * Seconds at the start or end of a track that players may skip, such as the first packets of an encoder. More skipped seconds are
 * refused: they would be hidden content.
 */
export const mostUnplayedSeconds = 0.1;

/** Throws a refusal, which ends the cleaning. `cleanMedia` catches it and returns the reason. */
export function refuseRecording(why: UncleanableReason): never {
  throw new Error(`A recording is not made anew: ${why}`, { cause: why });
}

/** The reason of an error of `refuseRecording`. Any other error, also of the library, means that the file is unreadable. */
export function refusalReasonOf(error: unknown): UncleanableReason {
  const why = error instanceof Error ? error.cause : undefined;
  return why === "too-complex" || why === "password-protected" ? why : "unreadable";
}

/** The bytes as text, one character for each byte. */
export function latin1Text(bytes: Uint8Array, { from, to }: { from: number; to: number }): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function concatenate(
  parts: Uint8Array[],
  length = parts.reduce((sum, part) => sum + part.length, 0),
): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
