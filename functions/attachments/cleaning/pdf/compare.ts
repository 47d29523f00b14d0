import type { Uncleanable } from "../cleaned.ts";
import type { DrawnPage } from "./draw-page.ts";
import { type Counts, isOfSigns, isStandard, type Kind, latin, nothing } from "./findings.ts";
import type { OtherFonts, OtherPage } from "./second-reader.ts";

/**
 * Why a page is not what an agency may see; undefined where it is. PDFium also draws some things that
 * an update took out or that are hidden. The second reader leaves these out, so it finds fewer things there.
 */
export function refusalOfPage(drawn: DrawnPage, other: OtherPage): Uncleanable | undefined {
  const seen = drawn.annotations.filter(({ isDrawn }) => isDrawn);
  const isSame =
    isSamePage(drawn, other) &&
    isWithin(drawn.content, other.content) &&
    // Annotations without a number cannot be told from each other.
    seen.every(
      ({ number, content }) => number > 0 && isWithin(content, other.drawnAnnotations.get(number) ?? nothing()),
    );
  const isDoubtful = other.hasAnnotationOfNoKind || other.hasDoubtfulAnnotation;
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

/**
 * Whether a page has text whose font is not in the file and that PDFium would draw with other letters. `named` are the fonts of
 * text that PDFium found on this page and the ones before; a font of another text stands in a pattern, a mask or a letter.
 */
export function lacksFont({ withoutFont }: DrawnPage, { missing, unclear }: OtherFonts, named: Set<string>): boolean {
  for (const { font } of withoutFont) named.add(font);
  const isLacking = withoutFont.some(({ font, letters }) => {
    if (letters === undefined) return false;
    return unclear.has(font) || !(isOfSigns(font) || (isStandard(font) ? latin : ascii).test(letters));
  });
  return isLacking || [...missing].some((font) => !isStandard(font) && !named.has(font));
}

/** Older Persian fonts have other letters at all further codes. */
const ascii = /^[\s\x20-\x7e]+$/;
