import { init } from "@embedpdf/pdfium";
import { newProgram } from "../pictures/codec-instance.ts";
import { refuse } from "./refusal.ts";

/** PDFium may take this much memory; honest files of 10 MB take less than 300 MB. */
const largestMemory = 512 * 1_024 * 1_024;

type Program = Awaited<ReturnType<typeof init>>;
/** PDFium with one open document. Its functions take and return addresses in PDFium's own memory. */
export type Pdfium = Program & { document: number; form: number; pages: number };

/** Codes of `FPDF_GetLastError` for a document that wants a password, or another kind of key. */
const locked = [4, 5];

/** What `FPDF_GetFormType` calls a form whose page is but a request to open it in another program. */
const drawnByScript = 2;

/**
 * Whether an update says that objects are free in a table of the older kind. PDFium overlooks that and draws them, even where
 * nothing can be counted, as in patterns. Tables are plain text; what comes before the first end of one takes nothing back.
 */
function freesObjects(file: Uint8Array): boolean {
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  const sections = text
    .slice(text.indexOf("startxref"))
    .matchAll(/(\d{1,10}) \d{1,10}\s{1,4}((?:\d{10} \d{5} [nf]\s{1,2})+)/g);
  return sections.some(([, first, rows = ""]) => (first === "0" ? rows.slice(20) : rows).includes("f"));
}

/** Opens a file in a PDFium of its own. Refuses what PDFium cannot open, and what it could only guess from damaged tables. */
export async function openPdfium(file: Uint8Array): Promise<Pdfium> {
  const program = await newProgram<Program>({
    codec: "pdfium",
    start: (options) => init(options as object),
    largestMemory,
  });
  return inPdfium(() => {
    program.PDFiumExt_Init();
    const at = program.pdfium.wasmExports.malloc(file.length);
    if (!at) refuse("too-much-inside");
    memoryOf(program).set(file, at);
    const document = program.FPDF_LoadMemDocument(at, file.length, "");
    if (!document) refuse(locked.includes(program.FPDF_GetLastError()) ? "locked" : "unreadable");
    // Another reader repairs the same damage in another way, and shows another page.
    if (!program.FPDF_DocumentHasValidCrossReferenceTable(document)) refuse("unreadable");
    if (freesObjects(file) || program.FPDF_GetFormType(document) === drawnByScript) refuse("unreadable");
    const form = program.PDFiumExt_InitFormFillEnvironment(document, program.PDFiumExt_OpenFormFillInfo());
    program.FPDF_SetFormFieldHighlightAlpha(form, 0);
    return Object.assign(program, { document, form, pages: program.FPDF_GetPageCount(document) });
  });
}

/** Runs calls of PDFium. A file on which the program aborts, for want of memory or otherwise, has too much inside. */
export function inPdfium<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    const isAbort = error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
    if (isAbort) refuse("too-much-inside", error);
    throw error;
  }
}

/** PDFium's memory as it is now; it moves whenever it grows. */
export function memoryOf({ pdfium }: Program): Uint8Array<ArrayBuffer> {
  const { memory } = pdfium.wasmExports as unknown as { memory: { buffer: ArrayBuffer } };
  return new Uint8Array(memory.buffer);
}
