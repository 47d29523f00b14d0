import * as z from "zod";
import { Complaint, storedShapes } from "../complaint/complaint.ts";
import { eventNames, exportTexts } from "../complaint/event-texts.ts";
import { ComplaintId } from "../complaint/identifier.ts";
import { Deadlines } from "../deadlines/explanation.ts";
import { isIdentityKept, type RetentionQuestion } from "../retention/forgetting.ts";
import { Instant } from "../time/calendar.ts";
import type { Duration } from "../time/duration.ts";
import type { Language, LocalizedText } from "../vocabulary.ts";
import { escapeHtml } from "../wording/html.ts";
import { holders, statuses } from "../wording/names.ts";
import { tehranDay, tehranTime } from "../wording/tehran-time.ts";
import { CitizenView, type ComplaintRecord, type ConfidentialRecord, citizenView } from "./complaint-views.ts";
import { codeNames, fieldFormats, fieldNames } from "./export-texts.ts";
import type { HistoryEntry } from "./history.ts";

/** What the citizen said at filing that their view leaves out. */
const Filing = z.object({
  officeId: Complaint.shape.officeId,
  occurredAt: Instant.optional(),
  employee: storedShapes.employee.optional(),
  language: Complaint.shape.language,
  retaliationFor: ComplaintId.optional(),
});

/** All that a citizen may know of a complaint: what was said, seen and done, and how its deadlines came about. */
export const ComplaintExport = z
  .object({
    exportedAt: Instant,
    complaint: CitizenView,
    filing: Filing,
    /** Whether it is kept who complains; who that is, no export may read. */
    identityKept: z.boolean(),
    clocks: Deadlines.shape.clocks,
  })
  .meta({ id: "ComplaintExport" });
export type ComplaintExport = z.infer<typeof ComplaintExport>;

type ExportInput = Pick<ConfidentialRecord, "confidentialLog"> & Deadlines & RetentionQuestion;

export function complaintExport(
  complaintRecord: ComplaintRecord,
  { confidentialLog, clocks, now, retention }: ExportInput,
): ComplaintExport {
  const { complaint, narrative, events } = complaintRecord;
  // A transfer takes the office from the head, but not from the event.
  const officeId = events.find((event) => event.type === "filed")?.origin.officeId ?? complaint.officeId;
  return ComplaintExport.parse({
    exportedAt: now,
    complaint: citizenView(complaintRecord, { confidentialLog, now, retention }),
    filing: { ...complaint, ...narrative, officeId },
    identityKept: isIdentityKept(complaint, confidentialLog),
    clocks,
  });
}

const units: Record<string, "day" | "hour" | "minute"> = { D: "day", H: "hour", M: "minute" };
const locales: Record<Language, string> = { fa: "fa-IR", en: "en" };
const andWords: Record<Language, string> = { fa: " و ", en: " and " };

/** A duration as people say it: `PT48H` is `۴۸ ساعت`, `PT1H30M` is `1 hour and 30 minutes`. */
export function durationInWords(duration: Duration, language: Language): string {
  const parts = [...duration.matchAll(/(\d+)([DHM])/g)].map(([, count, letter = ""]) =>
    Number(count).toLocaleString(locales[language], {
      style: "unit",
      unit: units[letter],
      unitDisplay: "long",
      useGrouping: false,
    }),
  );
  return parts.join(andWords[language]);
}

/** The province's names by id, for the fields whose values are such ids. */
export type CatalogNames = Record<"agency" | "office" | "county" | "category" | "cause", Record<string, LocalizedText>>;
type RenderContext = { language: Language; names: CatalogNames };
/** A field, and what it stands in: another field, a type of event, or a part of the export. */
type FieldPlace = { name: string; of: string };

/** What has a place of its own on the page, and what the history has already. */
const fieldsRenderedBelow =
  "description history uploads answer decision messages attachments identityReads opinion".split(" ");

