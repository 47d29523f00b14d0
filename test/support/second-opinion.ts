import ExifReader from "exifreader";
import { parseBuffer } from "music-metadata";
import { extractText, getDocumentProxy, getMeta } from "unpdf";

/** What other people's readers find in a file: anything that tells of somebody, and how it is seen and heard. */
export type Opinion = {
  personal: Record<string, unknown>;
  width?: number;
  height?: number;
  pages?: number;
  seconds?: number;
};

export async function opinionOf(file: Buffer, contentType: string): Promise<Opinion> {
  if (contentType.startsWith("image/")) return ofPicture(file);
  return contentType === "application/pdf" ? ofPdf(file) : ofRecording(file, contentType);
}

/** What every picture has: how large it is and how it is coded. */
const structure =
  /^(Image (Width|Height)|Bits Per Sample|Bit Depth|Animation|ImageWidth|ImageHeight|Color (Type|Components)|Subsampling|FileType|Compression|Filter|Interlace|JFIF .*|Resolution Unit|[XY]Resolution|JFIF Thumbnail (Width|Height)|Alpha|ColorSpace)$/;

function ofPicture(file: Buffer): Opinion {
  const tags = ExifReader.load(file, { expanded: false, includeUnknown: true });
  const value = (name: string) => Number(tags[name]?.value ?? Number.NaN);
  const personal = Object.entries(tags).filter(([name]) => !structure.test(name));
  return {
    personal: Object.fromEntries(personal.map(([name, tag]) => [name, tag.description])),
    // Of a plain WebP it knows no size.
    ...(tags["Image Width"] && { width: value("Image Width"), height: value("Image Height") }),
  };
}

async function ofPdf(file: Buffer): Promise<Opinion> {
  const pdf = await getDocumentProxy(new Uint8Array(file));
  const { info, metadata } = await getMeta(pdf);
  const { PDFFormatVersion: _, Language, EncryptFilterName, ...flags } = info;
  const set = Object.entries({ ...flags, Language, EncryptFilterName, ...metadata }).filter(([, one]) => one);
  const outline = await pdf.getOutline();
  const attached = await pdf.getAttachments();
  const scripts = await pdf.getJSActions();
  const { totalPages } = await extractText(pdf, { mergePages: true });
  const all = { ...Object.fromEntries(set), outline, attached, scripts };
  return { personal: Object.fromEntries(Object.entries(all).filter(([, one]) => one)), pages: totalPages };
}

async function ofRecording(file: Buffer, mimeType: string): Promise<Opinion> {
  const { common, native, format } = await parseBuffer(new Uint8Array(file), { mimeType }, { duration: true });
  const { track: _track, disk: _disk, movementIndex: _movement, ...said } = common;
  const found = Object.entries(said).filter(([, one]) => one !== undefined && one !== null);
  // Programs name themselves; no person does.
  const noted = Object.values(native)
    .flat()
    .filter(({ value }) => !/^mediabunny/i.test(String(value)));
  return {
    personal: {
      ...Object.fromEntries(found.filter(([, one]) => !/^mediabunny/i.test(String(one)))),
      ...Object.fromEntries(noted.map(({ id, value }) => [id, value])),
    },
    seconds: format.duration ?? Number.NaN,
  };
}
