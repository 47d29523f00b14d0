import * as z from "zod";
import { CleanType } from "#shared/domain/attachments/format.ts";

/** No picture that is sent, still or moving, is larger: beyond it are no phones and no scanners. */
export const largestPicture = { side: 30_000, pixels: 50_000_000 };

/** A file made anew: nothing of the one that was sent is in it but what is seen and heard. */
const CleanFile = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  contentType: CleanType,
});
export type CleanFile = z.infer<typeof CleanFile>;

/**
 * Why a file is not made anew. `unreadable`: it does not decode, breaks off, or is of another type than it says.
 * `too-much-inside`: more pixels, pages, objects or nesting than any honest file needs. `locked`: it is encrypted.
 * `font-missing`: a page uses a font that is not in the file. `took-too-long`: its cleaning did not end.
 */
const UncleanableReason = z.enum(["unreadable", "too-much-inside", "locked", "font-missing", "took-too-long"]);
export type UncleanableReason = z.infer<typeof UncleanableReason>;

export const CleaningOutcome = z.union([CleanFile, z.object({ uncleanable: UncleanableReason })]);
export type CleaningOutcome = z.infer<typeof CleaningOutcome>;