/** The body of the page that shows an export to its citizen: everything in it, once, in words. */
export function exportPage(
  { exportedAt, complaint, filing, identityKept, clocks }: ComplaintExport,
  reading: RenderContext,
): string {
  const { language } = reading;
  const { description, history, uploads } = complaint;
  const heading = (of: keyof typeof exportTexts) => `<h2>${exportTexts[of][language]}</h2>`;
  const each = (of: "uploads" | "clocks", items: object[]) =>
    items.map((item) => `<section>${renderFields(item, { of, ...reading })}</section>`).join("");
  return [
    `<h1>${exportTexts.title[language]}</h1>`,
    renderFields(omit(complaint, fieldsRenderedBelow), { of: "complaint", ...reading }),
    `${heading("description")}<p dir="auto">${escapeHtml(description)}</p>`,
    `${heading("filing")}${renderFields({ ...filing, identityKept }, { of: "filing", ...reading })}`,
    `${heading("history")}<ol>${history.map((entry) => historyItem(entry, reading)).join("")}</ol>`,
    ...(history.some(({ type }) => type === "internal") ? [`<p>${exportTexts.internal[language]}</p>`] : []),
    ...(uploads.length > 0 ? [heading("uploads"), each("uploads", uploads.map(withoutReasonCode))] : []),
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
const withoutReasonCode = (upload: ComplaintExport["complaint"]["uploads"][number]) =>
  omit(upload, upload.why ? ["reason"] : []);

type ExportedClock = ComplaintExport["clocks"][number];

/** The reason of each skipped day in the page's language, where it is known in that. */
function inOneLanguage({ skipped, ...clock }: ExportedClock, language: Language): object {
  const days = skipped.map(({ reason, reasonEn, ...day }) => {
    const reasonText = language === "en" ? (reasonEn ?? reason) : reason;
    return { ...day, ...(reasonText !== undefined && { reason: reasonText }) };
  });
  return { ...clock, skipped: days };
}

function omit(item: object, names: string[]): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function historyItem({ type, at, ...said }: HistoryEntry, reading: RenderContext): string {
  const { language } = reading;
  const what = Object.entries(eventNames).find(([one]) => one === type)?.[1][language] ?? type;
  return `<li><h3>${escapeHtml(what)}</h3><time datetime="${at}">${tehranTime(at, language)}</time>${renderFields(said, { of: type, ...reading })}</li>`;
}

function renderFields(item: object, { of, ...reading }: RenderContext & { of: string }): string {
  const rows = Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const called = textForField(fieldNames, { name, of })?.[reading.language] ?? name;
      return `<dt>${escapeHtml(called)}</dt><dd>${renderValue(value, { name, of, ...reading })}</dd>`;
    });
  return `<dl>${rows.join("")}</dl>`;
}

/** What a table says of a field: where it stands here, else wherever it stands. */
function textForField<T>(table: Record<string, T>, { name, of }: FieldPlace): T | undefined {
  return table[`${of}.${name}`] ?? table[name];
}

function renderValue(value: unknown, { name, of, ...reading }: RenderContext & FieldPlace): string {
  const { language } = reading;
  if (Array.isArray(value)) return value.map((one) => renderValue(one, { name, of, ...reading })).join("");
  if (typeof value === "boolean") return exportTexts[value ? "yes" : "no"][language];
  if (typeof value === "number") return numberIn(language, value);
  if (isText(value)) return escapeHtml(value[language]);
  if (typeof value === "object" && value !== null) return renderFields(value, { of: name, ...reading });
  return renderText(String(value), { name, of, ...reading });
}

const numberIn = (language: Language, value: number) =>
  value.toLocaleString(language === "fa" ? "fa-IR" : "en", { useGrouping: false, maximumFractionDigits: 20 });

const formatters = { instant: tehranTime, day: tehranDay, duration: durationInWords };

/** A code or a time in words, with what programs read beside it; anything else as somebody wrote it. */
function renderText(text: string, { name, of, ...reading }: RenderContext & FieldPlace): string {
  const { language } = reading;
  const known = codeName(text, { name, of, ...reading });
  if (known) return `<data value="${escapeHtml(text)}">${escapeHtml(known[language])}</data>`;
  const form = textForField(fieldFormats, { name, of });
  if (form) return `<time datetime="${escapeHtml(text)}">${formatters[form](text, language)}</time>`;
  return `<span dir="auto">${escapeHtml(text)}</span>`;
}

const isText = (value: unknown): value is LocalizedText =>
  typeof value === "object" && value !== null && "fa" in value && "en" in value;

function codeName(text: string, { name, of, names }: RenderContext & FieldPlace): LocalizedText | undefined {
  const { agency, office, county, category, cause } = names;
  const tables: Record<string, Record<string, LocalizedText>> = {
    ...codeNames,
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
  const table = textForField(tables, { name, of });
  return table && Object.hasOwn(table, text) ? table[text] : undefined;
}
