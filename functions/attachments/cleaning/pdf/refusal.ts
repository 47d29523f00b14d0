import type { Uncleanable } from "../cleaned.ts";

/** Marks our own refusals, so that a mistake of ours is never told as a fault of the file. */
const refusal = "PdfRefusal";

/** Gives the file up: reading ends here, and `cleanPdf` answers with the reason. */
export function refuse(why: Uncleanable, cause?: unknown): never {
  throw Object.assign(new Error(why, { cause }), { name: refusal, why });
}

/** The reason with which a file was given up; undefined for any other error. */
export function refusalOf(error: unknown): Uncleanable | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === refusal && "why" in error) return error.why as Uncleanable;
  return undefined;
}
