import type { ContentType } from "#shared/files/format.ts";
import type { CleaningOutcome } from "./cleaning/cleaned.ts";
import type { ImageType } from "./cleaning/pictures/clean-image.ts";
import type { RecordingType } from "./cleaning/recordings/clean-recording.ts";

/** A file with its declared type. `quality` and `largestSide` are the options for pictures (`ImageOptions`). */
export type FileToClean = { bytes: Uint8Array; from: ContentType; quality: number; largestSide: number };

const cleaners: Record<ContentType, (file: FileToClean) => Promise<CleaningOutcome>> = {
  "image/jpeg": (file) => cleanPicture(file, "image/jpeg"),
  "image/png": (file) => cleanPicture(file, "image/png"),
  "image/webp": (file) => cleanPicture(file, "image/webp"),
  "image/heic": (file) => cleanPicture(file, "image/heic"),
  "application/pdf": cleanPdfFile,
  "audio/mpeg": (file) => cleanRecordingFile(file, "audio/mpeg"),
  "audio/mp4": (file) => cleanRecordingFile(file, "audio/mp4"),
  "audio/ogg": (file) => cleanRecordingFile(file, "audio/ogg"),
  "audio/webm": (file) => cleanRecordingFile(file, "audio/webm"),
  "video/mp4": (file) => cleanRecordingFile(file, "video/mp4"),
  "video/quicktime": (file) => cleanRecordingFile(file, "video/quicktime"),
  "video/webm": (file) => cleanRecordingFile(file, "video/webm"),
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

async function cleanRecordingFile({ bytes }: FileToClean, from: RecordingType): Promise<CleaningOutcome> {
  const { cleanRecording } = await import("./cleaning/recordings/clean-recording.ts");
  return cleanRecording(bytes, { from });
}
