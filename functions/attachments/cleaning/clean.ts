import type { ContentType } from "#shared/domain/attachments/format.ts";
import type { CleaningOutcome } from "./cleaned.ts";
import type { ImageType } from "./pictures/clean-image.ts";
import type { MediaType } from "./recordings/clean-media.ts";

/** A file, what it says it is, and how pictures are made anew. */
export type FileToClean = { bytes: Uint8Array; from: ContentType; quality: number; largestSide: number };

type Cleaner = (file: FileToClean) => Promise<CleaningOutcome>;

// Imported when they are needed: a photo waits for no PDF library to load.
const picture =
  (from: ImageType): Cleaner =>
  async ({ bytes, ...how }) =>
    (await import("./pictures/clean-image.ts")).cleanImage(bytes, { ...how, from });
const recording =
  (from: MediaType): Cleaner =>
  async ({ bytes }) =>
    (await import("./recordings/clean-media.ts")).cleanMedia(bytes, { from });

const cleaners: Record<ContentType, Cleaner> = {
  "image/jpeg": picture("image/jpeg"),
  "image/png": picture("image/png"),
  "image/webp": picture("image/webp"),
  "image/heic": picture("image/heic"),
  "application/pdf": async ({ bytes }) => (await import("./pdf/clean-pdf.ts")).cleanPdf(bytes),
  "audio/mpeg": recording("audio/mpeg"),
  "audio/mp4": recording("audio/mp4"),
  "audio/ogg": recording("audio/ogg"),
  "audio/webm": recording("audio/webm"),
  "video/mp4": recording("video/mp4"),
  "video/quicktime": recording("video/mp4"),
  "video/webm": recording("video/webm"),
};

/** Makes a file anew, as its type asks for. */
export function clean(file: FileToClean): Promise<CleaningOutcome> {
  return cleaners[file.from](file);
}
