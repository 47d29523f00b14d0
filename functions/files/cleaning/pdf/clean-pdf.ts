import type { CleaningOutcome } from "../cleaned.ts";
import { jpegEncoder } from "../pictures/jpeg-and-webp.ts";
import type { Pixels } from "../pictures/picture.ts";
import { evenOutPlainAreas } from "../pictures/plain-areas.ts";
import { isAlike, secondDrawing } from "./compare-drawings.ts";
import { changesByItself, hasAmbiguousObject } from "./doubts.ts";
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
/** JPEG quality, 0 to 100. With 75, small print stays readable. */
const quality = 75;
/** A compressed page of text has fewer bytes than one for so many pixels, and a scan has more. */
const pixelsOfTextInByte = 24;

/**
 * Draws each page of a PDF and writes a new PDF of these pictures. Nothing else of the file is in the new one. The pictures must
 * show what the citizen's own PDF reader showed. So two PDF readers, PDFium and pdf.js, read each page, and the file is refused
 * where they differ.
 */
export async function cleanPdf(file: Uint8Array): Promise<CleaningOutcome> {
  try {
    return { bytes: await redraw(file), contentType: "application/pdf" };
  } catch (error) {
    const uncleanable = pdfRefusalOf(error);
    if (uncleanable) return { uncleanable };
    throw error;
  }
}

async function redraw(file: Uint8Array): Promise<Uint8Array> {
  const pdfium = await openPdfium(file);
  if (pdfium.pages > mostPages) refusePdf("too-complex");
  const redrawsFields = /\/NeedAppearances(?! false)/.test(pdfium.objects);
  const reading = await readWithSecondReader(file, { redrawsFields });
  if (pdfium.pages === 0 || reading.pages !== pdfium.pages) refusePdf("unreadable");
  const isChanging = changesByItself(pdfium.objects);
  if (hasAmbiguousObject(pdfium.objects, { ...reading, isChanging })) refusePdf("hidden-content");
  const copy = newPicturePdf();
  const namedFonts = new Set<string>();
  for (let index = 0; index < pdfium.pages; index++) {
    // PDFium reads the page first, because its memory is limited.
    const drawn = drawPage(pdfium, index);
    const other = await reading.page(index);
    if (!isSameContent(drawn, other, { isChanging })) refusePdf("hidden-content");
    if (lacksFont(drawn, reading.fonts, namedFonts)) refusePdf("font-missing");
    const otherPixels = await other.draw(secondDrawing(drawn.pixels));
    if (!isAlike(drawn.pixels, otherPixels)) refusePdf("hidden-content");
    evenOutPlainAreas(drawn.pixels);
    addPage(copy, { width: drawn.width, height: drawn.height, picture: await pictureOf(drawn.pixels) });
  }
  return bytesOf(copy);
}

/** A page of text without colours is stored without loss: this is smallest, and letters stay sharp. Other pages become JPEG. */
async function pictureOf(pixels: Pixels) {
  const { width, height } = pixels;
  const greyBytes = packedGreys(pixels);
  if (greyBytes && greyBytes.length < (width * height) / pixelsOfTextInByte)
    return { width, height, bytes: greyBytes, read: greys };
  const encode = await jpegEncoder();
  return { width, height, bytes: encode(pixels, quality), read: photo };
}

/**
 * Whether the readers find the same content in a page. PDFium also draws some content that an update has removed, or that is
 * hidden. The second reader does not count such content, so its counts are lower than PDFium's there. `isChanging`: the file changes
 * its annotations by itself, and each reader in another way.
 */
export function isSameContent(
  drawn: DrawnPage,
  other: SecondReaderPage,
  { isChanging }: { isChanging: boolean },
): boolean {
  const drawnAnnotations = drawn.annotations.filter(({ isDrawn }) => isDrawn);
  const isSame =
    isSamePage(drawn, other) &&
    isWithin(drawn.content, other.content) &&
    // Annotations without an object number cannot be matched between the two readers.
    drawnAnnotations.every(
      ({ number, content }) =>
        !isChanging && number > 0 && isWithin(content, other.drawnAnnotations.get(number) ?? noContent()),
    );
  return isSame && !other.hasAnnotationOfNoKind && !other.hasDoubtfulAnnotation;
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

function isWithin(counts: ContentCounts, most: ContentCounts): boolean {
  return Object.entries(counts).every(([kind, count]) => count <= most[kind as ContentKind]);
}

/**
 * Whether a page has text in a font that is neither in the file nor in every PDF reader: each reader would draw other letters.
 * `named` collects the missing fonts that PDFium found in the text of this page and of earlier pages. A missing font that only
 * pdf.js found belongs to text in a pattern, a mask or a letter, which PDFium does not list. Invisible text needs no font.
 */
export function lacksFont(
  { withoutFont }: DrawnPage,
  { missing, composite }: SecondReaderFonts,
  named: Set<string>,
): boolean {
  for (const { font } of withoutFont) named.add(font);
  const isLacking = withoutFont.some(({ font, letters }) => {
    if (letters === undefined) return false;
    return !isStandard(font) || composite.has(font) || !(isSymbolFont(font) || latinOnly.test(letters));
  });
  return isLacking || [...missing].some((font) => !isStandard(font) && !named.has(font));
}
