import * as z from "zod";
import { Complaint, storedShapes } from "#shared/complaints/complaint.ts";
import type { ComplaintRecord, ConfidentialRecord } from "#shared/complaints/complaint-record.ts";
import { eventNames, exportTexts } from "#shared/complaints/event-texts.ts";
import { Deadlines } from "#shared/complaints/explanation.ts";
import { isIdentityKept, type RetentionQuestion } from "#shared/complaints/forgetting.ts";
import type { Duration } from "#shared/hours/deadline-policy.ts";
import { ComplaintId, type IdPrefixes } from "#shared/identifier.ts";
import { Instant } from "#shared/time/calendar.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { escapeHtml } from "#shared/wording/html.ts";
import { authorities, statuses } from "#shared/wording/names.ts";
import { tehranDay, tehranTime } from "#shared/wording/tehran-time.ts";
import type { CitizenNotice } from "../notices/citizen-notice.ts";
import { CitizenView, citizenView } from "./complaint-views.ts";
import { codeNames, fieldFormats, fieldNames } from "./export-texts.ts";
import type { HistoryEntry } from "./history.ts";

/** Fields of the filing that are not in the citizen's view. */
const Filing = z.object({
  officeId: Complaint.shape.officeId,
  occurredAt: Instant.optional(),
  employee: storedShapes.employee.optional(),
  language: Complaint.shape.language,
  retaliationFor: ComplaintId.optional(),
});

/** Everything that a citizen may know about a complaint, with the explanation of its deadlines. */
export const ComplaintExport = z
  .object({
    exportedAt: Instant,
    /** The citizen's view, without the moves that are allowed at the time of the export. */
    complaint: CitizenView.omit({ allowedMoves: true, blockedMoves: true }).meta({ id: "ExportedComplaint" }),
    filing: Filing,
    /** Whether the citizen's identity is stored. The identity itself is never in an export. */
    identityKept: z.boolean(),
    clocks: Deadlines.shape.clocks,
  })
  .meta({ id: "ComplaintExport" });
export type ComplaintExport = z.infer<typeof ComplaintExport>;

type ExportInput = Pick<ConfidentialRecord, "confidentialLog"> &
  Deadlines &
  RetentionQuestion & { idPrefixes: IdPrefixes; employeeNotices?: CitizenNotice[] | undefined };

export function complaintExport(complaintRecord: ComplaintRecord, { clocks, ...view }: ExportInput): ComplaintExport {
  const { complaint, narrative, events } = complaintRecord;
  const { confidentialLog, now } = view;
  // A transfer removes the office from the complaint's head, but not from the event `filed`.
  const officeId = events.find((event) => event.type === "filed")?.origin.officeId ?? complaint.officeId;
  return ComplaintExport.parse({
    exportedAt: now,
    complaint: citizenView(complaintRecord, view),
    filing: { ...complaint, ...narrative, officeId },
    identityKept: isIdentityKept(complaint, confidentialLog),
    clocks,
  });
}

const units: Record<string, "day" | "hour" | "minute"> = { D: "day", H: "hour", M: "minute" };
const locales: Record<Language, string> = { fa: "fa-IR", en: "en" };
const andWords: Record<Language, string> = { fa: " و ", en: " and " };

/** Returns a duration in words: `PT48H` is `۴۸ ساعت`, `PT1H30M` is `1 hour and 30 minutes`. */
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

/** The names of the province's agencies, offices and so on, by id. */
type CatalogNames = Record<"agency" | "office" | "county" | "category" | "cause", Record<string, LocalizedText>>;
type RenderContext = { language: Language; names: CatalogNames };
/** `name`: the name of a field. `of`: its parent, which is another field, a type of event, or a part of the export. */
type FieldPlace = { name: string; of: string };

/** Fields with a section of their own on the page, and fields that the history has already. */
const fieldsRenderedBelow =
  "description history uploads answer decision promises messages attachments identityReads opinion".split(" ");

