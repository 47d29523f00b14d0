import { toDotPath } from "zod/v4/core";

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** An object or list that is being read: the names that it has so far, and the one or the number at which reading is. */
type Open = { names: Set<string>; at: string | number };

/**
 * The path of a name that stands twice in one object of a valid JSON text, such as `citizen.phone`: `JSON.parse` keeps the
 * last of them in silence.
 */
export function duplicateKey(json: string): string | undefined {
  const open: Open[] = [];
  let last = "";
  for (const [token] of json.matchAll(tokens)) {
    if (token === ":" && hadName(String(JSON.parse(last)), open.at(-1))) return toDotPath(open.map(({ at }) => at));
    goOn(open, token);
    last = token;
  }
  return undefined;
}

/** Notes the name that an object goes on with; whether it had it before. */
function hadName(name: string, object: Open | undefined): boolean {
  const isThere = object?.names.has(name) === true;
  if (object) object.at = name;
  object?.names.add(name);
  return isThere;
}

/** Into an object or list, out of it, or on to the next of a list. */
function goOn(open: Open[], token: string): void {
  if (token === "{") open.push({ names: new Set(), at: "" });
  if (token === "[") open.push({ names: new Set(), at: 0 });
  if (token === "}" || token === "]") open.pop();
  const inner = open.at(-1);
  if (token === "," && typeof inner?.at === "number") inner.at++;
}
