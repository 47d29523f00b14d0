import { inflateRawSync, inflateSync } from "node:zlib";
import ExifReader from "exifreader";
import { parseBuffer } from "music-metadata";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import "pdfjs-dist/legacy/build/pdf.worker.mjs";

const bounded = { maxOutputLength: 32 * 1024 * 1024 };

/** The file's bytes, and those of everything in it that is deflated, as one text of Latin characters. */
export function inflatedContent(file: Buffer): string {
  const texts = [file.toString("latin1")];
  for (let at = 0; at + 2 < file.length; at++) {
    // The head of a zlib stream: its method, and a checksum over both bytes.
    if ((file[at] ?? 0) % 16 === 8 && file.readUInt16BE(at) % 31 === 0) texts.push(inflated(file.subarray(at)));
  }
  return texts.join("\n");
}

function inflated(stream: Buffer): string {
  for (const inflate of [inflateSync, inflateRawSync]) {
    try {
      return inflate(stream, { ...bounded, finishFlush: 2 }).toString("latin1");
    } catch {
      // Not one after all.
    }
  }
  return "";
}

/** Whether a marker stands in it, as it is or in the two-byte characters of Windows and PDF. */
export function containsMarker(inside: string, marker: string): boolean {
  const wide = (endian: "utf16le" | "be") => {
    const bytes = Buffer.from(marker, "utf16le");
    return (endian === "be" ? bytes.swap16() : bytes).toString("latin1");
  };
  return [marker, wide("utf16le"), wide("be"), Buffer.from(marker).toString("hex")].some((form) =>
    inside.toLowerCase().includes(form.toLowerCase()),
  );
}

/** What other people's readers find in a file: anything that tells of somebody, and how it is seen and heard. */
export type FileReading = {
  personal: Record<string, unknown>;
  width?: number;
  height?: number;
  pages?: number;
  seconds?: number;
};

export async function readWithOtherLibraries(file: Buffer, contentType: string): Promise<FileReading> {
  if (contentType.startsWith("image/")) return ofPicture(file);
  return contentType === "application/pdf" ? ofPdf(file) : ofRecording(file, contentType);
}

/** What every picture has: how large it is and how it is coded. */
const structure =
  /^(Image (Width|Height)|Bits Per Sample|Bit Depth|Animation|ImageWidth|ImageHeight|Color (Type|Components)|Subsampling|FileType|Compression|Filter|Interlace|JFIF .*|Resolution Unit|[XY]Resolution|JFIF Thumbnail (Width|Height)|Alpha|ColorSpace)$/;

function ofPicture(file: Buffer): FileReading {
  const tags = ExifReader.load(file, { expanded: false, includeUnknown: true });
  const value = (name: string) => Number(tags[name]?.value ?? Number.NaN);
  const personal = Object.entries(tags).filter(([name]) => !structure.test(name));
  return {
    personal: Object.fromEntries(personal.map(([name, tag]) => [name, tag.description])),
    // Of a plain WebP it knows no size.
    ...(tags["Image Width"] && { width: value("Image Width"), height: value("Image Height") }),
  };
}

async function ofPdf(file: Buffer): Promise<FileReading> {
  const pdf = await getDocument({ data: new Uint8Array(file), verbosity: 0 }).promise;
  const { info, metadata } = await pdf.getMetadata();
  const { PDFFormatVersion: _, Language, EncryptFilterName, ...flags } = info as Record<string, unknown>;
  const set = Object.entries({ ...flags, Language, EncryptFilterName, ...metadata }).filter(([, one]) => one);
  const outline = await pdf.getOutline();
  const attached = await pdf.getAttachments();
  const scripts = await pdf.getJSActions();
  const all = { ...Object.fromEntries(set), outline, attached, scripts };
  return { personal: Object.fromEntries(Object.entries(all).filter(([, one]) => one)), pages: pdf.numPages };
}

async function ofRecording(file: Buffer, mimeType: string): Promise<FileReading> {
  const { common, native, format } = await parseBuffer(new Uint8Array(file), { mimeType }, { duration: true });
  const { track: _track, disk: _disk, movementIndex: _movement, ...said } = common;
  const found = Object.entries(said).filter(([, one]) => one !== undefined && one !== null);
  const noted = Object.values(native).flat();
  return {
    personal: { ...Object.fromEntries(found), ...Object.fromEntries(noted.map(({ id, value }) => [id, value])) },
    seconds: format.duration ?? Number.NaN,
  };
}
