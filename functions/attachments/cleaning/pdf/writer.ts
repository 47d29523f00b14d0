import { refuse } from "./refusal.ts";
import { type Dict, isDict, isRef, isText, type Value } from "./values.ts";

/** The objects of a new file; object n is at n - 1. */
export type NewObjects = Value[];

/** A place for an object, which may be named before it is made: so can two name each other. */
export function reserve(objects: NewObjects): { ref: number } {
  return { ref: objects.push(null) };
}

export function put(objects: NewObjects, { ref, value }: { ref: number; value: Value }): void {
  objects[ref - 1] = value;
}

export function add(objects: NewObjects, value: Value): { ref: number } {
  return { ref: objects.push(value) };
}

/** No copy of an honest file is six times the largest that may be sent. */
const largest = 64 * 1024 * 1024;

/** The bytes of a file of one revision, with no /Info and no /ID: nothing but the objects and where they are. */
export function writtenPdf(objects: NewObjects, root: { ref: number }): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const write = (part: string | Uint8Array) => {
    const bytes = typeof part === "string" ? Buffer.from(part, "latin1") : part;
    parts.push(bytes);
    length += bytes.length;
    if (length > largest) refuse("too-much-inside");
  };
  write("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
  const offsets = objects.map((value, index) => {
    const offset = length;
    write(`${index + 1} 0 obj\n`);
    for (const part of objectParts(value)) write(part);
    write("\nendobj\n");
    return offset;
  });
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  write(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join("")}`);
  write(`trailer\n<</Size ${objects.length + 1}/Root ${root.ref} 0 R>>\nstartxref\n${start}\n%%EOF\n`);
  return new Uint8Array(Buffer.concat(parts));
}

function objectParts(value: Value): Array<string | Uint8Array> {
  if (value === null || typeof value !== "object" || !("body" in value)) return [valueText(value)];
  const dict: Dict = new Map([...value.dict, ["Length", value.body.length]]);
  return [valueText(dict), "\nstream\n", value.body, "\nendstream"];
}

function valueText(value: Value): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(" ")}]`;
  if (isDict(value)) return `<<${[...value].map(([key, one]) => `${nameText(key)} ${valueText(one)}`).join("")}>>`;
  if (isRef(value)) return `${value.ref} 0 R`;
  if (isText(value)) return `<${Buffer.from(value.text).toString("hex")}>`;
  // A stream is an object of its own, so here is a name.
  return "name" in value ? nameText(value.name) : "null";
}

/** No exponents: a PDF knows none. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : "0";
  return value.toFixed(8).replace(/\.?0+$/, "");
}

function nameText(name: string): string {
  const escaped = name.replace(
    /[^!-~]|[()<>[\]{}/%#]/g,
    (one) => `#${one.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `/${escaped}`;
}
