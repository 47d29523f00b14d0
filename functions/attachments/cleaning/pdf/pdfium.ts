import { init } from "@embedpdf/pdfium";
import { newProgram } from "../pictures/codec-instance.ts";
import { hasAmbiguousTable } from "./doubts.ts";
import { refusePdf } from "./findings.ts";

/** PDFium may take this much memory; honest files of 10 MB take less than 300 MB. */
const largestMemory = 512 * 1_024 * 1_024;

type Program = Awaited<ReturnType<typeof init>>;
/** PDFium with one open document. Its functions take and return addresses in PDFium's own memory. */
export type Pdfium = Program & {
  document: number;
  form: number;
  pages: number;
  /** All objects of the file in one spelling, without what streams hold. */
  objects: string;
};

/** Bytes of a file that PDFium writes anew; honest files of 10 MB have less. */
const largestObjects = 64 * 1_024 * 1_024;

/** Codes of `FPDF_GetLastError` for a document that wants a password, or another kind of key. */
const locked = [4, 5];

/** What `FPDF_GetFormType` calls a form whose page is but a request to open it in another program. */
const drawnByScript = 2;

/** Opens a file in a PDFium of its own. Refuses what PDFium cannot open, and what it could only guess from damaged tables. */
export async function openPdfium(file: Uint8Array): Promise<Pdfium> {
  const program = await newProgram<Program>({
    codec: "pdfium",
    start: (options) => init(options as object),
    largestMemory,
  });
  return runInPdfium(() => {
    program.PDFiumExt_Init();
    const at = program.pdfium.wasmExports.malloc(file.length);
    if (!at) refusePdf("too-much-inside");
    memoryOf(program).set(file, at);
    const document = program.FPDF_LoadMemDocument(at, file.length, "");
    if (!document) refusePdf(locked.includes(program.FPDF_GetLastError()) ? "locked" : "unreadable");
    // Another reader repairs the same damage in another way, and shows another page.
    if (!program.FPDF_DocumentHasValidCrossReferenceTable(document)) refusePdf("unreadable");
    if (hasAmbiguousTable(file) || program.FPDF_GetFormType(document) === drawnByScript) refusePdf("unreadable");
    const objects = objectsOf(program, document);
    const form = program.PDFiumExt_InitFormFillEnvironment(document, program.PDFiumExt_OpenFormFillInfo());
    program.FPDF_SetFormFieldHighlightAlpha(form, 0);
    return Object.assign(program, { document, form, objects, pages: program.FPDF_GetPageCount(document) });
  });
}

function objectsOf(program: Program, document: number): string {
  const writer = program.PDFiumExt_OpenFileWriter();
  if (!program.PDFiumExt_SaveAsCopy(document, writer)) refusePdf("unreadable");
  const size = program.PDFiumExt_GetFileWriterSize(writer);
  const at = size <= largestObjects ? program.pdfium.wasmExports.malloc(size) : 0;
  if (!at) refusePdf("too-much-inside");
  program.PDFiumExt_GetFileWriterData(writer, at, size);
  const written = Buffer.from(memoryOf(program).slice(at, at + size)).toString("latin1");
  program.pdfium.wasmExports.free(at);
  program.PDFiumExt_CloseFileWriter(writer);
  return written.replace(/stream\r\n.*?endstream/gs, "");
}

/** Runs calls of PDFium. A file on which the program aborts, for want of memory or otherwise, has too much inside. */
export function runInPdfium<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    const isAbort = error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
    if (isAbort) refusePdf("too-much-inside", error);
    throw error;
  }
}

/** PDFium's memory as it is now; it moves whenever it grows. */
export function memoryOf({ pdfium }: Program): Uint8Array<ArrayBuffer> {
  const { memory } = pdfium.wasmExports as unknown as { memory: { buffer: ArrayBuffer } };
  return new Uint8Array(memory.buffer);
}
