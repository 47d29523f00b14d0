import type { DocsPage } from "#functions/api/public/documents.ts";
import { problemTexts } from "#functions/http/problem-texts.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { isJson, type Json } from "../schemas/schemas.ts";
import { document, routes } from "./api.ts";
import { codeOf, readerErrors, seenBy } from "./errors.ts";
import { guide } from "./guide.ts";
import { nameIn, type Route } from "./parsed-documents.ts";
import { searchWords } from "./search-words.ts";

/** One result of the search: its kind, the id of its place, the page's number, title, address, and further words to find it by. */
export type SearchEntry = [kind: Kind, id: string, page: number, title: string, address: string, more: string];
type Kind = "operation" | "error" | "problem" | "guide" | "shape";
type Found = { kind: Kind; id: string; title: string; address?: string; more?: readonly string[] };

/**
 * The index of the search, made from the documents: each operation by method, path, summary in both languages, fields, problem
 * codes and words that a reader would type, and every other place that has a name. `pageOf` finds the page of a place.
 */
export function searchIndex(
  language: Language,
  { pages, pageOf }: { pages: readonly DocsPage[]; pageOf: (id: string) => DocsPage },
): SearchEntry[] {
  const found = [...routes.map((route) => operationEntry(route, language)), ...otherEntries(language)];
  return found.map(({ kind, id, title, address = "", more = [] }) => [
    kind,
    id,
    pages.indexOf(pageOf(id)),
    title,
    address,
    [...new Set(more.join(" ").split(/\s+/))].join(" "),
  ]);
}

const otherOf = (language: Language): Language => (language === "fa" ? "en" : "fa");

function operationEntry({ method, path, operation }: Route, language: Language): Found {
  const summaries = { en: operation.summary, fa: operation["x-summary-fa"] };
  const schemas = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
    Object.values(part?.content ?? {}).flatMap(({ schema }) => (isJson(schema) ? [schema] : [])),
  );
  const parameters = operation.parameters.flatMap((parameter) => ("name" in parameter ? [parameter.name] : []));
  return {
    kind: "operation",
    id: operation.operationId,
    title: summaries[language],
    address: `${method} ${path}`,
    more: [
      summaries[otherOf(language)],
      ...searchWords(operation.operationId),
      ...parameters,
      ...schemas.flatMap(fieldNames),
      ...codesOf(operation),
    ],
  };
}

/** Names of the fields of a schema, those of objects within it too. A named schema is followed once, and only from here. */
function fieldNames(schema: Json, depth = 0): string[] {
  const { $ref, properties, items } = schema;
  if (typeof $ref === "string") {
    const named = document.components.schemas[nameIn($ref)];
    return named && nameIn($ref) !== "Problem" && depth < 3 ? fieldNames(named, depth + 1) : [];
  }
  const inner = [...Object.values(isJson(properties) ? properties : {}), items].filter(isJson);
  return [
    ...Object.keys(isJson(properties) ? properties : {}),
    ...inner.flatMap((field) => fieldNames(field, depth + 1)),
  ];
}

/** Codes that every operation may answer, which would find them all. */
const everywhere = ["internal-error", "unavailable", "invalid", "direct-access-not-allowed", "not-registered"];

function codesOf({ responses }: Route["operation"]): string[] {
  const examples = Object.values(responses).map(({ content }) => content?.["application/problem+json"]?.examples);
  const names = examples.flatMap((one) => Object.keys(one ?? {})).filter((name) => name.endsWith("-en"));
  return names.map((name) => name.slice(0, -"-en".length)).filter((code) => !everywhere.includes(code));
}

function otherEntries(language: Language): Found[] {
  const other = otherOf(language);
  const named = Object.keys(document.components.schemas).filter(
    (name) => name !== "GatewayError" && !name.endsWith("Request"),
  );
  return [
    ...readerErrors.map((error): Found => {
      const { status, sentence } = seenBy(error, language);
      const more = [sentence, seenBy(error, other).sentence, error.when[other], codeOf(error) ?? ""];
      return { kind: "error", id: `error-${error.id}`, title: plain(error.when[language]), address: `${status}`, more };
    }),
    ...Object.entries(problemTexts).map(
      ([code, { status, title }]): Found => ({
        kind: "problem",
        id: `problem-${code}`,
        title: title[language],
        address: `${status} ${code}`,
        more: [title[other]],
      }),
    ),
    ...guide.map(({ id, title }): Found => ({ kind: "guide", id, title: title[language], more: [title[other]] })),
    ...places.map(({ id, title }): Found => ({ kind: "guide", id, title: title[language], more: [title[other], id] })),
    ...named.map((name): Found => ({ kind: "shape", id: name, title: name })),
  ];
}

const plain = (text: string) => text.replaceAll("`", "");

/** Sections that have names of their own, some of them from the time of the single page. */
const places: { id: string; title: Record<Language, string> }[] = [
  { id: "caller-front-end", title: { en: "Front end: what to do", fa: "درگاه ثبت شکایت: کارها به ترتیب" } },
  { id: "caller-citizen", title: { en: "Citizen: what to do", fa: "شهروند: کارها به ترتیب" } },
  { id: "caller-agency", title: { en: "Agency: what to do", fa: "دستگاه اجرایی: کارها به ترتیب" } },
  { id: "caller-inspector", title: { en: "Inspector: what to do", fa: "بازرس: کارها به ترتیب" } },
  { id: "caller-overseer", title: { en: "Overseer: what to do", fa: "مقام ناظر: کارها به ترتیب" } },
  { id: "caller-admin", title: { en: "Administrator: what to do", fa: "مدیر سامانه: کارها به ترتیب" } },
  { id: "caller-public", title: { en: "Open to everybody", fa: "باز برای همه" } },
  { id: "caller-person", title: { en: "Officials", fa: "کاربران" } },
  { id: "webhook-steps", title: { en: "Webhooks: what to do", fa: "وب‌هوک: کارها به ترتیب" } },
  { id: "webhook-signature", title: { en: "Verify a webhook's signature", fa: "سنجیدن امضای وب‌هوک" } },
  { id: "webhook-stopped", title: { en: "A webhook that stopped", fa: "وب‌هوکی که ایستاده است" } },
  { id: "queue", title: { en: "Queue messages, CloudEvents", fa: "پیام‌های صف، CloudEvents" } },
  { id: "limits", title: { en: "Limits", fa: "سقف‌ها" } },
  { id: "problems", title: { en: "All problem codes", fa: "همهٔ کدهای خطا" } },
  { id: "operations", title: { en: "All operations", fa: "همهٔ درخواست‌ها" } },
  { id: "shapes", title: { en: "Shapes of answers", fa: "ساختار پاسخ‌ها" } },
  { id: "guide", title: { en: "Good to know", fa: "خوب است بدانید" } },
];
