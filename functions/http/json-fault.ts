/** A place in a text. `line` and `column` count from 1, as editors do; `offset` counts characters from 0. */
type Place = { line: number; column: number; offset: number };

/**
 * Finds the place at which a text stops being valid JSON: the first character that may not stand there, or the end of a text
 * that is cut off.
 */
export function jsonFault(json: string): Place {
  const offset = faultOffset(json);
  const lines = json.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1, offset };
}

const space = /[ \t\r\n]*/y;
const openString = String.raw`"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*`;
const openStringPattern = new RegExp(openString, "y");
const number = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const token = new RegExp(String.raw`${openString}"|${number}|true|false|null|[{}[\]:,]`, "y");

/** The state of the parser: which kind of token it expects next. */
type State = "value" | "first-item" | "first-name" | "name" | "colon" | "in-list" | "in-object" | "end";

const value = { text: "read", other: "read", "{": "first-name", "[": "first-item" } as const;

/** The allowed tokens in each state, with the state that follows. `read`: a value is complete. */
const grammar: Record<State, Record<string, State | "read">> = {
  value,
  "first-item": { ...value, "]": "read" },
  "first-name": { text: "colon", "}": "read" },
  name: { text: "colon" },
  colon: { ":": "value" },
  "in-list": { ",": "value", "]": "read" },
  "in-object": { ",": "name", "}": "read" },
  end: {},
};

function kindOf(token: string): string {
  if (token.startsWith('"')) return "text";
  return "{}[]:,".includes(token) ? token : "other";
}

function faultOffset(json: string): number {
  const open: string[] = [];
  let state: State = "value";
  let at = endOfMatch(space, { json, at: 0 });
  for (;;) {
    const end = endOfMatch(token, { json, at });
    if (end === at) return faultInString({ json, at });
    const kind = kindOf(json.slice(at, end));
    const next: State | "read" | undefined = grammar[state][kind];
    if (!next) return at;
    if ("{[".includes(kind)) open.push(kind);
    if ("}]".includes(kind)) open.pop();
    state = next === "read" ? stateAfterValue(open.at(-1)) : next;
    at = endOfMatch(space, { json, at: end });
  }
}

/**
 * No token begins at `at`. Where an unfinished string begins there, returns the character that a string may not hold, such
 * as a line break. Otherwise, and for a string that is never closed, returns `at`.
 */
function faultInString({ json, at }: { json: string; at: number }): number {
  const end = endOfMatch(openStringPattern, { json, at });
  return end < json.length ? end : at;
}

/** The end of the pattern's match that begins at `at`; `at` itself where the pattern does not match there. */
function endOfMatch(pattern: RegExp, { json, at }: { json: string; at: number }): number {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : at;
}

function stateAfterValue(open: string | undefined): State {
  if (!open) return "end";
  return open === "{" ? "in-object" : "in-list";
}
