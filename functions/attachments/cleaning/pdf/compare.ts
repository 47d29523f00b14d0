import type { Uncleanable } from "../cleaned.ts";
import type { DrawnPage } from "./draw-page.ts";
import { type Counts, type Kind, nothing } from "./findings.ts";
import type { OtherFonts, OtherPage } from "./second-reader.ts";

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
  const isDoubtful = hasDoubtfulLayers || other.hasAnnotationOfNoKind || other.hasFieldWithoutLook;
  return isSame && !isDoubtful ? undefined : "unreadable";
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

/** Letters that the fonts in PDFium have: Latin ones, digits and signs. */
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
