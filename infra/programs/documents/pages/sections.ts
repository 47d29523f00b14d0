import { fillPlaceholders, problemTexts } from "#functions/http/problem-texts.ts";
import type { Caller } from "#shared/people/principal.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { callers, peopleOnly, scopeOf } from "../openapi/callers.ts";
import { isJson, type Json } from "../schemas/schemas.ts";
import { type AsyncapiDocument, nameIn, type OpenapiDocument, type Operation, type Route } from "./parsed-documents.ts";
import { pasteBlock, writtenRequests } from "./paste.ts";
import { uploadBlock, uploadNote } from "./upload.ts";
import { code, jsonBlock, numberIn, type PageWords, prose, type Word, wordsIn } from "./wording.ts";

const formats: Record<string, Word> = { "date-time": "instant", date: "day", email: "email", uri: "uri" };
const types: Record<string, Word> = {
  string: "text",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  object: "object",
  null: "null",
};

/** What kind of value a schema takes, and its limits, in words. */
function kindOf(schema: Json, language: Language): Html {
  const say = wordsIn(language);
  const { $ref, enum: choices, const: only, type, items, anyOf, oneOf, default: silent } = schema;
  if (typeof $ref === "string") return html`<a href="#${nameIn($ref)}"><code>${nameIn($ref)}</code></a>`;
  if (only !== undefined) return html`<code>${JSON.stringify(only)}</code>`;
  const either = anyOf ?? oneOf;
  if (Array.isArray(either))
    return joined(
      either.filter(isJson).map((one) => kindOf(one, language)),
      " / ",
    );
  const otherwise = silent !== undefined && html`${say("comma")}${say("left")} <code>${JSON.stringify(silent)}</code>`;
  if (Array.isArray(choices))
    return html`${say("oneOf")} ${joined(
      choices.map((choice) => html`<code>${String(choice)}</code>`),
      " ",
    )}${otherwise}`;
  const range = limits(schema, language);
  if (type === "array" && isJson(items)) {
    const [before = "", after = ""] = say("array", { of: "\0" }).split("\0");
    return html`${before}${kindOf(items, language)}${after}${range}`;
  }
  const { format } = schema;
  const word = (typeof format === "string" && formats[format]) || types[String(type)] || "anything";
  return html`${prose(say(word))}${range}${otherwise}`;
}

function joined(all: Html[], between: string): Html {
  return html`${all.map((one, n) => html`${n > 0 && between}${one}`)}`;
}

/** Zod gives every whole number the limits of safe integers. The page does not show these. */
const safeIntegerLimit = 2 ** 53 - 1;

function limits(
  { minimum, maximum, minLength, maxLength, minItems, maxItems, format }: Json,
  language: Language,
): string {
  const say = wordsIn(language);
  const written = format === undefined && rangeOf(minLength, maxLength, language);
  if (written) return ` (${say("characters", { range: written })})`;
  const entries = rangeOf(minItems, maxItems, language);
  if (entries) return ` (${say("entries", { range: entries })})`;
  const values = rangeOf(minimum, maximum, language);
  return values ? ` (${values})` : "";
}

function rangeOf(least: unknown, most: unknown, language: Language): string | undefined {
  const say = wordsIn(language);
  const from = typeof least === "number" && Math.abs(least) < safeIntegerLimit ? numberIn(language, least) : undefined;
  const to = typeof most === "number" && Math.abs(most) < safeIntegerLimit ? numberIn(language, most) : undefined;
  if (from !== undefined && to !== undefined) return say("between", { from, to });
  if (from !== undefined) return say("atLeast", { from });
  return to === undefined ? undefined : say("atMost", { to });
}

/** One line of a list of fields. */
type Field = { name: string; schema: Json; required: boolean; place?: string };

/** The fields of an object and, under names like `officer.name` and `actions[].text`, those of objects within it. */
function fieldsOf(schema: Json, prefix = ""): Field[] {
  const { properties, required } = schema;
  const needed: unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(isJson(properties) ? properties : {}).flatMap(([name, field]) => {
    if (!isJson(field)) return [];
    const path = `${prefix}${name}`;
    const inner =
      field.type === "array" && isJson(field.items) ? { of: field.items, mark: "[]." } : { of: field, mark: "." };
    return [
      { name: path, schema: field, required: needed.includes(name) },
      ...fieldsOf(inner.of, `${path}${inner.mark}`),
    ];
  });
}

function meaningIn(language: Language, { description, "x-description-fa": persian }: Json): string {
  return String((language === "fa" && persian) || (description ?? ""));
}

/** Fields as a list that reads on a phone too: name, kind and limits, meaning. */
function fieldList(fields: Field[], language: Language): Html {
  if (fields.length === 0) return html``;
  return html`<dl class="fields">${fields.map((field) => fieldLine(field, language))}</dl>`;
}

function fieldLine({ name, schema, required, place }: Field, language: Language): Html {
  const mark = required && html` <b class="required">${wordsIn(language)("required")}</b>`;
  return html`<div><dt><code>${name}</code>${mark}${place && html` <small>${place}</small>`}</dt><dd>${prose(meaningIn(language, schema))} <span class="kind">${kindOf(schema, language)}</span></dd></div>`;
}

