import { readFileSync } from "node:fs";
import { readContent } from "#shared/province/province-folder.ts";

const folder = new URL("../../infra/provinces/", import.meta.url);
const contentOf = (name: string) => readContent(readFileSync(new URL(name, folder), "utf8")).content;

/** What the files say that are here. */
export const written = {
  qazvin: contentOf("qazvin.json"),
  alborz: contentOf("alborz.json"),
  calendar: contentOf("calendar/national.json"),
};

/** One place of a file, `agencies.0.name.fa`, and what is to stand there; `undefined` takes it out. */
export type Edit = [path: string, value: unknown];

/** A copy of a file's content with some places written anew. */
export function edited(content: unknown, edits: Edit[]): unknown {
  return edits.reduce((whole, [path, value]) => replaced(whole, path.split("."), value), content);
}

function replaced(content: unknown, [key, ...deeper]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const isList = Array.isArray(content);
  const members = new Map(Object.entries(content ?? {}));
  const inner = replaced(members.get(key), deeper, value);
  if (inner === undefined) members.delete(key);
  else members.set(key, inner);
  return isList ? [...members.values()] : Object.fromEntries(members);
}
