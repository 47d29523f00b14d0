import { collectionCopy } from "./collections.ts";
import { colourParts, type Part } from "./colours.ts";
import { drawnResources } from "./drawn-resources.ts";
import type { PdfFile } from "./file.ts";
import { type Kind, keys, members } from "./keys.ts";
import { type HiddenLayers, hiddenNames, isHidden } from "./layers.ts";
import { pictureStream } from "./pictures.ts";
import { refuse } from "./refusal.ts";
import { cleanStream } from "./streams.ts";
import { type Dict, dictOf, isRef, isStream, isText, nameOf, type Stream, type Value } from "./values.ts";
import { type NewObjects, put, reserve } from "./writer.ts";

export type Copying = {
  file: PdfFile;
  objects: NewObjects;
  hidden: HiddenLayers;
  /** Which new object an old one has become, by its number and what it was copied as. */
  made: Map<string, number>;
  /** The same of what annotations look like, for many may share a look. */
  looks: Map<Stream, { ref: number } | null>;
  /** And of what scans share. */
  segments: Map<Stream, { ref: number }>;
  depth: number;
};
/** A value on its way over, and what it is to be. */
type Passage = { value: Value; kind: Kind };
type Copier = (copying: Copying, value: Value) => Value;

const deepest = 100;

/** Copies a value as what it is to be; what is of another shape becomes null. */
export function copy(copying: Copying, { value, kind }: { value: Value | undefined; kind: Kind }): Value {
  if (value === undefined || value === null) return null;
  if (isRef(value)) return copyObject(copying, { value, kind });
  if (typeof value !== "object" || "name" in value) return value;
  copying.depth++;
  if (copying.depth > deepest) refuse("too-much-inside");
  const copied = (special[kind] ?? ordinary(kind))(copying, value);
  copying.depth--;
  return copied;
}

function copyObject(copying: Copying, { value, kind }: Passage & { value: { ref: number } }): Value {
  const known = `${value.ref} ${kind}`;
  const made = copying.made.get(known);
  if (made !== undefined) return { ref: made };
  const place = reserve(copying.objects);
  copying.made.set(known, place.ref);
  const copied = copy(copying, { value: copying.file.resolve(value), kind });
  put(copying.objects, { ref: place.ref, value: copied });
  return place;
}

/** The dictionary's keys that its kind allows. */
export function copyDict(copying: Copying, { dict, kind }: { dict: Dict; kind: Kind }): Dict {
  const member = members[kind];
  const copied: Dict = new Map();
  for (const [key, value] of dict) {
    const kindOfKey = member ?? own(keys[kind], key);
    if (kindOfKey) copied.set(key, copy(copying, { value, kind: kindOfKey }));
  }
  return copied;
}

/** The keys come from a file, and no file may ask for `constructor`. */
function own(table: Record<string, Kind> | undefined, key: string): Kind | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined;
}

function ordinary(kind: Kind): Copier {
  return (copying, value) => {
    if (Array.isArray(value)) return value.map((one) => copy(copying, { value: one, kind }));
    if (isStream(value)) return copyStream(copying, { stream: value, kind });
    const dict = dictOf(value);
    return dict && (keys[kind] || members[kind]) ? copyDict(copying, { dict, kind }) : null;
  };
}

/** A stream with its body cleaned; null where its kind has none. */
export function copyStream(copying: Copying, { stream, kind }: { stream: Stream; kind: Kind }): Value {
  const { resolve, allowance } = copying.file;
  const hidden = hiddenNames(stream.dict.get("Resources"), copying);
  const named = new Set<string>();
  const cleaned = cleanStream(stream, { kind, resolve, allowance, hidden, named });
  if (!cleaned) return null;
  const resources = stream.dict.get("Resources");
  const dict = new Map(stream.dict);
  if (dictOf(resolve(resources))) dict.set("Resources", drawnResources(copying.file, { resources, named }));
  return { dict: new Map([...copyDict(copying, { dict, kind }), ...cleaned.dict]), body: cleaned.body };
}

const special: Partial<Record<Kind, Copier>> = {
  drawing: (copying, value) => {
    if (!isStream(value) || isHidden(value.dict.get("OC"), copying)) return null;
    const subtype = nameOf(copying.file.resolve(value.dict.get("Subtype")));
    // Whatever else there is, PostScript most of all, no reader draws any more.
    if (subtype === "Image") return copy(copying, { value, kind: "picture" });
    return subtype === "Form" ? copy(copying, { value, kind: "form" }) : null;
  },
  picture: (copying, value) => {
    if (!isStream(value)) return Array.isArray(value) ? copy(copying, { value, kind: "plain" }) : null;
    const { dict, body } = pictureStream(value, copying);
    return { dict: new Map([...copyDict(copying, { dict: value.dict, kind: "picture" }), ...dict]), body };
  },
  colour: (copying, value) => colourParts(value, copying.file.resolve).map((part) => copyPart(copying, part)),
  palette: (copying, value) =>
    isText(value) ? { text: value.text.subarray(0, 1024) } : ordinary("palette")(copying, value),
  collection: (copying, value) => collectionCopy(value, copying.file.resolve),
};

function copyPart(copying: Copying, part: Part): Value {
  return "kind" in part ? copy(copying, part) : part.as;
}
