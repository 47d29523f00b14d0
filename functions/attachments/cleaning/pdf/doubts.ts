/**
 * What readers of PDF understand differently, found by the words of a file. A file that has such a thing is refused: nothing
 * has to be understood then.
 */

/** A row of a table of places, of 20 bytes: an object of the first generation, or one that is free. */
const row = /\d{10} (?:00000 n|\d{5} f)(?: \r| \n|\r\n)/.source;
const table = new RegExp(`xref[ \\r\\n]+((?:\\d+ \\d+[ \\r\\n]+(?:${row})*)*)trailer`, "y");
const section = new RegExp(`(\\d+) (\\d+)[ \\r\\n]+((?:${row})*)`, "g");
const end = /startxref\s+\d+\s+%%EOF/y;
/** A dictionary behind a table that updates no other table, and that can be read without understanding strings and comments. */
const firstOfAll = /(?:(?!\/Prev)[^%(#]){0,4000}?startxref/y;

/**
 * Whether a table of places says what PDFium overlooks: that an update frees an object, that an object has a later generation,
 * or one number twice. A table that is not in its plain form counts, too.
 */
export function hasAmbiguousTable(file: Uint8Array): boolean {
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  return text
    .matchAll(/(start)?xref/g)
    .some(({ index, 1: start }) => !(start ? matchAt(end, { text, index }) : isPlainTable({ text, index })));
}

function isPlainTable({ text, index }: { text: string; index: number }): boolean {
  const found = matchAt(table, { text, index });
  if (!found) return false;
  let next = 0;
  let frees = false;
  for (const [, first, count, rows = ""] of (found[1] ?? "").matchAll(section)) {
    if (Number(first) < next || rows.length !== Number(count) * 20) return false;
    next = Number(first) + Number(count);
    // The object 0 is the head of the list of free ones.
    frees ||= (first === "0" ? rows.slice(20) : rows).includes("f");
  }
  return !frees || matchAt(firstOfAll, { text, index: index + found[0].length }) !== null;
}

function matchAt(pattern: RegExp, { text, index }: { text: string; index: number }): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/**
 * What PDFium does not know, or knows otherwise: rules of layers, several configurations of them, a cover for attached files, actions
 * that hide, groups that knock out.
 */
const doubtfulWords = /\/(VE|AllOff|AnyOff|Collection|SetOCGState)\b|\/Configs(?!\[ *\])|\/S *\/Hide\b|\/K true\b/;

/** Where a layer is hidden: what makes readers show it again, and what PDFium draws whatever its layer says. */
const doubtfulWithHiddenLayers = /\/(OCMD|Intent|View|ViewState|Annots|SMask|Type3)\b|\/PatternType(?! 2\b)/;

/** Whether the objects of a file, as PDFium writes them anew, have anything that readers understand differently. */
export function hasAmbiguousObject(objects: string, { hidesLayers }: { hidesLayers: boolean }): boolean {
  if (doubtfulWords.test(objects) || (hidesLayers && doubtfulWithHiddenLayers.test(objects))) return true;
  const references = new Set([...objects.matchAll(/\/S?Mask \d+ 0 R/g)].map(([reference]) => reference));
  return objects.split("\nendobj").some((object) => {
    const number = /^\s*(\d+) 0 obj/.exec(object)?.[1];
    return (
      (/\/Mask *\[/.test(object) && !isPlainColourKey(object)) ||
      (references.has(`/Mask ${number} 0 R`) && !/\/ImageMask true\b/.test(object)) ||
      (references.has(`/SMask ${number} 0 R`) && !isPlainSoftMask(object))
    );
  });
}

/** A soft mask that all readers decode alike: in greys, and packed without loss. Where it does not decode, some draw the image and others do not. */
function isPlainSoftMask(object: string): boolean {
  const isOfPage = /\/S *\/(Luminosity|Alpha)\b/.test(object);
  const isGrey = /\/ColorSpace *\/DeviceGray\b/.test(object) && !/\/ImageMask\b/.test(object);
  return isOfPage || (isGrey && !lossyFilter.test(object));
}

const lossless = /\/(?:Flate|LZW|RunLength|ASCII85|ASCIIHex)Decode/.source;
const lossyFilter = new RegExp(`/Filter(?! *${lossless}\\b| *\\[(?: *${lossless})+ *\\])`);

/** Whether an image in which one colour is not painted has colours that all readers compare alike. */
function isPlainColourKey(object: string): boolean {
  const isRgb = /\/ColorSpace *\/DeviceRGB\b/.test(object);
  const isOfOne = /\/ColorSpace *(\/DeviceGray\b|\[ *\/Indexed\b)/.test(object);
  const colours = /\/Mask *\[([\d ]*)\]/.exec(object)?.[1]?.trim().split(/ +/).length;
  return /\/BitsPerComponent [1248]\b/.test(object) && ((isRgb && colours === 6) || (isOfOne && colours === 2));
}
