import { bareJbig2 } from "./bare-jbig2.ts";
import { bareJpeg } from "./bare-jpeg.ts";
import { bareJpeg2000 } from "./bare-jpeg-2000.ts";
import type { PdfFile } from "./file.ts";
import { decoded, filtersOf, trimmed } from "./filters.ts";
import { packed, unpacked } from "./streams.ts";
import { type Dict, isStream, type Stream, type Value } from "./values.ts";
import { add, type NewObjects } from "./writer.ts";

/** `segments`: what the shared part of scans has become, for every page of a file may share it. */
type Place = { file: PdfFile; objects: NewObjects; segments: Map<Stream, { ref: number }> };
type Picture = Place & { bytes: Uint8Array; parms: Dict };
type Packing = { body: Uint8Array; parms: Dict };

const faxKeys = ["K", "EndOfLine", "EncodedByteAlign", "Columns", "Rows", "EndOfBlock", "BlackIs1"];
const rowKeys = ["Predictor", "Colors", "BitsPerComponent", "Columns"];

/** The codes in which pictures stay packed, each cleaned by its own rules. */
const codes = new Map<string, (picture: Picture) => Packing>([
  ["DCTDecode", ({ bytes, parms }) => ({ body: bareJpeg(bytes), parms: plainOf(parms, ["ColorTransform"]) })],
  ["JPXDecode", ({ bytes }) => ({ body: bareJpeg2000(bytes), parms: new Map() })],
  ["JBIG2Decode", (picture) => ({ body: bareJbig2(picture.bytes), parms: sharedSegments(picture) })],
  [
    "FlateDecode",
    ({ bytes, parms, file }) => ({ body: trimmed(bytes, file.allowance), parms: plainOf(parms, rowKeys) }),
  ],
  ["CCITTFaxDecode", ({ bytes, parms }) => ({ body: bytes, parms: plainOf(parms, faxKeys) })],
]);

/** A picture's bytes, and how they are packed. What is compressed stays compressed as it was. */
export function pictureStream(stream: Stream, place: Place): Stream {
  const { resolve, allowance } = place.file;
  const filters = filtersOf(stream, resolve);
  const last = filters.at(-1);
  if (!last) return packed(stream.body);
  const code = codes.get(last.name);
  if (!code) return packed(unpacked(stream, place.file));
  const bytes = decoded(stream.body, { filters: filters.slice(0, -1), allowance });
  const packing = code({ ...place, parms: last.parms, bytes });
  return {
    dict: new Map<string, Value>([
      ["Filter", { name: last.name }],
      ["DecodeParms", packing.parms],
    ]),
    body: packing.body,
  };
}

function plainOf(parms: Dict, names: string[]): Dict {
  return new Map([...parms].filter(([key, value]) => names.includes(key) && typeof value !== "object"));
}

function sharedSegments({ parms, file, objects, segments }: Picture): Dict {
  const shared = parms.get("JBIG2Globals") ?? null;
  if (!isStream(shared)) return new Map();
  const made = segments.get(shared) ?? add(objects, packed(bareJbig2(unpacked(shared, file))));
  segments.set(shared, made);
  return new Map([["JBIG2Globals", made]]);
}