/** Returns the body of the HTML page of an export. It has each part of the export once, in words. */
export function exportPage(
  { exportedAt, complaint, filing, identityKept, clocks }: ComplaintExport,
  context: RenderContext,
): string {
  const { language } = context;
  const { description, history, uploads } = complaint;
  const heading = (of: keyof typeof exportTexts) => `<h2>${exportTexts[of][language]}</h2>`;
  const sections = (of: "uploads" | "clocks", items: object[]) =>
    items.map((item) => `<section>${renderFields(item, { of, ...context })}</section>`).join("");
  return [
    `<h1>${exportTexts.title[language]}</h1>`,
    renderFields(omit(complaint, fieldsRenderedBelow), { of: "complaint", ...context }),
    `${heading("description")}<p dir="auto">${escapeHtml(description)}</p>`,
    `${heading("filing")}${renderFields({ ...filing, identityKept }, { of: "filing", ...context })}`,
    `${heading("history")}<ol>${history.map((entry) => historyItem(entry, context)).join("")}</ol>`,
    ...(history.some(({ type }) => type === "internal") ? [`<p>${exportTexts.internal[language]}</p>`] : []),
    ...(uploads.length > 0 ? [heading("uploads"), sections("uploads", uploads.map(withoutReasonCode))] : []),
    ...(clocks.length > 0
      ? [
          heading("clocks"),
          sections(
            "clocks",
            clocks.map((clock) => inOneLanguage(clock, language)),
          ),
        ]
      : []),
    `<footer>${exportTexts.exportedAt[language]}: ${tehranTime(exportedAt, language)}</footer>`,
  ].join("\n");
}

/** The page needs no reason code where the upload says in words why it was refused. */
const withoutReasonCode = (upload: ComplaintExport["complaint"]["uploads"][number]) =>
  omit(upload, upload.reasonText ? ["reason"] : []);

/** Leaves the reason of each skipped day in only one language: that of the page, or Persian where there is no other. */
function inOneLanguage({ skipped, ...clock }: ComplaintExport["clocks"][number], language: Language): object {
  const days = skipped.map(({ reason, ...day }) => ({
    ...day,
    ...(reason && { reason: reason[language] ?? reason.fa }),
  }));
  return { ...clock, skipped: days };
}

function omit(item: object, names: string[]): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function historyItem({ type, at, ...fields }: HistoryEntry, context: RenderContext): string {
  const { language } = context;
  const title = Object.entries(eventNames).find(([name]) => name === type)?.[1][language] ?? type;
  return `<li><h3>${escapeHtml(title)}</h3><time datetime="${at}">${tehranTime(at, language)}</time>${renderFields(fields, { of: type, ...context })}</li>`;
}

function renderFields(item: object, { of, ...context }: RenderContext & { of: string }): string {
  const rows = Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const label = textForField(fieldNames, { name, of })?.[context.language] ?? name;
      return `<dt>${escapeHtml(label)}</dt><dd>${renderValue(value, { name, of, ...context })}</dd>`;
    });
  return `<dl>${rows.join("")}</dl>`;
}

/**
 * Returns the entry of a field in a table: the entry for the field in its parent (`parent.name`), or else for the field
 * alone.
 */
function textForField<T>(table: Record<string, T>, { name, of }: FieldPlace): T | undefined {
  return table[`${of}.${name}`] ?? table[name];
}

function renderValue(value: unknown, { name, of, ...context }: RenderContext & FieldPlace): string {
  const { language } = context;
  if (Array.isArray(value)) return value.map((item) => renderValue(item, { name, of, ...context })).join("");
  if (typeof value === "boolean") return exportTexts[value ? "yes" : "no"][language];
  if (typeof value === "number") return numberIn(language, value);
  if (isText(value)) return escapeHtml(value[language]);
  if (typeof value === "object" && value !== null) return renderFields(value, { of: name, ...context });
  return renderText(String(value), { name, of, ...context });
}

const numberIn = (language: Language, value: number) =>
  value.toLocaleString(language === "fa" ? "fa-IR" : "en", { useGrouping: false, maximumFractionDigits: 20 });

const formatters = { instant: tehranTime, day: tehranDay, duration: durationInWords };

/** Renders a code or a time in words, and adds its machine-readable value. Other texts stay as they were written. */
function renderText(text: string, { name, of, ...context }: RenderContext & FieldPlace): string {
  const { language } = context;
  const codeText = codeName(text, { name, of, ...context });
  if (codeText) return `<data value="${escapeHtml(text)}">${escapeHtml(codeText[language])}</data>`;
  const format = textForField(fieldFormats, { name, of });
  if (format) return `<time datetime="${escapeHtml(text)}">${formatters[format](text, language)}</time>`;
  return `<span dir="auto">${escapeHtml(text)}</span>`;
}

const isText = (value: unknown): value is LocalizedText =>
  typeof value === "object" && value !== null && "fa" in value && "en" in value;

function codeName(text: string, { name, of, names }: RenderContext & FieldPlace): LocalizedText | undefined {
  const { agency, office, county, category, cause } = names;
  const tables: Record<string, Record<string, LocalizedText>> = {
    ...codeNames,
    status: statuses,
    authority: authorities,
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