/** The fields of a named schema, or its kind if it is no object. */
function shape(schema: Json, language: Language): Html {
  return isJson(schema.properties) ? fieldList(fieldsOf(schema), language) : html`<p>${kindOf(schema, language)}</p>`;
}

export type SectionContext = { document: OpenapiDocument; language: Language };

/** The section on one operation. */
export function operationSection(route: Route, { document, language }: SectionContext): Html {
  const { method, path, operation } = route;
  const say = wordsIn(language);
  return html`<article class="operation" id="${operation.operationId}">
<h3><a href="#${operation.operationId}">${summaryOf(operation, language)}</a></h3>
<p class="address" dir="ltr"><b class="method">${method}</b> ${code(path)}</p>
${uploadNote(route, language)}${pasteBlock(operation.operationId, { request: writtenRequests(route, language), language })}${uploadBlock(route, language)}
${titled(say("parameters"), fieldList(parametersOf(operation, say), language))}
${headerLine(operation, { document, say })}
${bodyPart(operation, { document, language })}
${answerPart(operation, { document, language })}
${refusalPart(operation, say)}
</article>`;
}

export function summaryOf({ summary, "x-summary-fa": persian }: Operation, language: Language): string {
  return language === "fa" ? persian : summary;
}

/** Who calls these operations, and with which proof. */
export function allowedCallers(caller: Caller, language: Language): Html {
  const { name, proof } = callers[caller];
  const words: Record<"token" | "secret" | "nothing", Word> = {
    token: "byToken",
    secret: "bySecret",
    nothing: "byNothing",
  };
  const way = peopleOnly.includes(caller) ? "byPerson" : words[proof ?? "nothing"];
  const how = wordsIn(language)(way, { scope: scopeOf(caller) });
  return html`<b>${name[language]}</b>${wordsIn(language)("comma")}${prose(how)}`;
}

const parameterPlaces: Record<string, Word> = { path: "inPath", query: "inQuery" };

function parametersOf({ parameters }: Operation, say: PageWords): Field[] {
  return parameters.flatMap((parameter): Field[] => {
    const word = "$ref" in parameter ? undefined : parameterPlaces[parameter.in];
    if ("$ref" in parameter || !word) return [];
    const { name, required = false, schema, description, "x-description-fa": persian } = parameter;
    return [{ name, required, place: say(word), schema: { ...schema, description, "x-description-fa": persian } }];
  });
}

/** Anchors in the guide, where it explains the headers that many routes share. */
const answerHeaders: Record<string, string> = {
  "Accept-Language": "refusals",
  "Idempotency-Key": "idempotency",
  "If-Match": "versions",
};

function headerLine({ parameters }: Operation, { document, say }: { document: OpenapiDocument; say: PageWords }): Html {
  const links = parameters.flatMap((parameter) => {
    const found = "$ref" in parameter ? document.components.parameters[nameIn(parameter.$ref)] : undefined;
    if (!found) return [];
    const mark = found.required && html`<b class="required">(${say("required")})</b> `;
    return [html`<a href="#${answerHeaders[found.name]}"><code>${found.name}</code></a> ${mark}`];
  });
  return titled(say("headers"), html`<p class="codes">${links}</p>`);
}

function titled(title: string, content: Html): Html {
  return content.html === "" ? html`` : html`<h4>${title}</h4>${content}`;
}

function example(title: string, block: Html): Html {
  return html`<details><summary>${title}</summary>${block}</details>`;
}

function bodyPart({ requestBody }: Operation, { document, language }: SectionContext): Html {
  const content = Object.values(requestBody?.content ?? {})[0];
  const fields = fieldsOf(document.components.schemas[nameIn(content?.schema.$ref ?? "")] ?? {});
  return titled(wordsIn(language)("body"), fieldList(fields, language));
}

function answerPart({ responses }: Operation, { document, language }: SectionContext): Html {
  const say = wordsIn(language);
  const [status = "", answer] = Object.entries(responses).find(([code]) => Number(code) < 400) ?? [];
  const [contentType, content] = Object.entries(answer?.content ?? {})[0] ?? [];
  const headers = Object.keys(answer?.headers ?? {});
  const answerExample = content?.examples?.[language];
  return html`<h4>${say("answer")}</h4><p><b class="status">${status}</b> ${contentType && html`<code>${contentType}</code>`}
${content?.schema && shapeOf(content.schema)}
${headers.length > 0 && html`${say("answerHeaders")} ${headers.map((name) => html`<code>${name}</code> `)}`}</p>
${content?.schema && fieldList(fieldsOf(content.schema), language)}
${content?.schema && fieldsOfShape(content.schema, { document, language })}
${contentType?.includes("json") && isJson(answerExample) && example(say("answerExample"), jsonBlock(answerExample.value))}`;
}

