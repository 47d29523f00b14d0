/** A place in a text: line and column as editors count them, from 1; `offset` counts characters from 0. */
export type Place = { line: number; column: number; offset: number };

/** Where a text stops being JSON: at the first character that does not belong there, or at its end where it breaks off. */
export function jsonFault(json: string): Place {
  const offset = faultOffset(json);
  const lines = json.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1, offset };
}

const space = /[ \t\r\n]*/y;
const unclosed = String.raw`"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*`;
const openText = new RegExp(unclosed, "y");
const number = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const token = new RegExp(String.raw`${unclosed}"|${number}|true|false|null|[{}[\]:,]`, "y");

/** What may follow, by what was read last. */
type Wanted = "value" | "first-item" | "first-name" | "name" | "colon" | "in-list" | "in-object" | "end";

const value = { text: "read", other: "read", "{": "first-name", "[": "first-item" } as const;

/** Which tokens may stand in a place, and what is wanted after each; `read`: a value is at its end. */
const grammar: Record<Wanted, Record<string, Wanted | "read">> = {
  value,
  "first-item": { ...value, "]": "read" },
  "first-name": { text: "colon", "}": "read" },
  name: { text: "colon" },
  colon: { ":": "value" },
  "in-list": { ",": "value", "]": "read" },
  "in-object": { ",": "name", "}": "read" },
  end: {},
};

function kindOf(read: string): string {
  if (read.startsWith('"')) return "text";
  return "{}[]:,".includes(read) ? read : "other";
}

function faultOffset(json: string): number {
  const open: string[] = [];
  let wanted: Wanted = "value";
  let at = readTo(space, { json, at: 0 });
  for (;;) {
    const end = readTo(token, { json, at });
    if (end === at) return inText({ json, at });
    const kind = kindOf(json.slice(at, end));
    const next: Wanted | "read" | undefined = grammar[wanted][kind];
    if (!next) return at;
    if ("{[".includes(kind)) open.push(kind);
    if ("}]".includes(kind)) open.pop();
    wanted = next === "read" ? inside(open.at(-1)) : next;
    at = readTo(space, { json, at: end });
  }
}

/** Of a text that is not read to its end, the character that may not stand in it, such as a line break; its start where it is never closed. */
function inText({ json, at }: { json: string; at: number }): number {
  const end = readTo(openText, { json, at });
  return end < json.length ? end : at;
}

/** Where the pattern ends that stands at this place; the place itself where none does. */
function readTo(pattern: RegExp, { json, at }: { json: string; at: number }): number {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : at;
}

function inside(open: string | undefined): Wanted {
  if (!open) return "end";
  return open === "{" ? "in-object" : "in-list";
}
