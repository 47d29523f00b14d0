import type { Uncleanable } from "../cleaned.ts";

/** Marks our own refusals, so that a mistake of ours is never reported as a fault of the file. */
const refusal = "PdfRefusal";

/** Ends the cleaning of a file; `cleanPdf` returns the reason. */
export function refuse(why: Uncleanable, cause?: unknown): never {
  throw Object.assign(new Error(why, { cause }), { name: refusal, why });
}

/** The reason of `refuse`; undefined for any other error. */
export function refusalOf(error: unknown): Uncleanable | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === refusal && "why" in error) return error.why as Uncleanable;
  return undefined;
}