/** The fields of a named answer, repeated at each of its routes. */
function fieldsOfShape({ $ref }: Json, { document, language }: SectionContext): Html {
  const schema = typeof $ref === "string" && document.components.schemas[nameIn($ref)];
  return schema ? example(wordsIn(language)("answerFields"), shape(schema, language)) : html``;
}

function shapeOf({ $ref }: Json): Html {
  if (typeof $ref !== "string") return html``;
  return prose(`[\`${nameIn($ref)}\`](#${nameIn($ref)}) `);
}

/** The codes a route may be refused with, each a link to what to do, and the gateway's own statuses. */
function refusalPart({ responses }: Operation, say: PageWords): Html {
  const refused = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  const codes = refused.flatMap(([, { content }]) => codesIn(content?.["application/problem+json"]?.examples));
  const byGateway = refused.filter(([, { content }]) => content?.["application/json"]).map(([status]) => status);
  return html`<h4>${say("mayFail")}</h4><p class="codes">${codes.map((code) => html`<a href="#problem-${code}"><code>${code}</code></a> `)}
${byGateway.length > 0 && html`${say("gatewayToo")} ${byGateway.map((status) => html`<code>${status}</code> `)}`}</p>`;
}

function codesIn(examples: Json | undefined): string[] {
  return Object.keys(examples ?? {})
    .filter((name) => name.endsWith("-en"))
    .map((name) => name.slice(0, -"-en".length));
}

/** The named schemas that answers refer to, on one of their two pages. The body of a request is described with its route. */
export function shapesSection(
  { components }: OpenapiDocument,
  { page, language }: { page: "shapes" | "histories"; language: Language },
): Html {
  const shapes = Object.entries(components.schemas).filter(
    ([name]) =>
      name !== "GatewayError" && !name.endsWith("Request") && name.startsWith("History") === (page === "histories"),
  );
  return html`${shapes.map(([name, schema]) => html`<details><summary><code>${name}</code></summary><div id="${name}">${shape(schema, language)}</div></details>`)}`;
}

/** Every problem with its code, and what to do about it. */
export function problemsSection(language: Language): Html {
  const lines = Object.entries(problemTexts).map(
    ([code, { status, title, detail }]) =>
      html`<div id="problem-${code}"><dt><b class="status">${status}</b> <code>${code}</code></dt><dd><b>${title[language]}.</b> ${prose(fillPlaceholders(detail[language], places, language))}</dd></div>`,
  );
  return html`<dl class="fields">${lines}</dl>`;
}

/** Fills the places in the texts of problems. In a real problem they hold values of the request. */
const places = {
  channel: "…",
  status: "…",
  limit: "262144",
  types: "application/json",
  agencyId: "…",
  countyId: "…",
  sub: "…",
  name: "…",
  officeId: "…",
  category: "…",
  id: "…",
  docs: "/v1/docs",
};

/** The messages of an agency's queue. */
export function queueSection({ channels, components }: AsyncapiDocument, language: Language): Html {
  const say = wordsIn(language);
  const all = Object.values(components.messages);
  const types = all.map(
    (message) =>
      html`<div><dt><code>${message.name}</code></dt><dd>${language === "fa" ? message["x-summary-fa"] : message.summary}</dd></div>`,
  );
  return html`<p class="prose">${prose(about[language])}</p>
<p>${say("address")}: <code>${channels.agencyQueue.address}</code></p>
<h3>${say("envelope")}</h3>${fieldList(fieldsOf(components.schemas.CloudEvent), language)}
<details><summary>${say("messageExample")}</summary>${jsonBlock(all[0]?.examples[0]?.payload)}</details>
<h3>${say("types")}</h3><dl class="fields">${types}</dl>`;
}

const about: Record<Language, string> = {
  en: "Each agency has one FIFO queue, which its registered AWS principal may read. A message is a CloudEvents 1.0 event in JSON. Each event comes at least once, and the events of a complaint come in order. `source` and `id` together identify an event that comes again. `version` has no gaps while the agency has the complaint; it jumps if the complaint was transferred and came back. A message has no text and no identity: fetch what you need with your token. An agency without AWS reads the same events from `GET /v1/agency/events`. In full: [asyncapi.json](/v1/asyncapi.json).",
  fa: "هر دستگاه اجرایی یک صف FIFO دارد که تنها کاربر AWS ثبت‌شدهٔ همان دستگاه آن را می‌خواند. هر پیام یک رویداد CloudEvents 1.0 در قالب JSON است که دست‌کم یک بار و برای هر شکایت به ترتیب می‌رسد. رویداد تکراری از `source` و `id` آن با هم شناخته می‌شود؛ شمارهٔ `version` تا وقتی شکایت نزد دستگاه است پیوسته است و تنها وقتی می‌پرد که شکایت به دستگاه دیگری رفته و بازگشته باشد. در پیام هیچ متن و هیچ مشخصاتی نیست: آنچه را لازم است با توکن خود بخوانید. دستگاهی که AWS ندارد همین رویدادها را از `GET /v1/agency/events` می‌خواند. سند کامل: [asyncapi.json](/v1/asyncapi.json).",
};
