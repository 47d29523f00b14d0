import type { DocsPage } from "#functions/documents/documents.api.ts";
import { problemTexts } from "#functions/http/problem-texts.ts";
import type { Language } from "#shared/vocabulary.ts";
import { isJson, type Json } from "../schemas/schemas.ts";
import { document, routes } from "./api.ts";
import type { Task } from "./entries.ts";
import { codeOf, readerErrors, seenBy } from "./errors.ts";
import { guide } from "./guide.ts";
import { nameIn, type Route } from "./parsed-documents.ts";
import type { Kind, SearchEntry, SearchIndex } from "./search-ranking.ts";
import { callerWords, searchWords, synonyms } from "./search-words.ts";
import { tasks } from "./tasks.ts";
import { stemsOf, wordsOfQuery } from "./word-stems.ts";

type Found = {
  kind: Kind;
  id: string;
  title: string;
  address?: string;
  caller?: string;
  words?: readonly string[];
  fields?: readonly string[];
};

/**
 * The index of the search, made from the documents: each operation by method, path, summary in both languages, caller, task,
 * fields, problem codes and words that a reader would type, and every other place that has a name. `pageOf` finds the page of a
 * place.
 */
export function searchIndex(
  language: Language,
  { pages, pageOf }: { pages: readonly DocsPage[]; pageOf: (id: string) => DocsPage },
): SearchIndex {
  const found = [...routes.map((route) => operationEntry(route, language)), ...otherEntries(language)];
  const entries = found.map(({ kind, id, title, address = "", caller = "", words = [], fields = [] }): SearchEntry => {
    const inTitle = new Set(stemsOf(title));
    // Idle words are left out of each query too.
    const further = stemsOf(wordsOfQuery(words.join(" ")).join(" ")).filter((stem) => !inTitle.has(stem));
    const on = pages.indexOf(pageOf(id));
    const task = allTasks.findIndex(({ operations }) => operations.includes(id));
    return [kind, id, on, title, address, stemsIn(caller), further.join(" "), [...new Set(fields)].join(" "), task];
  });
  return { entries, texts: allTasks.map((task) => textOf(task, language)), synonyms };
}

const allTasks = Object.values(tasks).flat();
const stemsIn = (text: string) => stemsOf(text).join(" ");
/** The text of the page about a task. */
const textOf = ({ title, text }: Task, language: Language) =>
  stemsIn(wordsOfQuery(`${title[language]} ${text[language]}`).join(" "));

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
    caller: callerWords[operation.tags[0]],
    words: [summaries[otherOf(language)], ...searchWords(operation.operationId)],
    fields: [...parameters, ...schemas.flatMap(fieldNames), ...codesOf(operation)],
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

/** Codes that every operation may answer, or every other, which would find them all. Each code has an entry of its own. */
const everywhere = [
  "internal-error",
  "unavailable",
  "invalid",
  "direct-access-not-allowed",
  "not-registered",
  "not-found",
  "too-large",
  "unsupported-media-type",
];

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
      const words = [sentence, seenBy(error, other).sentence, error.when[other], codeOf(error) ?? ""];
      return {
        kind: "error",
        id: `error-${error.id}`,
        title: plain(error.when[language]),
        address: `${status}`,
        words,
      };
    }),
    ...Object.entries(problemTexts).map(
      ([code, { status, title }]): Found => ({
        kind: "problem",
        id: `problem-${code}`,
        title: title[language],
        address: `${status} ${code}`,
        words: [title[other]],
      }),
    ),
    ...guide.map(({ id, title }): Found => ({ kind: "guide", id, title: title[language], words: [title[other]] })),
    ...places.map(
      ({ id, title, words = "" }): Found => ({
        kind: "guide",
        id,
        title: title[language],
        words: [title[other], id, words],
      }),
    ),
    ...named.map((name): Found => ({ kind: "shape", id: name, title: name })),
  ];
}

const plain = (text: string) => text.replaceAll("`", "");

/** Sections that have names of their own, some of them from the time of the single page. */
const places: { id: string; title: Record<Language, string>; words?: string }[] = [
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
  {
    id: "limits",
    title: { en: "Limits", fa: "سقف‌ها" },
    words:
      "size megabytes maximum how many files upload rate سقف فایل پیوست محدودیت حجم اندازه مگابایت حداکثر تعداد چند",
  },
  { id: "problems", title: { en: "All problem codes", fa: "همهٔ کدهای خطا" } },
  { id: "operations", title: { en: "All operations", fa: "همهٔ درخواست‌ها" } },
  { id: "shapes", title: { en: "Shapes of answers", fa: "ساختار پاسخ‌ها" } },
  { id: "histories", title: { en: "Entries of histories", fa: "سطرهای تاریخچه" } },
  { id: "guide", title: { en: "Good to know", fa: "خوب است بدانید" } },
];
