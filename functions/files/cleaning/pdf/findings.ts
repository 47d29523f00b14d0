import type { UncleanableReason } from "../cleaned.ts";

export type ContentKind = "text" | "path" | "picture" | "shading" | "form";
/** The number of page objects of each kind, including objects on hidden layers. */
export type ContentCounts = Record<ContentKind, number>;

export const noContent = (): ContentCounts => ({ text: 0, path: 0, picture: 0, shading: 0, form: 0 });

/** The flags of annotations that are not shown on a screen: Hidden and NoView. */
export const unseenFlags = 0b10_0010;

/** A font's name without its subset tag, commas and spaces: programs write the same name with and without them. */
export function plainName(name: string): string {
  return name.replace(/^[A-Z]{6}\+/, "").replace(/[^A-Za-z0-9]/g, "");
}

/** Whether every PDF reader has a font of this plain name, or a font with the same letters. */
export function isStandard(name: string): boolean {
  const letters = /^(Helvetica|Arial|Times(NewRoman)?|Courier(New)?)(PS|MT|Roman|Bold|Italic|Oblique)*$/;
  return letters.test(name) || isSymbolFont(name);
}

export const isSymbolFont = (name: string) => name === "Symbol" || name === "ZapfDingbats";

/** Texts whose letters PDFium's built-in fonts have: Latin letters, digits and signs. */
export const latinOnly = /^[\s\u0020-\u024f\u2000-\u206f\u20ac\u2122\u2212\ufb00-\ufb06]*$/;

/** The name of our own refusals. Any other error is a mistake of ours, and is not reported as a fault of the file. */
const refusal = "PdfRefusal";

/** Throws a refusal, which ends the cleaning of a file. `cleanPdf` catches it and returns the reason. */
export function refusePdf(why: UncleanableReason, cause?: unknown): never {
  throw Object.assign(new Error(why, { cause }), { name: refusal, why });
}

/** The reason of an error of `refusePdf`; undefined for any other error. */
export function pdfRefusalOf(error: unknown): UncleanableReason | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === refusal && "why" in error) return error.why as UncleanableReason;
  return undefined;
}
