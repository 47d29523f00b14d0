import type { CleaningOutcome, UncleanableReason } from "../cleaned.ts";
import { jpegEncoder } from "../pictures/jpeg-and-webp.ts";
import type { Pixels } from "../pictures/picture.ts";
import { hasAmbiguousObject } from "./doubts.ts";
import { type DrawnPage, drawPage } from "./draw-page.ts";
import {
  type ContentCounts,
  type ContentKind,
  isStandard,
  isSymbolFont,
  latinOnly,
  noContent,
  pdfRefusalOf,
  refusePdf,
} from "./findings.ts";
import { openPdfium } from "./pdfium.ts";
import { addPage, bytesOf, greys, newPicturePdf, packedGreys, photo } from "./picture-pdf.ts";
import { readWithSecondReader, type SecondReaderFonts, type SecondReaderPage } from "./second-reader.ts";

const mostPages = 60;
/** From 0 to 100: small print stays readable. */
const quality = 75;

/**
 * Draws each page of a PDF and writes a PDF of these pictures. Nothing else of the file is in it. What is drawn is what readers
 * show: where two readers differ on a page, the file is refused.
 */
export async function cleanPdf(file: Uint8Array): Promise<CleaningOutcome> {
  try {
    return { bytes: await redrawn(file), contentType: "application/pdf" };
  } catch (error) {
    const uncleanable = pdfRefusalOf(error);
    if (uncleanable) return { uncleanable };
    throw error;
  }
}

async function redrawn(file: Uint8Array): Promise<Uint8Array> {
  const pdfium = await openPdfium(file);
  if (pdfium.pages > mostPages) refusePdf("too-much-inside");
  const redrawsFields = /\/NeedAppearances(?! false)/.test(pdfium.objects);
  const reading = await readWithSecondReader(file, { redrawsFields });
  if (pdfium.pages === 0 || reading.pages !== pdfium.pages) refusePdf("unreadable");
  if (hasAmbiguousObject(pdfium.objects, reading)) refusePdf("unreadable");
  const copy = newPicturePdf();
  const namedFonts = new Set<string>();
  for (let index = 0; index < pdfium.pages; index++) {
    // PDFium comes first: its memory is limited.
    const drawn = drawPage(pdfium, index);
    const refusal = refusalOfPage(drawn, await reading.page(index));
    if (refusal) refusePdf(refusal);
    if (lacksFont(drawn, reading.fonts, namedFonts)) refusePdf("font-missing");
    addPage(copy, { width: drawn.width, height: drawn.height, picture: await pictureOf(drawn.pixels) });
  }
  return bytesOf(copy);
}

/** A page of text is smallest in greys, and loses nothing of its letters. */
async function pictureOf(pixels: Pixels) {
  const { width, height } = pixels;
  const packed = packedGreys(pixels);
  if (packed) return { width, height, bytes: packed, read: greys };
  const encode = await jpegEncoder();
  return { width, height, bytes: encode(pixels, quality), read: photo };
}

/**
 * Why a page is not what an agency may see; undefined where it is. PDFium also draws some things that
 * an update took out or that are hidden. The second reader leaves these out, so it finds fewer things there.
 */
export function refusalOfPage(drawn: DrawnPage, other: SecondReaderPage): UncleanableReason | undefined {
  const seen = drawn.annotations.filter(({ isDrawn }) => isDrawn);
  const isSame =
    isSamePage(drawn, other) &&
    isWithin(drawn.content, other.content) &&
    // Annotations without a number cannot be told from each other.
    seen.every(
      ({ number, content }) => number > 0 && isWithin(content, other.drawnAnnotations.get(number) ?? noContent()),
    );
  const isDoubtful = other.hasAnnotationOfNoKind || other.hasDoubtfulAnnotation;
  return isSame && !isDoubtful ? undefined : "unreadable";
}

function isSamePage(drawn: DrawnPage, other: SecondReaderPage): boolean {
  const annotations = drawn.annotations.map(({ number }) => number).sort((a, b) => a - b);
  return (
    drawn.number === other.number &&
    Math.abs(drawn.width - other.width) < 1 &&
    Math.abs(drawn.height - other.height) < 1 &&
    annotations.join() === other.annotations.join()
  );
}

function isWithin(found: ContentCounts, most: ContentCounts): boolean {
  return Object.entries(found).every(([kind, count]) => count <= most[kind as ContentKind]);
}

/**
 * Whether a page has text whose font is not in the file and that PDFium would draw with other letters. `named` are the fonts of
 * text that PDFium found on this page and the ones before; a font of another text stands in a pattern, a mask or a letter.
 */
export function lacksFont(
  { withoutFont }: DrawnPage,
  { missing, unclear }: SecondReaderFonts,
  named: Set<string>,
): boolean {
  for (const { font } of withoutFont) named.add(font);
  const isLacking = withoutFont.some(({ font, letters }) => {
    if (letters === undefined) return false;
    return unclear.has(font) || !(isSymbolFont(font) || (isStandard(font) ? latinOnly : ascii).test(letters));
  });
  return isLacking || [...missing].some((font) => !isStandard(font) && !named.has(font));
}

/** Older Persian fonts have other letters at all further codes. */
const ascii = /^[\s\x20-\x7e]+$/;
