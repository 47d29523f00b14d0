import * as z from "zod";
import { CleanType } from "#shared/files/format.ts";

/** The largest accepted picture, in pixels. A panorama of an iPhone has 63 million. */
export const largestPicture = { side: 30_000, pixels: 64_000_000 };

/** A clean file. It holds only the visible and audible content of the uploaded file. */
const CleanFile = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  contentType: CleanType,
});
export type CleanFile = z.infer<typeof CleanFile>;

/**
 * Why a file cannot be cleaned. `unreadable`: the file does not decode, is cut off, or has another type than declared.
 * `too-complex`: it has more pixels, pages, objects or nesting than any honest file needs. `password-protected`: it is encrypted.
 * `font-missing`: a page uses a font that is not in the file. `unknown-codec`: no decoder for its picture, film or sound is built in.
 * `hidden-content`: it has content that not every viewer shows. `processing-timeout`: the cleaning did not end in time.
 */
const UncleanableReason = z.enum([
  "unreadable",
  "too-complex",
  "password-protected",
  "font-missing",
  "unknown-codec",
  "hidden-content",
  "processing-timeout",
]);
export type UncleanableReason = z.infer<typeof UncleanableReason>;

export const CleaningOutcome = z.union([CleanFile, z.object({ uncleanable: UncleanableReason })]);
export type CleaningOutcome = z.infer<typeof CleaningOutcome>;
