import type { Pixels, Size } from "../pictures/picture.ts";
import { type ContentCounts, type ContentKind, noContent, plainName, refusePdf, unseenFlags } from "./findings.ts";
import { memoryOf, type Pdfium, runInPdfium } from "./pdfium.ts";

/** Letters of 7 points are readable, and a page of A4 becomes a picture of four million pixels. */
const dotsPerInch = 200;
/** A larger page, such as a poster, is drawn with a lower resolution. */
const largestPixels = 16_000_000;
/** Points; an inch has 72 points. The PDF format allows no longer side. */
const longestSide = 14_400;
/** More objects than any honest page has. */
const mostObjects = 500_000;

const annotationsDrawn = 0x01;
const redFirst = 0x10;
const white = 0xff_ff_ff_ff;
const bgrx = 3;
const invisibleText = 3;
/**
 * PDFium's numbers of the annotation kinds Text, a note, and Link. Where they have no look of their own, PDFium draws a sheet of paper
 * or a border, and other readers draw something else.
 */
const drawnByReader = [1, 2];
/** The flag of annotations that are not drawn. */
const hidden = 0b10;

/** The kinds of content, by PDFium's numbers of page object types. */
const kinds: Record<number, ContentKind> = { 1: "text", 2: "path", 3: "picture", 4: "shading", 5: "form" };

/** A page as PDFium reads and draws it. The size is in points. */
export type DrawnPage = Size & {
  pixels: Pixels;
  /** The number of the page's object in the file. */
  number: number;
  content: ContentCounts;
  annotations: { number: number; isDrawn: boolean; content: ContentCounts }[];
  /** Texts whose font is not in the file. `letters` is undefined for invisible text. */
  withoutFont: { font: string; letters: string | undefined }[];
};

/** Draws one page and lists its content. Throws a refusal where PDFium cannot do so. */
export function drawPage(pdfium: Pdfium, index: number): DrawnPage {
  return runInPdfium(() => {
    const page = pdfium.FPDF_LoadPage(pdfium.document, index) || refusePdf("unreadable");
    const size = { width: pdfium.FPDF_GetPageWidthF(page), height: pdfium.FPDF_GetPageHeightF(page) };
    if (!(Math.max(size.width, size.height) <= longestSide)) refusePdf("too-complex");
    const content = { number: pdfium.EPDFPage_GetObjectNumber(page), ...contentOf(pdfium, page) };
    // The content is read before this call, which makes PDFium add annotations of its own to the page.
    pdfium.FORM_OnAfterLoadPage(page, pdfium.form);
    const pixels = pixelsOf(pdfium, { page, size });
    pdfium.FORM_OnBeforeClosePage(page, pdfium.form);
    pdfium.FPDF_ClosePage(page);
    return { ...size, ...content, pixels };
  });
}

type Content = Pick<DrawnPage, "content" | "annotations" | "withoutFont">;

/** Lists a page's content, and hides the annotations whose look would be the reader's own. */
function contentOf(pdfium: Pdfium, page: number): Content {
  const text = pdfium.FPDFText_LoadPage(page);
  const withoutFont: Content["withoutFont"] = [];
  const countContent = (from: ContentHandle) => {
    const counts = noContent();
    for (const [object, kind] of objectsOf(pdfium, from)) {
      counts[kind]++;
      const missing = kind === "text" && missingFont(pdfium, { object, text });
      if (missing) withoutFont.push(missing);
    }
    return counts;
  };
  const content = countContent({ handle: page, of: "page" });
  const annotations = Array.from({ length: pdfium.FPDFPage_GetAnnotCount(page) }, (_, at) => {
    const annotation = pdfium.FPDFPage_GetAnnot(page, at);
    if (!annotation) return { number: 0, isDrawn: false, content: noContent() };
    const appearance = countContent({ handle: annotation, of: "annotation" });
    const isShown = (pdfium.FPDFAnnot_GetFlags(annotation) & unseenFlags) === 0;
    const number = pdfium.EPDFAnnot_GetObjectNumber(annotation);
    const hasContent = Object.values(appearance).some((count) => count > 0);
    if (!hasContent && drawnByReader.includes(pdfium.FPDFAnnot_GetSubtype(annotation)))
      pdfium.FPDFAnnot_SetFlags(annotation, hidden);
    pdfium.FPDFPage_CloseAnnot(annotation);
    return { number, content: appearance, isDrawn: isShown && hasContent };
  });
  pdfium.FPDFText_ClosePage(text);
  return { content, annotations, withoutFont };
}

/** A handle of PDFium to something with objects in it. */
type ContentHandle = { handle: number; of: "page" | "annotation" | "form" };

/** The objects of a page or of an annotation's appearance, and the objects of the form XObjects in it. */
function* objectsOf(pdfium: Pdfium, from: ContentHandle): Generator<[object: number, kind: ContentKind]> {
  const calls = {
    page: [pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject],
    annotation: [pdfium.FPDFAnnot_GetObjectCount, pdfium.FPDFAnnot_GetObject],
    form: [pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject],
  } as const;
  const remaining = [from];
  for (let visited = 0, next = remaining.pop(); next; next = remaining.pop()) {
    const [count, get] = calls[next.of];
    const length = count(next.handle);
    visited += length;
    if (visited > mostObjects) refusePdf("too-complex");
    for (let index = 0; index < length; index++) {
      const object = get(next.handle, index);
      const kind = kinds[pdfium.FPDFPageObj_GetType(object)];
      if (kind) yield [object, kind];
      if (kind === "form") remaining.push({ handle: object, of: "form" });
    }
  }
}

function missingFont(pdfium: Pdfium, { object, text }: { object: number; text: number }) {
  const font = pdfium.FPDFTextObj_GetFont(object);
  if (pdfium.FPDFFont_GetIsEmbedded(font) === 1) return undefined;
  const isSeen = pdfium.FPDFTextObj_GetTextRenderMode(object) !== invisibleText;
  const letters = (at: number, size: number) => pdfium.FPDFTextObj_GetText(object, text, at, size);
  return {
    font: plainName(stringFrom(pdfium, (at, size) => pdfium.FPDFFont_GetBaseFontName(font, at, size), "utf8")),
    letters: isSeen ? stringFrom(pdfium, letters, "utf16le") : undefined,
  };
}

/** Copies a text out of PDFium. `call` writes the text to the given address and returns its length in bytes. */
function stringFrom(pdfium: Pdfium, call: (at: number, size: number) => number, encoding: "utf8" | "utf16le"): string {
  const size = 4_096;
  const at = pdfium.pdfium.wasmExports.malloc(size) || refusePdf("too-complex");
  const length = Math.min(call(at, size), size);
  const text = Buffer.from(memoryOf(pdfium).slice(at, at + length)).toString(encoding);
  pdfium.pdfium.wasmExports.free(at);
  return text.replace(/\0+$/, "");
}

function pixelsOf(pdfium: Pdfium, { page, size }: { page: number; size: Size }): Pixels {
  const scale = Math.min(dotsPerInch / 72, Math.sqrt(largestPixels / (size.width * size.height)));
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, bgrx, 0, 0) || refusePdf("too-complex");
  const flags = annotationsDrawn | redFirst;
  pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
  pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
  pdfium.FPDF_FFLDraw(pdfium.form, bitmap, page, 0, 0, width, height, 0, flags);
  const at = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const rgba = new Uint8ClampedArray(memoryOf(pdfium).slice(at, at + width * height * 4).buffer);
  pdfium.FPDFBitmap_Destroy(bitmap);
  return { rgba, width, height };
}
