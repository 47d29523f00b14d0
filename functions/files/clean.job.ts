import type { ContentType } from "#shared/files/format.ts";
import type { CleaningOutcome } from "./cleaning/cleaned.ts";
import type { ImageType } from "./cleaning/pictures/clean-image.ts";
import type { MediaType } from "./cleaning/recordings/clean-media.ts";

/** A file with its declared type. `quality` and `largestSide` are the options for pictures (`ImageOptions`). */
export type FileToClean = { bytes: Uint8Array; from: ContentType; quality: number; largestSide: number };

const cleaners: Record<ContentType, (file: FileToClean) => Promise<CleaningOutcome>> = {
  "image/jpeg": (file) => cleanPicture(file, "image/jpeg"),
  "image/png": (file) => cleanPicture(file, "image/png"),
  "image/webp": (file) => cleanPicture(file, "image/webp"),
  "image/heic": (file) => cleanPicture(file, "image/heic"),
  "application/pdf": cleanPdfFile,
  "audio/mpeg": (file) => cleanRecording(file, "audio/mpeg"),
  "audio/mp4": (file) => cleanRecording(file, "audio/mp4"),
  "audio/ogg": (file) => cleanRecording(file, "audio/ogg"),
  "audio/webm": (file) => cleanRecording(file, "audio/webm"),
  "video/mp4": (file) => cleanRecording(file, "video/mp4"),
  "video/quicktime": (file) => cleanRecording(file, "video/mp4"),
  "video/webm": (file) => cleanRecording(file, "video/webm"),
};

/** Cleans a file: writes a new file from its visible and audible content alone. */
export function clean(file: FileToClean): Promise<CleaningOutcome> {
  return cleaners[file.from](file);
}

// Each library is imported when it is needed, so that a photo does not wait for the PDF library to load.

async function cleanPicture({ bytes, ...options }: FileToClean, from: ImageType): Promise<CleaningOutcome> {
  const { cleanImage } = await import("./cleaning/pictures/clean-image.ts");
  return cleanImage(bytes, { ...options, from });
}

async function cleanPdfFile({ bytes }: FileToClean): Promise<CleaningOutcome> {
  const { cleanPdf } = await import("./cleaning/pdf/clean-pdf.ts");
  return cleanPdf(bytes);
}

async function cleanRecording({ bytes }: FileToClean, from: MediaType): Promise<CleaningOutcome> {
  const { cleanMedia } = await import("./cleaning/recordings/clean-media.ts");
  return cleanMedia(bytes, { from });
}
