import { readFile } from "node:fs/promises";
import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
// pdf.js finds its worker's code in this process, and starts no worker.
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
import { secondReaderFiles } from "#shared/runtime/bundled-files.ts";
import { pathOf } from "../codec-instance.ts";
import type { Pixels, Size } from "../pictures/picture.ts";
import { startCanvases } from "./canvas.ts";
import { type Field, hasSomethingToShow, type Look, showsAnotherValue, valuesOf } from "./field-looks.ts";
import {
  type ContentCounts,
  type ContentKind,
  latinOnly,
  noContent,
  pdfRefusalOf,
  plainName,
  refusePdf,
  unseenFlags,
} from "./findings.ts";

/** A page as pdf.js reads it. The size is in points. */
export type SecondReaderPage = {
  /** The number of the page's object in the file. */
  number: number;
  /** The object numbers of the page's annotations, in ascending order; 0 for an annotation without a number. */
  annotations: number[];
  width: number;
  height: number;
  content: ContentCounts;
  /** The content of the annotations that pdf.js draws, by the annotation's object number. */
  drawnAnnotations: Map<number, ContentCounts>;
  hasAnnotationOfNoKind: boolean;
  /** Whether the look of an annotation's text or choice depends on the reader, or PDFium draws a hidden annotation. */
  hasDoubtfulAnnotation: boolean;
  /** Draws the page. It is called at most once for a page. */
  draw: (as: Drawing) => Promise<Pixels>;
};
/** How large a page is drawn: the size of the whole page, and that of the drawing, in pixels. */
type Drawing = { scale: Size; size: Size };
type SecondReaderResult = {
  pages: number;
  hasLayers: boolean;
  hidesLayers: boolean;
  page: (index: number) => Promise<SecondReaderPage>;
  fonts: SecondReaderFonts;
};
/** Fonts that the file names but does not contain, by their plain names (`plainName`). */
export type SecondReaderFonts = {
  missing: Set<string>;
  /** Missing fonts whose codes do not say which letters PDFium would draw. */
  composite: Set<string>;
};

type Pdf = Awaited<ReturnType<typeof getDocument>["promise"]>;
type Page = Awaited<ReturnType<Pdf["getPage"]>>;
type Operators = Awaited<ReturnType<Page["getOperatorList"]>>;

const kinds = new Map<number, ContentKind>([
  ...[OPS.showText, OPS.showSpacedText, OPS.nextLineShowText, OPS.nextLineSetSpacingShowText].map(
    (operator) => [operator, "text"] as const,
  ),
  [OPS.constructPath, "path"],
  [OPS.shadingFill, "shading"],
  [OPS.paintFormXObjectBegin, "form"],
  ...Object.entries(OPS).flatMap(([name, operator]) =>
    /^paint.*(Image|ImageMask)/.test(name) ? [[operator, "picture"] as const] : [],
  ),
]);

/** Reads a file with pdf.js. PDFium draws the file; pdf.js is an independent second reader. */
export async function readWithSecondReader(
  file: Uint8Array,
  options: { redrawsFields: boolean },
): Promise<SecondReaderResult> {
  const Canvases = await startCanvases();
  const pdf = await openPdf(file, Canvases);
  const layers: [string, { visible: boolean }][] = [...(await pdf.getOptionalContentConfig())];
  const fonts: SecondReaderFonts = { missing: new Set(), composite: new Set() };
  return {
    pages: pdf.numPages,
    hasLayers: layers.length > 0,
    hidesLayers: layers.some(([, { visible }]) => !visible),
    fonts,
    page: async (index) => {
      const read = await readPage(pdf, index).catch((cause) => refusePdf("unreadable", cause));
      addFonts(read.page, fonts);
      return { ...pageOf(read, options), draw: (as) => drawPage(read.page, as, new Canvases()) };
    },
  };
}

type Canvases = Awaited<ReturnType<typeof startCanvases>>;

function openPdf(file: Uint8Array, Canvases: Canvases): Promise<Pdf> {
  const source = {
    data: new Uint8Array(file),
    verbosity: 0,
    fontExtraProperties: true,
    disableFontFace: true,
    useSystemFonts: false,
    CanvasFactory: Canvases,
    BinaryDataFactory: OwnFiles,
    useWorkerFetch: false,
    // pdf.js asks for files only where it has an address.
    wasmUrl: "./",
    standardFontDataUrl: "./",
  };
  return getDocument(source).promise.catch((cause) => refusePdf("unreadable", cause));
}

/** What pdf.js expects as its `BinaryDataFactory`. */
class OwnFiles {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const path = secondReaderFiles[filename];
    if (!path) throw new Error(`${filename} is not among the files of the second reader.`);
    return new Uint8Array(await readFile(pathOf(path)));
  }
}

