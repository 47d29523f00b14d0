import type { Language, Text } from "../vocabulary.ts";
import { durationInWords } from "./duration-in-words.ts";
import type { ComplaintExport } from "./export.ts";
import { wordsIn } from "./export-codes.ts";
import { fieldNames, formOf } from "./export-fields.ts";
import { exportTexts, happenings } from "./export-wording.ts";
import type { HistoryEntry } from "./history.ts";
import { escaped } from "./html.ts";
import { holders, statuses } from "./names.ts";
import { tehranDay, tehranTime } from "./tehran-time.ts";

/** The province's names by id, for the fields whose values are such ids. */
export type Names = Record<"agency" | "office" | "county" | "category" | "cause", Record<string, Text>>;
type Reading = { language: Language; names: Names };
/** A field, and what it stands in: another field, a type of event, or a part of the export. */
type Place = { name: string; of: string };

/** What has a place of its own on the page, and what the history has already. */
const toldBelow = "description history uploads answer decision messages attachments identityReads opinion".split(" ");

/** The body of the page that shows an export to its citizen: everything in it, once, in words. */
export function exportPage(
  { exportedAt, complaint, filing, identityKept, clocks }: ComplaintExport,
  reading: Reading,
): string {
  const { language } = reading;
  const { description, history, uploads } = complaint;
  const heading = (of: keyof typeof exportTexts) => `<h2>${exportTexts[of][language]}</h2>`;
  const each = (of: "uploads" | "clocks", items: object[]) =>
    items.map((item) => `<section>${fields(item, { of, ...reading })}</section>`).join("");
  return [
    `<h1>${exportTexts.title[language]}</h1>`,
    fields(omit(complaint, toldBelow), { of: "complaint", ...reading }),
    `${heading("description")}<p dir="auto">${escaped(description)}</p>`,
    `${heading("filing")}${fields({ ...filing, identityKept }, { of: "filing", ...reading })}`,
    `${heading("history")}<ol>${history.map((entry) => happening(entry, reading)).join("")}</ol>`,
    ...(history.some(({ type }) => type === "internal") ? [`<p>${exportTexts.internal[language]}</p>`] : []),
    ...(uploads.length > 0 ? [heading("uploads"), each("uploads", uploads.map(withoutCode))] : []),
    ...(clocks.length > 0
      ? [
          heading("clocks"),
          each(
            "clocks",
            clocks.map((clock) => inOneLanguage(clock, language)),
          ),
        ]
      : []),
    `<footer>${exportTexts.exportedAt[language]}: ${tehranTime(exportedAt, language)}</footer>`,
  ].join("\n");
}

/** An upload that says in words why it was refused needs no code. */
const withoutCode = (upload: ComplaintExport["complaint"]["uploads"][number]) =>
  omit(upload, upload.why ? ["reason"] : []);

type ExportedClock = ComplaintExport["clocks"][number];

/** The reason of each skipped day in the page's language, where it is known in that. */
function inOneLanguage({ skipped, ...clock }: ExportedClock, language: Language): object {
  const days = skipped.map(({ reason, reasonEn, ...day }) => {
    const said = language === "en" ? (reasonEn ?? reason) : reason;
    return { ...day, ...(said !== undefined && { reason: said }) };
  });
  return { ...clock, skipped: days };
}

function omit(item: object, names: string[]): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function happening({ type, at, ...said }: HistoryEntry, reading: Reading): string {
  const { language } = reading;
  const what = Object.entries(happenings).find(([one]) => one === type)?.[1][language] ?? type;
  return `<li><h3>${escaped(what)}</h3><time datetime="${at}">${tehranTime(at, language)}</time>${fields(said, { of: type, ...reading })}</li>`;
}

function fields(item: object, { of, ...reading }: Reading & { of: string }): string {
  const rows = Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const called = placed(fieldNames, { name, of })?.[reading.language] ?? name;
      return `<dt>${escaped(called)}</dt><dd>${shown(value, { name, of, ...reading })}</dd>`;
    });
  return `<dl>${rows.join("")}</dl>`;
}

/** What a table says of a field: where it stands here, else wherever it stands. */
function placed<T>(table: Record<string, T>, { name, of }: Place): T | undefined {
  return table[`${of}.${name}`] ?? table[name];
}

function shown(value: unknown, { name, of, ...reading }: Reading & Place): string {
  const { language } = reading;
  if (Array.isArray(value)) return value.map((one) => shown(one, { name, of, ...reading })).join("");
  if (typeof value === "boolean") return exportTexts[value ? "yes" : "no"][language];
  if (typeof value === "number") return numberIn(language, value);
  if (isText(value)) return escaped(value[language]);
  if (typeof value === "object" && value !== null) return fields(value, { of: name, ...reading });
  return shownText(String(value), { name, of, ...reading });
}

const numberIn = (language: Language, value: number) =>
  value.toLocaleString(language === "fa" ? "fa-IR" : "en", { useGrouping: false, maximumFractionDigits: 20 });

const inWords = { instant: tehranTime, day: tehranDay, duration: durationInWords };

/** A code or a time in words, with what programs read beside it; anything else as somebody wrote it. */
function shownText(text: string, { name, of, ...reading }: Reading & Place): string {
  const { language } = reading;
  const known = wordFor(text, { name, of, ...reading });
  if (known) return `<data value="${escaped(text)}">${escaped(known[language])}</data>`;
  const form = placed(formOf, { name, of });
  if (form) return `<time datetime="${escaped(text)}">${inWords[form](text, language)}</time>`;
  return `<span dir="auto">${escaped(text)}</span>`;
}

const isText = (value: unknown): value is Text =>
  typeof value === "object" && value !== null && "fa" in value && "en" in value;

function wordFor(text: string, { name, of, names }: Reading & Place): Text | undefined {
  const { agency, office, county, category, cause } = names;
  const tables: Record<string, Record<string, Text>> = {
    ...wordsIn,
    status: statuses,
    holder: holders,
    agencyId: agency,
    fromAgencyId: agency,
    toAgencyId: agency,
    officeId: office,
    countyId: county,
    category,
    cause,
  };
  const table = placed(tables, { name, of });
  return table && Object.hasOwn(table, text) ? table[text] : undefined;
}
