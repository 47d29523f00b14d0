import type { Cleaning } from "../cleaned.ts";
import { jpegEncoder } from "../pictures/image-codecs.ts";
import type { Pixels } from "../pictures/pixels.ts";
import { lacksFont, refusalOfPage } from "./compare.ts";
import { hasDoubtfulObject } from "./doubts.ts";
import { drawPage } from "./draw-page.ts";
import { openPdfium } from "./pdfium.ts";
import { addPage, bytesOf, greys, newPicturePdf, packedGreys, photo } from "./picture-pdf.ts";
import { refusalOf, refuse } from "./refusal.ts";
import { readByOther } from "./second-reader.ts";

const mostPages = 60;
/** From 0 to 100: small print stays readable. */
const quality = 75;

/**
 * Draws each page of a PDF and writes a PDF of these pictures. Nothing else of the file is in it. What is drawn is what readers
 * show: where two readers differ on a page, the file is refused.
 */
export async function cleanPdf(file: Uint8Array): Promise<Cleaning> {
  try {
    return { bytes: await redrawn(file), contentType: "application/pdf" };
  } catch (error) {
    const uncleanable = refusalOf(error);
    if (uncleanable) return { uncleanable };
    throw error;
  }
}

async function redrawn(file: Uint8Array): Promise<Uint8Array> {
  const pdfium = await openPdfium(file);
  if (pdfium.pages > mostPages) refuse("too-much-inside");
  const redrawsFields = /\/NeedAppearances(?! false)/.test(pdfium.objects);
  const reading = await readByOther(file, { redrawsFields });
  if (pdfium.pages === 0 || reading.pages !== pdfium.pages) refuse("unreadable");
  if (hasDoubtfulObject(pdfium.objects, reading)) refuse("unreadable");
  const copy = newPicturePdf();
  const namedFonts = new Set<string>();
  for (let index = 0; index < pdfium.pages; index++) {
    // PDFium comes first: its memory is limited.
    const drawn = drawPage(pdfium, index);
    const refusal = refusalOfPage(drawn, await reading.page(index));
    if (refusal) refuse(refusal);
    if (lacksFont(drawn, reading.fonts, namedFonts)) refuse("font-missing");
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