async function drawPage(page: Page, { scale, size }: Drawing, canvases: InstanceType<Canvases>): Promise<Pixels> {
  const { width, height } = page.getViewport({ scale: 1 });
  const canvas = canvases.create(size.width, size.height);
  await page
    .render({
      canvas: canvas.canvas as unknown as HTMLCanvasElement,
      canvasContext: canvas.context as unknown as CanvasRenderingContext2D,
      viewport: page.getViewport({ scale: 1 }),
      transform: [scale.width / width, 0, 0, scale.height / height, 0, 0],
    })
    .promise.catch((cause) => refusePdf(pdfRefusalOf(cause) ?? "unreadable", cause));
  const pixels = canvas.context.getImageData(0, 0, size.width, size.height);
  canvases.destroy(canvas);
  // Without this, pdf.js would keep the page's pictures in memory until the last page.
  page.cleanup();
  return { ...size, rgba: pixels.data };
}

type PageParts = { page: Page; operators: Operators; annotations: Annotation[] };

async function readPage(pdf: Pdf, index: number): Promise<PageParts> {
  const page = await pdf.getPage(index + 1);
  return { page, operators: await page.getOperatorList(), annotations: await page.getAnnotations({ intent: "any" }) };
}

function pageOf(
  { page, operators, annotations }: PageParts,
  options: { redrawsFields: boolean },
): Omit<SecondReaderPage, "draw"> {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const { content, looks } = drawnBy(operators);
  const [width, height] = page.rotate % 180 === 0 ? [right - left, top - bottom] : [top - bottom, right - left];
  return {
    number: page.ref?.num ?? 0,
    annotations: annotations.map(({ id }) => numberOf(id)).sort((a, b) => a - b),
    width,
    height,
    content,
    drawnAnnotations: new Map([...looks].map(([number, look]) => [number, look.content])),
    hasAnnotationOfNoKind: annotations.some(({ subtype }) => !subtype),
    hasDoubtfulAnnotation: annotations.some((annotation) =>
      isDoubtful(annotation, looks.get(numberOf(annotation.id)), options),
    ),
  };
}

type Annotation = Field & {
  id: string;
  subtype?: string;
  annotationFlags?: number;
  hasAppearance?: boolean;
  contentsObj?: { str: string };
  rect: number[] | null;
};
const numberOf = (id: string) => Number(/^(\d+)R/.exec(id)?.[1] ?? 0);

function isDoubtful(
  annotation: Annotation,
  look: Look | undefined,
  { redrawsFields }: { redrawsFields: boolean },
): boolean {
  const { subtype, fieldType, hasAppearance, annotationFlags = 0, rect } = annotation;
  const [left = 0, bottom = 0, right = 0, top = 0] = rect ?? [];
  if (right <= left || top <= bottom) return false;
  // PDFium draws signatures even if their flags hide them.
  if (annotationFlags & unseenFlags) return fieldType === "Sig";
  if (look && showsAnotherValue(annotation, look)) return true;
  if (hasAppearance) return redrawsFields && !latinOnly.test(valuesOf(annotation).join(""));
  if (subtype === "FreeText") return !latinOnly.test(annotation.contentsObj?.str ?? "");
  return hasSomethingToShow(annotation);
}

/** Counts the drawn objects of the page itself and of each annotation, and collects the annotations' letters. */
function drawnBy({ fnArray, argsArray }: Operators): { content: ContentCounts; looks: Map<number, Look> } {
  const page: Look = { content: noContent(), text: "" };
  const looks = new Map<number, Look>();
  let look = page;
  fnArray.forEach((operator, at) => {
    if (operator === OPS.beginAnnotation) {
      look = { content: noContent(), text: "" };
      looks.set(numberOf(argsArray[at][0]), look);
    }
    if (operator === OPS.endAnnotation) look = page;
    // A path that only clips is not counted, since PDFium has no object for it.
    const isDrawn = operator !== OPS.constructPath || argsArray[at][0] !== OPS.endPath;
    const kind = isDrawn && kinds.get(operator);
    if (kind) look.content[kind]++;
    if (kind === "text" && look !== page) look.text += lettersIn(argsArray[at]);
  });
  return { content: page.content, looks };
}

/** The letters of the glyphs that an operator for text draws. Between them stand numbers, which move the next glyph. */
function lettersIn(args: unknown[]): string {
  const glyphs = args.find(Array.isArray) ?? [];
  return glyphs
    .map((glyph: { unicode?: string } | number) => (typeof glyph === "object" && glyph?.unicode) || "")
    .join("");
}

type Font = { name?: string; missingFile?: boolean; composite?: boolean };

function addFonts({ commonObjs }: Page, { missing, composite }: SecondReaderFonts): void {
  for (const [, font] of commonObjs as Iterable<[string, Font | null]>) {
    if (!font?.missingFile) continue;
    const name = plainName(font.name ?? "");
    missing.add(name);
    if (font.composite) composite.add(name);
  }
}
