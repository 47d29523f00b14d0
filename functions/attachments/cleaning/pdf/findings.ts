import type { Uncleanable } from "../cleaned.ts";
import type { DrawnPage } from "./draw-page.ts";
import type { OtherFonts, OtherPage } from "./second-reader.ts";

export type Kind = "text" | "path" | "picture" | "shading" | "form";
/** How many things of each kind there are. Layers that are off count too. */
export type Counts = Record<Kind, number>;

export const nothing = (): Counts => ({ text: 0, path: 0, picture: 0, shading: 0, form: 0 });

/** Flags of annotations that are not shown on a screen: hidden, and not viewed. */
export const unseenFlags = 0b10_0010;

/** Programs write commas, spaces and tags of subsets into the names of fonts, or leave them out. */
export function plainName(name: string): string {
  return name.replace(/^[A-Z]{6}\+/, "").replace(/[^A-Za-z0-9]/g, "");
}

/**
 * Why a page is not what an agency may see; undefined where it is. PDFium also draws what an update of the file freed, and some
 * layers and notes that are hidden. The second reader leaves these out, so it finds fewer things there.
 */
export function refusalOfPage(drawn: DrawnPage, other: OtherPage): Uncleanable | undefined {
  const seen = drawn.annotations.filter(({ isDrawn }) => isDrawn);
  const isSame =
    isSamePage(drawn, other) &&
    isWithin(drawn.content, other.content) &&
    seen.every(({ number, content }) => isWithin(content, other.drawnAnnotations.get(number) ?? nothing()));
  // PDFium shows annotations, and what is in patterns and masks, whatever their layers say.
  const hasDoubtfulLayers =
    (other.layers !== "none" && seen.length > 0) || (other.layers === "hidden" && other.hasPatternOrMask);
  if (!isSame || hasDoubtfulLayers || other.hasFieldWithoutLook) return "unreadable";
  return undefined;
}

function isSamePage(drawn: DrawnPage, other: OtherPage): boolean {
  const annotations = drawn.annotations.map(({ number }) => number).sort((a, b) => a - b);
  return (
    drawn.number === other.number &&
    Math.abs(drawn.width - other.width) < 1 &&
    Math.abs(drawn.height - other.height) < 1 &&
    annotations.join() === other.annotations.join()
  );
}

function isWithin(found: Counts, most: Counts): boolean {
  return Object.entries(found).every(([kind, count]) => count <= most[kind as Kind]);
}

/** Letters that the fonts in PDFium have: Latin ones, digits, signs, and what no letter is known of where nothing is drawn. */
const latin = /^[\s\u0020-\u024f\u2000-\u206f\u20ac\u2122\u2212\ufb00-\ufb06]*$/;

/** Whether a page has text whose font is not in the file and that PDFium would draw with other letters. */
export function lacksFont({ withoutFont }: DrawnPage, { compositeMissing, hasDrawnLetters }: OtherFonts): boolean {
  return withoutFont.some(({ font, letters }) => {
    // Letters that the file itself draws are of a font without a name.
    if (font === "" && hasDrawnLetters) return false;
    const isOfSigns = font === "Symbol" || font === "ZapfDingbats";
    return compositeMissing.has(font) || !(isOfSigns || latin.test(letters));
  });
}
