import { init } from "@embedpdf/pdfium";
import { newProgram } from "../codec-instance.ts";
import { hasAmbiguousTable } from "./doubts.ts";
import { refusePdf } from "./findings.ts";

/** Bytes of PDFium's memory. Honest files of 10 MB need less than 300 MB. */
const largestMemory = 512 * 1_024 * 1_024;

type Program = Awaited<ReturnType<typeof init>>;
/** PDFium with one open document. Its functions take and return addresses in PDFium's own memory. */
export type Pdfium = Program & {
  document: number;
  form: number;
  pages: number;
  /** All objects of the file as PDFium rewrites them, without the content of streams. */
  objects: string;
};

/** Bytes of the file as PDFium rewrites it. Honest files of 10 MB have less. */
const largestObjects = 64 * 1_024 * 1_024;

/** The codes of `FPDF_GetLastError` for a document that needs a password or another key. */
const locked = [4, 5];

/** The result of `FPDF_GetFormType` for a full XFA form. Its page only asks to open the file in another program. */
const drawnByScript = 2;

/**
 * Opens a file in a PDFium instance of its own. Refuses a file that PDFium cannot open, and a file whose damaged cross-reference
 * table PDFium would have to guess.
 */
export async function openPdfium(file: Uint8Array): Promise<Pdfium> {
  const program = await newProgram<Program>({
    codec: "pdfium",
    start: (options) => init(options as object),
    largestMemory,
  });
  return runInPdfium(() => {
    program.PDFiumExt_Init();
    const at = program.pdfium.wasmExports.malloc(file.length);
    if (!at) refusePdf("too-complex");
    memoryOf(program).set(file, at);
    const document = program.FPDF_LoadMemDocument(at, file.length, "");
    if (!document) refusePdf(locked.includes(program.FPDF_GetLastError()) ? "password-protected" : "unreadable");
    // Another reader may repair the same damage in another way and show another page.
    if (!program.FPDF_DocumentHasValidCrossReferenceTable(document)) refusePdf("unreadable");
    if (hasAmbiguousTable(file) || program.FPDF_GetFormType(document) === drawnByScript) refusePdf("hidden-content");
    const objects = rewrittenObjects(program, document);
    const form = program.PDFiumExt_InitFormFillEnvironment(document, program.PDFiumExt_OpenFormFillInfo());
    program.FPDF_SetFormFieldHighlightAlpha(form, 0);
    return Object.assign(program, { document, form, objects, pages: program.FPDF_GetPageCount(document) });
  });
}

function rewrittenObjects(program: Program, document: number): string {
  const writer = program.PDFiumExt_OpenFileWriter();
  if (!program.PDFiumExt_SaveAsCopy(document, writer)) refusePdf("unreadable");
  const size = program.PDFiumExt_GetFileWriterSize(writer);
  const at = size <= largestObjects ? program.pdfium.wasmExports.malloc(size) : 0;
  if (!at) refusePdf("too-complex");
  program.PDFiumExt_GetFileWriterData(writer, at, size);
  const written = Buffer.from(memoryOf(program).slice(at, at + size)).toString("latin1");
  program.pdfium.wasmExports.free(at);
  program.PDFiumExt_CloseFileWriter(writer);
  return withoutStreams(written);
}

/**
 * The objects of a file as PDFium writes it, without the content of streams. The table at the end says where each object begins:
 * a stream may contain the words that end streams and objects. Outside of streams, PDFium writes no text with a line end in it.
 */
export function withoutStreams(written: string): string {
  const table = Number(/\r\nstartxref\r\n(\d+)\r\n%%EOF\r\n$/.exec(written)?.[1] ?? refusePdf("unreadable"));
  const rows = written.slice(table).matchAll(/(\d{10}) 00000 n\r\n/g);
  const starts = [...Array.from(rows, ([, start]) => Number(start)), table].sort((one, other) => one - other);
  const objects = starts.slice(0, -1).map((start, at) => {
    const [head = "", ...content] = written.slice(start, starts[at + 1]).split("stream\r\n");
    return content.length > 0 ? `${head}\r\nendobj\r\n` : head;
  });
  return objects.join("") + written.slice(table);
}

/** Runs calls of PDFium. Where PDFium aborts, for example without memory, the file is refused as `too-complex`. */
export function runInPdfium<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    const isAbort = error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
    if (isAbort) refusePdf("too-complex", error);
    throw error;
  }
}

/** PDFium's memory. It must be fetched anew after each call, because it moves when it grows. */
export function memoryOf({ pdfium }: Program): Uint8Array<ArrayBuffer> {
  const { memory } = pdfium.wasmExports as unknown as { memory: { buffer: ArrayBuffer } };
  return new Uint8Array(memory.buffer);
}
