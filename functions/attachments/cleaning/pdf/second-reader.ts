import { getDocument, OPS } from "unpdf/pdfjs";
import { type Counts, type Kind, nothing, plainName, unseenFlags } from "./findings.ts";
import { refuse } from "./refusal.ts";

/** What pdf.js finds on a page. */
export type OtherPage = {
  /** Number of the page's object in the file, and those of its annotations in ascending order, 0 for one without. */
  number: number;
  annotations: number[];
  width: number;
  height: number;
  content: Counts;
  /** By the number of the annotation: only those that pdf.js draws. */
  drawnAnnotations: Map<number, Counts>;
  hasAnnotationOfNoKind: boolean;
  /** Whether a field was filled in and leaves its look to the reader. */
  hasFieldWithoutLook: boolean;
  /** Whether there are layers, and whether one of them hides anything of this page. */
  layers: "none" | "shown" | "hidden";
  hasPatternOrMask: boolean;
};
export type OtherReading = {
  pages: number;
  page: (index: number) => Promise<OtherPage>;
  fonts: OtherFonts;
};
/** Names of fonts of which the file has no program, without what readers write differently in names. */
export type OtherFonts = { compositeMissing: Set<string>; hasDrawnLetters: boolean };

type Pdf = Awaited<ReturnType<typeof getDocument>["promise"]>;
type Page = Awaited<ReturnType<Pdf["getPage"]>>;
type Operators = Awaited<ReturnType<Page["getOperatorList"]>>;
type Layers = Awaited<ReturnType<Pdf["getOptionalContentConfig"]>>;

const kinds = new Map<number, Kind>([
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
export async function readByOther(file: Uint8Array): Promise<OtherReading> {
  const options = { data: new Uint8Array(file), fontExtraProperties: true, disableFontFace: true, verbosity: 0 };
  const pdf = await getDocument(options).promise.catch((cause) => refuse("unreadable", cause));
  const layers = await pdf.getOptionalContentConfig();
  refuseDoubtfulLayers(layers);
  const fonts: OtherFonts = { compositeMissing: new Set(), hasDrawnLetters: false };
  return {
    pages: pdf.numPages,
    fonts,
    page: async (index) => {
      const read = await readPage(pdf, index).catch((cause) => refuse("unreadable", cause));
      addFonts(read.page, fonts);
      // Its pictures would be kept until the last page.
      read.page.cleanup();
      return pageOf({ ...read, layers });
    },
  };
}

type Read = { page: Page; operators: Operators; annotations: Annotation[] };

async function readPage(pdf: Pdf, index: number): Promise<Read> {
  const page = await pdf.getPage(index + 1);
  return { page, operators: await page.getOperatorList(), annotations: await page.getAnnotations({ intent: "any" }) };
}

type Group = { visible: boolean; intent: string[] | null; usage: { view: { viewState: string } | null } };

/** A layer that is shown on screens, as its use says, and yet off, or the other way round: readers differ. */
function refuseDoubtfulLayers(layers: Layers): void {
  for (const { visible, intent, usage } of groupsOf(layers)) {
    if (usage.view && (usage.view.viewState === "ON") !== visible) refuse("unreadable");
    if (!visible && intent && !intent.includes("View")) refuse("unreadable");
  }
}

function groupsOf(layers: Layers): Group[] {
  return [...layers].map(([, group]: [string, Group]) => group);
}

function pageOf({ page, operators, annotations, layers }: Read & { layers: Layers }): OtherPage {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const [wide, high] = page.rotate % 180 === 0 ? [right - left, top - bottom] : [top - bottom, right - left];
  return {
    number: page.ref?.num ?? 0,
    annotations: annotations.map(({ id }) => numberOf(id)).sort((a, b) => a - b),
    width: wide,
    height: high,
    ...countsOf(operators),
    hasAnnotationOfNoKind: annotations.some(({ subtype }) => !subtype),
    hasFieldWithoutLook: annotations.some(isFilledWithoutLook),
    layers: layersOf(operators, layers),
    hasPatternOrMask: operators.argsArray.some((args) => isPatternOrMask(args?.[0])),
  };
}

type Annotation = {
  id: string;
  subtype?: string;
  annotationFlags?: number;
  hasAppearance?: boolean;
  fieldType?: string | null;
  fieldValue?: unknown;
  rect: number[];
};
const numberOf = (id: string) => Number(/^(\d+)R/.exec(id)?.[1] ?? 0);

function isFilledWithoutLook({ subtype, fieldType, hasAppearance, fieldValue, annotationFlags = 0, rect }: Annotation) {
  if (subtype !== "Widget" || fieldType === "Btn" || fieldType === "Sig" || hasAppearance) return false;
  const [left = 0, bottom = 0, right = 0, top = 0] = rect;
  const isShown = (annotationFlags & unseenFlags) === 0 && right > left && top > bottom;
  return isShown && [fieldValue].flat().some((value) => typeof value === "string" && value !== "");
}

/** Counts what is drawn, on the page itself and for each annotation. */
function countsOf({ fnArray, argsArray }: Operators): Pick<OtherPage, "content" | "drawnAnnotations"> {
  const content = nothing();
  const drawnAnnotations = new Map<number, Counts>();
  let part = content;
  fnArray.forEach((operator, at) => {
    if (operator === OPS.beginAnnotation) {
      part = nothing();
      drawnAnnotations.set(numberOf(argsArray[at][0]), part);
    }
    if (operator === OPS.endAnnotation) part = content;
    const kind = kinds.get(operator);
    if (kind) part[kind]++;
  });
  return { content, drawnAnnotations };
}

function layersOf({ fnArray, argsArray }: Operators, layers: Layers): OtherPage["layers"] {
  const groups = groupsOf(layers);
  const marks = argsArray.filter((args, at) => fnArray[at] === OPS.beginMarkedContentProps && args[0] === "OC");
  if (groups.length === 0 && marks.length === 0) return "none";
  const isShown = groups.every(({ visible }) => visible) && marks.every(([, mark]) => layers.isVisible(mark));
  return isShown ? "shown" : "hidden";
}

function isPatternOrMask(argument: unknown): boolean {
  if (argument === "TilingPattern") return true;
  return typeof argument === "object" && argument !== null && "smask" in argument && Boolean(argument.smask);
}

type Font = { name?: string; missingFile?: boolean; composite?: boolean; charProcOperatorList?: object };

function addFonts({ commonObjs }: Page, fonts: OtherFonts): void {
  for (const [, font] of commonObjs as Iterable<[string, Font | null]>) {
    if (font?.charProcOperatorList) fonts.hasDrawnLetters = true;
    if (font?.missingFile && font.composite) fonts.compositeMissing.add(plainName(font.name ?? ""));
  }
}
