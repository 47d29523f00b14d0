/**
 * Finds features that PDF readers understand differently, by words in the file. A file with such a feature is refused, so the
 * feature itself need not be understood.
 */

/** A row of a cross-reference table, 20 bytes long: an object of generation 0, or a free object. */
const row = /\d{10} (?:00000 n|\d{5} f)(?: \r| \n|\r\n)/.source;
const table = new RegExp(`xref[ \\r\\n]+((?:\\d+ \\d+[ \\r\\n]+(?:${row})*)*)[ \\r\\n]*trailer`, "y");
const section = new RegExp(`(\\d+) (\\d+)[ \\r\\n]+((?:${row})*)`, "g");
const end = /startxref\s+\d+\s+%%EOF/y;
/** The trailer of a table that updates no earlier table. It must be readable without comments and strings in strings. */
const firstCrossReference = /(?:(?!\/Prev)[^%(#]|\((?:[^()\\]|\\[\s\S])*\)){0,4000}?startxref/y;

/**
 * Whether a cross-reference table says something that PDFium ignores: an update frees an object, an object has a later
 * generation, or a number stands twice. A table in an unusual form counts as ambiguous too.
 */
export function hasAmbiguousTable(file: Uint8Array): boolean {
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  // Readers expect a row, a comment or the trailer behind the word. Other texts may have the word too.
  const isOtherwise = text
    .matchAll(/(start)?xref(?=[\s\0]*(?:[-+.\d%]|trailer|$))/g)
    .some(({ index, 1: start }) => !(start ? matchAt(end, { text, index }) : isPlainTable({ text, index })));
  return isOtherwise || !isPlainlyLinearized(text);
}

/**
 * Whether a file that says it is made for reading while it arrives (`/Linearized`) has one table to begin with. Readers that believe it
 * begin with the table behind its first object, others with the table that the file's end names.
 */
function isPlainlyLinearized(text: string): boolean {
  const first = /^[\s\S]{0,1024}?\/Linearized[\s\S]*?endobj\s*/.exec(text)?.[0];
  return (
    first === undefined ||
    first.length === Number(/^startxref\s+(\d+)/.exec(text.slice(text.lastIndexOf("startxref")))?.[1])
  );
}

function isPlainTable({ text, index }: { text: string; index: number }): boolean {
  const found = matchAt(table, { text, index });
  if (!found) return false;
  let next = 0;
  let frees = false;
  for (const [, first, count, rows = ""] of (found[1] ?? "").matchAll(section)) {
    if (Number(first) < next || rows.length !== Number(count) * 20) return false;
    next = Number(first) + Number(count);
    // Object 0 is always free: it is the head of the list of free objects.
    frees ||= (first === "0" ? rows.slice(20) : rows).includes("f");
  }
  return !frees || matchAt(firstCrossReference, { text, index: index + found[0].length }) !== null;
}

function matchAt(pattern: RegExp, { text, index }: { text: string; index: number }): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/**
 * Words for features that PDFium does not support or understands differently: layer rules, several layer configurations,
 * portfolios of attached files, and actions that hide fields or layers.
 */
const doubtfulWords = /\/(VE|AllOff|AnyOff|Collection|SetOCGState)\b|\/Configs(?!\[ *\])|\/S *\/Hide\b/;

/**
 * Words that make a file with hidden layers ambiguous: features that make readers show a layer again, and content that PDFium
 * draws even on a hidden layer.
 */
const doubtfulWithHiddenLayers = /\/(OCMD|Intent|View|ViewState|Annots|SMask|Type3)\b|\/PatternType(?! 2\b(?! \d+ R))/;

/** An action that can change what is shown. The name of an action that stands elsewhere is not looked up. */
const changingAction = /\/S *(?:\/(?:JavaScript|ResetForm|Hide|SetOCGState|ImportData|Rendition)\b|\d+ 0 R)/;
/** Where actions stand that run when a file or a page is opened, or after another action. `/JavaScript` is the list of scripts. */
const runsByItself =
  /\/(?:OpenAction|O|PO|PV|PI|Next) *(?:(?=(<<[\s\S]*))|(\[[ \dR]*\]|\d+ 0 R))|\/JavaScript *(?:<<|\[|\d+ 0 R)/g;

/** Whether a script or an action changes the file's fields, notes or layers without the reader's doing. */
export function changesByItself(objects: string): boolean {
  const all = objects.split("\nendobj").map((object) => ({ object, number: /^\s*(\d+) 0 obj/.exec(object)?.[1] }));
  const changing = new Set(all.filter(({ object }) => changingAction.test(object)).map(({ number }) => number));
  const isChanging = (object: string) => object.matchAll(/(\d+) 0 R/g).some(([, number]) => changing.has(number));
  for (const { object, number } of all)
    if (/^\s*\d+ 0 obj\s*\[/.test(object) && isChanging(object)) changing.add(number);
  return all.some(({ object }) =>
    object.matchAll(runsByItself).some(([, action, references]) => {
      if (references !== undefined) return isChanging(references);
      return action === undefined || changingAction.test(action);
    }),
  );
}

/** What is known of a file that may make some words of it doubtful. `isChanging`: whether it changes by itself. */
type Doubts = { hasLayers: boolean; hidesLayers: boolean; isChanging: boolean };

/** Whether the objects of a file, as PDFium rewrites them, have a feature that readers understand differently. */
export function hasAmbiguousObject(objects: string, { hasLayers, hidesLayers, isChanging }: Doubts): boolean {
  if (
    (isChanging && hasLayers) ||
    doubtfulWords.test(objects) ||
    (hidesLayers && doubtfulWithHiddenLayers.test(objects))
  )
    return true;
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

/**
 * Whether all readers decode a soft mask alike: it is grey and losslessly compressed. Where a mask does not decode, some readers
 * draw the image without it and others draw nothing.
 */
function isPlainSoftMask(object: string): boolean {
  const isGraphicsState = /\/S *\/(Luminosity|Alpha)\b/.test(object);
  const isGrey = /\/ColorSpace *\/DeviceGray\b/.test(object) && !/\/ImageMask\b/.test(object);
  return isGraphicsState || (isGrey && !lossyFilter.test(object));
}

const lossless = /\/(?:Flate|LZW|RunLength|ASCII85|ASCIIHex)Decode/.source;
const lossyFilter = new RegExp(`/Filter(?! *${lossless}\\b| *\\[(?: *${lossless})+ *\\])`);

/** Whether all readers apply an image's colour key mask alike. The mask names colours that are not painted. */
function isPlainColourKey(object: string): boolean {
  const isRgb = /\/ColorSpace *\/DeviceRGB\b/.test(object);
  const hasOneComponent = /\/ColorSpace *(\/DeviceGray\b|\[ *\/Indexed\b)/.test(object);
  const colours = /\/Mask *\[([\d ]*)\]/.exec(object)?.[1]?.trim().split(/ +/).length;
  return (
    /\/BitsPerComponent [1248]\b(?! \d+ R)/.test(object) &&
    ((isRgb && colours === 6) || (hasOneComponent && colours === 2))
  );
}
