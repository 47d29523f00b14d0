import { Instant } from "../time/instant.ts";
import type { Language, Text } from "../vocabulary.ts";
import type { ComplaintExport } from "./export.ts";
import { exportTexts, fieldNames, happenings, wordsIn } from "./export-wording.ts";
import type { HistoryEntry } from "./history.ts";
import { escaped } from "./html.ts";
import { holders, statuses } from "./names.ts";
import { tehranTime } from "./tehran-time.ts";

/** The province's names by id, for the fields whose values are such ids. */
export type Names = Record<"agency" | "county" | "category" | "cause", Record<string, Text>>;
type Reading = { language: Language; names: Names };

/** What has a place of its own on the page, and what the history has already. */
const toldBelow = "description history uploads answer decision messages attachments identityReads opinion".split(" ");

/** The body of the page that shows an export to its citizen: everything in it, once, in words. */
export function exportPage({ exportedAt, complaint, clocks }: ComplaintExport, reading: Reading): string {
  const { language } = reading;
  const { description, history, uploads } = complaint;
  const heading = (of: keyof typeof exportTexts) => `<h2>${exportTexts[of][language]}</h2>`;
  const each = (items: object[]) => items.map((item) => `<section>${fields(item, reading)}</section>`).join("");
  return [
    `<h1>${exportTexts.title[language]}</h1>`,
    fields(omit(complaint, toldBelow), reading),
    `${heading("description")}<p dir="auto">${escaped(description)}</p>`,
    `${heading("history")}<ol>${history.map((entry) => happening(entry, reading)).join("")}</ol>`,
    ...(history.some(({ type }) => type === "internal") ? [`<p>${exportTexts.internal[language]}</p>`] : []),
    ...(uploads.length > 0
      ? [heading("uploads"), each(uploads.map((upload) => omit(upload, upload.why ? ["reason"] : [])))]
      : []),
    ...(clocks.length > 0 ? [heading("clocks"), each(clocks)] : []),
    `<footer>${exportTexts.exportedAt[language]}: ${tehranTime(exportedAt, language)}</footer>`,
  ].join("\n");
}

function omit(item: object, names: string[]): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function happening({ type, at, ...said }: HistoryEntry, reading: Reading): string {
  const { language } = reading;
  const what = Object.entries(happenings).find(([one]) => one === type)?.[1][language] ?? type;
  return `<li><h3>${escaped(what)}</h3><time datetime="${at}">${tehranTime(at, language)}</time>${fields(said, reading)}</li>`;
}

function fields(item: object, reading: Reading): string {
  const rows = Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `<dt>${escaped(fieldNames[name]?.[reading.language] ?? name)}</dt><dd>${shown(value, { name, ...reading })}</dd>`,
    );
  return `<dl>${rows.join("")}</dl>`;
}

function shown(value: unknown, { name, ...reading }: Reading & { name: string }): string {
  const { language } = reading;
  if (Array.isArray(value)) return value.map((one) => shown(one, { name, ...reading })).join("");
  if (typeof value === "boolean") return exportTexts[value ? "yes" : "no"][language];
  if (typeof value === "number")
    return value.toLocaleString(language === "fa" ? "fa-IR" : "en", { useGrouping: false });
  if (isText(value)) return escaped(value[language]);
  if (typeof value === "object" && value !== null) return fields(value, reading);
  const text = String(value);
  const known = wordFor(text, { name, ...reading });
  if (known) return escaped(known[language]);
  if (Instant.safeParse(text).success) return `<time datetime="${escaped(text)}">${tehranTime(text, language)}</time>`;
  return `<span dir="auto">${escaped(text)}</span>`;
}

const isText = (value: unknown): value is Text =>
  typeof value === "object" && value !== null && "fa" in value && "en" in value;

function wordFor(text: string, { name, names }: Reading & { name: string }): Text | undefined {
  const { agency, county, category, cause } = names;
  const tables: Record<string, Record<string, Text>> = {
    ...wordsIn,
    status: statuses,
    holder: holders,
    agencyId: agency,
    fromAgencyId: agency,
    toAgencyId: agency,
    countyId: county,
    category,
    cause,
  };
  const table = tables[name];
  return table && Object.hasOwn(table, text) ? table[text] : undefined;
}
