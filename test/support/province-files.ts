import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { calendarPathOf, readContent } from "#shared/province/province-file.ts";
import type { Province } from "#shared/province/schema.ts";

/** A province as its two files say it: its own, and a national calendar of the hours that hold there. */
export function provinceFiles({ officeHours, ...rest }: Province) {
  const { provincial, overrides, ...calendar } = officeHours;
  return { file: { ...rest, officeHours: { provincial, holidays: [], removedHolidays: [], overrides } }, calendar };
}

/** Writes both into a folder, and returns the path of the province's own. */
export function writeProvince(folder: string, province: Province): string {
  const path = join(folder, `${province.id}.json`);
  const { file, calendar } = provinceFiles(province);
  mkdirSync(dirname(calendarPathOf(path)), { recursive: true });
  writeFileSync(calendarPathOf(path), JSON.stringify(calendar));
  writeFileSync(path, JSON.stringify(file));
  return path;
}

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
export function editProvince(content: unknown, edits: Edit[]): unknown {
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

/** What stands in each blank of a new province's file, by its field; a field of two kinds by its place as well. */
const answers: Record<string, string> = {
  fa: "زنجان",
  en: "Zanjan",
  idPrefix: "ZA",
  phonePrefix: "24",
  sources: "made up",
  id: "zanjan",
  countyId: "zanjan",
  countyIds: "zanjan",
  email: "office@zanjan.example",
  issuer: "https://login.zanjan.example/",
  audience: "foad-zanjan",
  admins: "an-admin",
  sender: "foad@zanjan.example",
  alarmEmails: "operations@zanjan.example",
  publicUrl: "https://api.foad.zanjan.example",
};

/** The text of a new province's file with every blank filled. */
export function fillInProvince(text: string): string {
  let clients = 0;
  const fill = (key: string) => (/^clientIds?$/.test(key) ? `client-${++clients}` : (answers[key] ?? ""));
  return text.replace(/"(\w+)": (\[?)""/g, (_, key: string, list: string) => `"${key}": ${list}"${fill(key)}"`);
}
