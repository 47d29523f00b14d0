import type { CleaningOutcome, UncleanableReason } from "../cleaned.ts";
import { newInstance } from "../codec-instance.ts";

/** The types of recordings: FFmpeg's name of the container, and whether the file must have a film, or must have none. */
const containers = {
  "audio/mpeg": { format: "mp3", isFilm: false },
  "audio/mp4": { format: "mov", isFilm: false },
  "audio/ogg": { format: "ogg", isFilm: false },
  "audio/webm": { format: "matroska", isFilm: false },
  "video/mp4": { format: "mov", isFilm: true },
  "video/quicktime": { format: "mov", isFilm: true },
  "video/webm": { format: "matroska", isFilm: true },
} as const;
export type RecordingType = keyof typeof containers;

/** What `recode` of recode.c returns. Zero: the copy is made. */
const reasons: readonly (UncleanableReason | undefined)[] = [
  undefined,
  "unreadable",
  "too-complex",
  "password-protected",
  "unknown-codec",
  "hidden-content",
];

/** The exports of recode.wasm. Numbers are addresses in its memory, lengths, and reasons. */
type Recoder = {
  memory: { buffer: ArrayBuffer };
  malloc: (length: number) => number;
  recode: (file: number, length: number, format: number, isFilm: number) => number;
  copyBytes: () => number;
  copyLength: () => number;
  _initialize: () => void;
};

/**
 * Makes a recording anew, as an MP4: what players show and play is decoded, and encoded again as H.264 of at most 720p and AAC of
 * at most two channels. No byte of the file is copied.
 */
export async function cleanRecording(file: Uint8Array, { from }: { from: RecordingType }): Promise<CleaningOutcome> {
  const { format, isFilm } = containers[from];
  const program = await newInstance<Recoder>("recode", noSystem);
  const copyIn = (bytes: Uint8Array) => {
    const at = program.malloc(bytes.length) >>> 0;
    if (at) new Uint8Array(program.memory.buffer).set(bytes, at);
    return at;
  };
  try {
    program._initialize();
    const name = copyIn(Buffer.from(`${format}\0`));
    const reason = reasons[program.recode(copyIn(file), file.length, name, Number(isFilm))];
    if (reason) return { uncleanable: reason };
    const at = program.copyBytes() >>> 0;
    const bytes = new Uint8Array(program.memory.buffer).slice(at, at + program.copyLength());
    return { bytes, contentType: isFilm ? "video/mp4" : "audio/mp4" };
  } catch (error) {
    // A file that brings the program to an end, as by a division by zero, is not tried again.
    if (error instanceof Error && error.name === "RuntimeError") return { uncleanable: "unreadable" };
    throw error;
  }
}

/** The calls of a WASI program to its system. It has no files, no environment and no clock: each call but the last fails. */
const noSystem = {
  wasi_snapshot_preview1: {
    fd_close: fail,
    fd_read: fail,
    fd_write: fail,
    fd_seek: fail,
    fd_fdstat_get: fail,
    environ_get: fail,
    environ_sizes_get: fail,
    clock_time_get: fail,
  },
  env: { emscripten_notify_memory_growth: () => undefined },
};

/** WASI's number for what a system does not support. */
function fail(): number {
  return 58;
}
