const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** A name that stands twice in one object of a valid JSON text: `JSON.parse` keeps the last of them in silence. */
export function duplicateKey(json: string): string | undefined {
  const open: Set<unknown>[] = [];
  let last = "";
  for (const [token] of json.matchAll(tokens)) {
    if (token === "{" || token === "[") open.push(new Set());
    if (token === "}" || token === "]") open.pop();
    if (token === ":") {
      const [name, names] = [JSON.parse(last), open.at(-1)];
      if (names?.has(name)) return name;
      names?.add(name);
    }
    last = token;
  }
  return undefined;
}
