import { getDocument, OPS } from "unpdf/pdfjs";
import {
  type ContentCounts,
  type ContentKind,
  isStandard,
  latinOnly,
  noContent,
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
};
type SecondReaderResult = {
  pages: number;
  hidesLayers: boolean;
  page: (index: number) => Promise<SecondReaderPage>;
  fonts: SecondReaderFonts;
};
/** Fonts that the file names but does not contain, by their plain names (`plainName`). */
export type SecondReaderFonts = {
  missing: Set<string>;
  /** Missing fonts with letters of their own: the letters' codes do not say which letters PDFium would draw. */
  unclear: Set<string>;
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
  const source = { data: new Uint8Array(file), fontExtraProperties: true, disableFontFace: true, verbosity: 0 };
  const pdf = await getDocument(source).promise.catch((cause) => refusePdf("unreadable", cause));
  const layers = await pdf.getOptionalContentConfig();
  const fonts: SecondReaderFonts = { missing: new Set(), unclear: new Set() };
  return {
    pages: pdf.numPages,
    hidesLayers: [...layers].some(([, { visible }]: [string, { visible: boolean }]) => !visible),
    fonts,
    page: async (index) => {
      const read = await readPage(pdf, index).catch((cause) => refusePdf("unreadable", cause));
      addFonts(read.page, fonts);
      // Without this, pdf.js would keep the page's pictures in memory until the last page.
      read.page.cleanup();
      return pageOf(read, options);
    },
  };
}

type PageParts = { page: Page; operators: Operators; annotations: Annotation[] };

async function readPage(pdf: Pdf, index: number): Promise<PageParts> {
  const page = await pdf.getPage(index + 1);
  return { page, operators: await page.getOperatorList(), annotations: await page.getAnnotations({ intent: "any" }) };
}

function pageOf({ page, operators, annotations }: PageParts, options: { redrawsFields: boolean }): SecondReaderPage {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const [width, height] = page.rotate % 180 === 0 ? [right - left, top - bottom] : [top - bottom, right - left];
  return {
    number: page.ref?.num ?? 0,
    annotations: annotations.map(({ id }) => numberOf(id)).sort((a, b) => a - b),
    width,
    height,
    ...countsOf(operators),
    hasAnnotationOfNoKind: annotations.some(({ subtype }) => !subtype),
    hasDoubtfulAnnotation: annotations.some((annotation) => isDoubtful(annotation, options)),
  };
}

type Annotation = {
  id: string;
  subtype?: string;
  annotationFlags?: number;
  hasAppearance?: boolean;
  fieldType?: string | null;
  fieldValue?: unknown;
  options?: unknown[];
  combo?: boolean;
  contentsObj?: { str: string };
  rect: number[] | null;
};
const numberOf = (id: string) => Number(/^(\d+)R/.exec(id)?.[1] ?? 0);

function isDoubtful(annotation: Annotation, { redrawsFields }: { redrawsFields: boolean }): boolean {
  const { subtype, fieldType, hasAppearance, annotationFlags = 0, rect } = annotation;
  const [left = 0, bottom = 0, right = 0, top = 0] = rect ?? [];
  if (right <= left || top <= bottom) return false;
  // PDFium draws signatures even if their flags hide them.
  if (annotationFlags & unseenFlags) return fieldType === "Sig";
  if (hasAppearance) return redrawsFields && !latinOnly.test(valuesOf(annotation).join(""));
  if (subtype === "FreeText") return !latinOnly.test(annotation.contentsObj?.str ?? "");
  const hasList = !annotation.combo && (annotation.options ?? []).length > 0;
  return valuesOf(annotation).length > 0 || hasList;
}

/** The values of a form field. A button that is off has none. */
function valuesOf({ fieldType, fieldValue }: Annotation): string[] {
  const empty = fieldType === "Btn" ? ["", "Off"] : [""];
  return [fieldValue].flat().filter((value): value is string => typeof value === "string" && !empty.includes(value));
}

/** Counts the drawn objects of the page itself and of each annotation. */
function countsOf({ fnArray, argsArray }: Operators): Pick<SecondReaderPage, "content" | "drawnAnnotations"> {
  const content = noContent();
  const drawnAnnotations = new Map<number, ContentCounts>();
  let counts = content;
  fnArray.forEach((operator, at) => {
    if (operator === OPS.beginAnnotation) {
      counts = noContent();
      drawnAnnotations.set(numberOf(argsArray[at][0]), counts);
    }
    if (operator === OPS.endAnnotation) counts = content;
    // A path that only clips is not counted, since PDFium has no object for it.
    const isDrawn = operator !== OPS.constructPath || argsArray[at][0] !== OPS.endPath;
    const kind = isDrawn && kinds.get(operator);
    if (kind) counts[kind]++;
  });
  return { content, drawnAnnotations };
}

type Font = {
  name?: string;
  missingFile?: boolean;
  composite?: boolean;
  differences?: unknown[];
  isSymbolicFont?: boolean;
};

function addFonts({ commonObjs }: Page, fonts: SecondReaderFonts): void {
  for (const [, font] of commonObjs as Iterable<[string, Font | null]>) {
    if (!font?.missingFile) continue;
    const name = plainName(font.name ?? "");
    fonts.missing.add(name);
    const hasOwnLetters = !isStandard(name) && (font.isSymbolicFont || (font.differences ?? []).length > 0);
    if (font.composite || hasOwnLetters) fonts.unclear.add(name);
  }
}
