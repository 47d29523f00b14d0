import type { UncleanableReason } from "../cleaned.ts";

export type ContentKind = "text" | "path" | "picture" | "shading" | "form";
/** How many things of each kind there are. Layers that are off count too. */
export type ContentCounts = Record<ContentKind, number>;

export const noContent = (): ContentCounts => ({ text: 0, path: 0, picture: 0, shading: 0, form: 0 });

/** Flags of annotations that are not shown on a screen: hidden, and not viewed. */
export const unseenFlags = 0b10_0010;

/** Programs write commas, spaces and tags of subsets into the names of fonts, or leave them out. */
export function plainName(name: string): string {
  return name.replace(/^[A-Z]{6}\+/, "").replace(/[^A-Za-z0-9]/g, "");
}

/** Whether every reader has a font of this plain name, or one of the same letters. */
export function isStandard(name: string): boolean {
  const letters = /^(Helvetica|Arial|Times(NewRoman)?|Courier(New)?)(PS|MT|Roman|Bold|Italic|Oblique)*$/;
  return letters.test(name) || isSymbolFont(name);
}

export const isSymbolFont = (name: string) => name === "Symbol" || name === "ZapfDingbats";

/** Letters that the fonts in PDFium have: Latin ones, digits and signs. */
export const latinOnly = /^[\s\u0020-\u024f\u2000-\u206f\u20ac\u2122\u2212\ufb00-\ufb06]*$/;

/** Marks our own refusals, so that a mistake of ours is never reported as a fault of the file. */
const refusal = "PdfRefusal";

/** Ends the cleaning of a file; `cleanPdf` returns the reason. */
export function refusePdf(why: UncleanableReason, cause?: unknown): never {
  throw Object.assign(new Error(why, { cause }), { name: refusal, why });
}

/** The reason of `refuse`; undefined for any other error. */
export function pdfRefusalOf(error: unknown): UncleanableReason | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === refusal && "why" in error) return error.why as UncleanableReason;
  return undefined;
}
