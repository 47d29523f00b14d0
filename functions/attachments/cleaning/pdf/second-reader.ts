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

/** What pdf.js finds on a page. */
export type SecondReaderPage = {
  /** Number of the page's object in the file, and those of its annotations in ascending order, 0 for one without. */
  number: number;
  annotations: number[];
  width: number;
  height: number;
  content: ContentCounts;
  /** By the number of the annotation: only those that pdf.js draws. */
  drawnAnnotations: Map<number, ContentCounts>;
  hasAnnotationOfNoKind: boolean;
  /** Whether an annotation leaves to the reader how its text or its choice looks, or PDFium draws it though it is hidden. */
  hasDoubtfulAnnotation: boolean;
};
export type SecondReaderResult = {
  pages: number;
  hidesLayers: boolean;
  page: (index: number) => Promise<SecondReaderPage>;
  fonts: SecondReaderFonts;
};
/** Names of fonts of which the file has no program, without what readers write differently in names. */
export type SecondReaderFonts = {
  missing: Set<string>;
  /** Those of which the names of letters do not say what PDFium would draw. */
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

/** Reads a file by pdf.js, another program than the one that draws it. */
export async function readWithSecondReader(
  file: Uint8Array,
  how: { redrawsFields: boolean },
): Promise<SecondReaderResult> {
  const options = { data: new Uint8Array(file), fontExtraProperties: true, disableFontFace: true, verbosity: 0 };
  const pdf = await getDocument(options).promise.catch((cause) => refusePdf("unreadable", cause));
  const layers = await pdf.getOptionalContentConfig();
  const fonts: SecondReaderFonts = { missing: new Set(), unclear: new Set() };
  return {
    pages: pdf.numPages,
    hidesLayers: [...layers].some(([, { visible }]: [string, { visible: boolean }]) => !visible),
    fonts,
    page: async (index) => {
      const read = await readPage(pdf, index).catch((cause) => refusePdf("unreadable", cause));
      addFonts(read.page, fonts);
      // Its pictures would be kept until the last page.
      read.page.cleanup();
      return pageOf(read, how);
    },
  };
}

type Read = { page: Page; operators: Operators; annotations: Annotation[] };

async function readPage(pdf: Pdf, index: number): Promise<Read> {
  const page = await pdf.getPage(index + 1);
  return { page, operators: await page.getOperatorList(), annotations: await page.getAnnotations({ intent: "any" }) };
}

function pageOf({ page, operators, annotations }: Read, how: { redrawsFields: boolean }): SecondReaderPage {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const [wide, high] = page.rotate % 180 === 0 ? [right - left, top - bottom] : [top - bottom, right - left];
  return {
    number: page.ref?.num ?? 0,
    annotations: annotations.map(({ id }) => numberOf(id)).sort((a, b) => a - b),
    width: wide,
    height: high,
    ...countsOf(operators),
    hasAnnotationOfNoKind: annotations.some(({ subtype }) => !subtype),
    hasDoubtfulAnnotation: annotations.some((annotation) => isDoubtful(annotation, how)),
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
  // PDFium draws signatures whatever their flags say.
  if (annotationFlags & unseenFlags) return fieldType === "Sig";
  if (hasAppearance) return redrawsFields && !latinOnly.test(valuesOf(annotation).join(""));
  if (subtype === "FreeText") return !latinOnly.test(annotation.contentsObj?.str ?? "");
  const hasList = !annotation.combo && (annotation.options ?? []).length > 0;
  return valuesOf(annotation).length > 0 || hasList;
}

/** What a field holds; a button that is off holds nothing. */
function valuesOf({ fieldType, fieldValue }: Annotation): string[] {
  const empty = fieldType === "Btn" ? ["", "Off"] : [""];
  return [fieldValue].flat().filter((value): value is string => typeof value === "string" && !empty.includes(value));
}

/** Counts what is drawn, on the page itself and for each annotation. */
function countsOf({ fnArray, argsArray }: Operators): Pick<SecondReaderPage, "content" | "drawnAnnotations"> {
  const content = noContent();
  const drawnAnnotations = new Map<number, ContentCounts>();
  let part = content;
  fnArray.forEach((operator, at) => {
    if (operator === OPS.beginAnnotation) {
      part = noContent();
      drawnAnnotations.set(numberOf(argsArray[at][0]), part);
    }
    if (operator === OPS.endAnnotation) part = content;
    // A path that only clips is none of PDFium's objects.
    const isDrawn = operator !== OPS.constructPath || argsArray[at][0] !== OPS.endPath;
    const kind = isDrawn && kinds.get(operator);
    if (kind) part[kind]++;
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
