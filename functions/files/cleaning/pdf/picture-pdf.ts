import { deflateSync } from "node:zlib";
import type { Size } from "../pictures/picture.ts";
import { refusePdf } from "./findings.ts";

/** Bytes. */
const largestCopy = 64 * 1_024 * 1_024;

/**
 * A page that is one picture. The page's size is in points, the picture's size in pixels. `read`: the entries of the image's
 * dictionary that say how its bytes are decoded.
 */
type PicturePage = Size & { picture: Size & { bytes: Uint8Array; read: string } };

export const greys = "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode";
export const photo = "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode";

/** A PDF that is being written. It holds only pictures and their sizes. `places`: the offset of each object. */
type PicturePdf = { parts: Uint8Array[]; length: number; places: Map<number, number>; pages: number };

export function newPicturePdf(): PicturePdf {
  const head = Buffer.from("%PDF-1.5\n");
  return { parts: [head], length: head.length, places: new Map(), pages: 0 };
}

/** The number of a page's first object. Objects 1 and 2 are the catalog and the list of pages; each page has three objects. */
const numberOf = (page: number) => 3 * page + 3;

export function addPage(pdf: PicturePdf, { width, height, picture: { bytes, read, ...pixels } }: PicturePage): void {
  const [page, content, image] = [0, 1, 2].map((next) => numberOf(pdf.pages) + next);
  const [pageWidth, pageHeight] = [rounded(width), rounded(height)];
  writeObject(pdf, page, [
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${pageWidth} ${pageHeight}]/Contents ${content} 0 R/Resources<</XObject<</P ${image} 0 R>>>>>>`,
  ]);
  writeObject(pdf, content, stream("", Buffer.from(`${pageWidth} 0 0 ${pageHeight} 0 0 cm /P Do`)));
  const size = `/Width ${pixels.width}/Height ${pixels.height}`;
  writeObject(pdf, image, stream(`/Type/XObject/Subtype/Image${size}${read}`, bytes));
  pdf.pages++;
}

/** Finishes the PDF with its catalog, list of pages and cross-reference table, and returns its bytes. */
export function bytesOf(pdf: PicturePdf): Uint8Array {
  const kids = Array.from({ length: pdf.pages }, (_, page) => `${numberOf(page)} 0 R`).join(" ");
  writeObject(pdf, 1, ["<</Type/Catalog/Pages 2 0 R>>"]);
  writeObject(pdf, 2, [`<</Type/Pages/Count ${pdf.pages}/Kids[${kids}]>>`]);
  const places = [...pdf.places].sort(([one], [other]) => one - other).map(([, place]) => place);
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = places.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R>>\n`;
  return Buffer.concat([...pdf.parts, Buffer.from(`${table}startxref\n${pdf.length}\n%%EOF\n`)]);
}

function writeObject(pdf: PicturePdf, number = 0, written: (string | Uint8Array)[] = []): void {
  pdf.places.set(number, pdf.length);
  for (const part of [`${number} 0 obj\n`, ...written, "\nendobj\n"]) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    pdf.parts.push(bytes);
    pdf.length += bytes.length;
  }
  if (pdf.length > largestCopy) refusePdf("too-complex");
}

function stream(dictionary: string, bytes: Uint8Array): (string | Uint8Array)[] {
  return [`<<${dictionary}/Length ${bytes.length}>>\nstream\n`, bytes, "\nendstream"];
}

const rounded = (points: number) => Number(points.toFixed(3));

/** The picture in greys, compressed; undefined if a pixel has a colour. */
export function packedGreys({ rgba, width, height }: Size & { rgba: Uint8ClampedArray }): Uint8Array | undefined {
  const packed = new Uint8Array(width * height);
  for (let at = 0; at < packed.length; at++) {
    const grey = rgba[at * 4] ?? 0;
    if (rgba[at * 4 + 1] !== grey || rgba[at * 4 + 2] !== grey) return undefined;
    packed[at] = grey;
  }
  return deflateSync(packed);
}
