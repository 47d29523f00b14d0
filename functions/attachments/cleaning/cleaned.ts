import type { CleanType } from "#shared/domain/attachments/attachment-format.ts";

/** A file made anew: nothing of the one that was sent is in it but what is seen and heard. */
export type Cleaned = { bytes: Uint8Array; contentType: CleanType };

/** Why a file is not made anew. */
export type Uncleanable =
  /** It does not decode, breaks off, or is of another type than it says. */
  | "unreadable"
  /** More pixels, pages, objects, nesting or time than any honest file needs. */
  | "too-much-inside"
  /** It is encrypted, and nobody can look inside. */
  | "locked";

export type Cleaning = Cleaned | { uncleanable: Uncleanable };
