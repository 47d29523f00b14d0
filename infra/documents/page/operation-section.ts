import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { callers, scopeOf } from "../openapi/callers.ts";
import { isJson, type Json } from "../openapi/json.ts";
import { codeBlock, jsonBlock } from "./code.ts";
import { curlOf } from "./curl.ts";
import { nameIn, type OpenapiDocument, type Operation, type Route } from "./document.ts";
import { type Field, fieldList, fieldsOf, shape } from "./fields.ts";
import { prose } from "./prose.ts";
import { type Say, type Word, wordsIn } from "./wording.ts";

type Shown = { document: OpenapiDocument; language: Language };

/** The page's section on one route. */
export function operationSection(route: Route, { document, language }: Shown): Html {
  const { method, path, operation } = route;
  const say = wordsIn(language);
  return html`<section class="route" id="${operation.operationId}">
<h4><a href="#${operation.operationId}">${summaryOf(operation, language)}</a></h4>
<p class="address" dir="ltr"><b class="method ${method.toLowerCase()}">${method}</b> <code>${path}</code></p>
<p>${say("whoMay")}: ${whoMay(operation, language)}</p>
${titled(say("parameters"), fieldList(parametersOf(operation, say), language))}
${headerLine(operation, { document, say })}
${bodyPart(operation, { document, language })}
${answerPart(operation, { document, language })}
${example(say("tryIt"), html`<div class="try">${codeBlock(curlOf(route, language))}</div>`)}
${refusalPart(operation, say)}
</section>`;
}

export function summaryOf({ summary, "x-summary-fa": persian }: Operation, language: Language): string {
  return language === "fa" ? persian : summary;
}

function whoMay({ tags: [caller] }: Operation, language: Language): Html {
  const { name, proof } = callers[caller];
  const words: Record<"token" | "secret" | "nothing", Word> = {
    token: "byToken",
    secret: "bySecret",
    nothing: "byNothing",
  };
  const how = wordsIn(language)(words[proof ?? "nothing"], { scope: scopeOf(caller) });
  return html`<b>${name[language]}</b>${wordsIn(language)("comma")}${prose(how)}`;
}

const places: Record<string, Word> = { path: "inPath", query: "inQuery" };

function parametersOf({ parameters }: Operation, say: Say): Field[] {
  return parameters.flatMap((parameter): Field[] => {
    const word = "$ref" in parameter ? undefined : places[parameter.in];
    if ("$ref" in parameter || !word) return [];
    const { name, required = false, schema, description, "x-description-fa": persian } = parameter;
    return [{ name, required, place: say(word), schema: { ...schema, description, "x-description-fa": persian } }];
  });
}

/** Anchors in the guide, where it explains the headers that many routes share. */
const toldOf: Record<string, string> = {
  "Accept-Language": "refusals",
  "Idempotency-Key": "idempotency",
  "If-Match": "versions",
};

function headerLine({ parameters }: Operation, { document, say }: { document: OpenapiDocument; say: Say }): Html {
  const links = parameters.flatMap((parameter) => {
    const found = "$ref" in parameter ? document.components.parameters[nameIn(parameter.$ref)] : undefined;
    if (!found) return [];
    const mark = found.required && html`<b class="required">(${say("required")})</b> `;
    return [html`<a href="#${toldOf[found.name]}"><code>${found.name}</code></a> ${mark}`];
  });
  return titled(say("headers"), html`<p class="codes">${links}</p>`);
}

function titled(title: string, content: Html): Html {
  return content.html === "" ? html`` : html`<h5>${title}</h5>${content}`;
}

function example(title: string, block: Html): Html {
  return html`<details><summary>${title}</summary>${block}</details>`;
}

function bodyPart({ requestBody }: Operation, { document, language }: Shown): Html {
  const sent = Object.values(requestBody?.content ?? {})[0];
  const fields = fieldsOf(document.components.schemas[nameIn(sent?.schema.$ref ?? "")] ?? {});
  return titled(wordsIn(language)("body"), fieldList(fields, language));
}

function answerPart({ responses }: Operation, { document, language }: Shown): Html {
  const say = wordsIn(language);
  const [status = "", answer] = Object.entries(responses).find(([code]) => Number(code) < 400) ?? [];
  const [contentType, content] = Object.entries(answer?.content ?? {})[0] ?? [];
  const headers = Object.keys(answer?.headers ?? {});
  const shown = content?.examples?.[language];
  return html`<h5>${say("answer")}</h5><p><b class="status">${status}</b> ${contentType && html`<code>${contentType}</code>`}
${content?.schema && shapeOf(content.schema)}
${headers.length > 0 && html`${say("answerHeaders")} ${headers.map((name) => html`<code>${name}</code> `)}`}</p>
${content?.schema && fieldList(fieldsOf(content.schema), language)}
${content?.schema && fieldsOfShape(content.schema, { document, language })}
${contentType?.includes("json") && isJson(shown) && example(say("answerExample"), jsonBlock(shown.value))}`;
}

/** The fields of an answer that has a name, beside the routes that give it too. */
function fieldsOfShape({ $ref }: Json, { document, language }: Shown): Html {
  const schema = typeof $ref === "string" && document.components.schemas[nameIn($ref)];
  return schema ? example(wordsIn(language)("answerFields"), shape(schema, language)) : html``;
}

function shapeOf({ $ref }: Json): Html {
  if (typeof $ref !== "string") return html``;
  return prose(`[\`${nameIn($ref)}\`](#${nameIn($ref)}) `);
}

/** The codes a route may be refused with, each a link to what to do, and the gateway's own statuses. */
function refusalPart({ responses }: Operation, say: Say): Html {
  const refused = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  const codes = refused.flatMap(([, { content }]) => codesIn(content?.["application/problem+json"]?.examples));
  const byGateway = refused.filter(([, { content }]) => content?.["application/json"]).map(([status]) => status);
  return html`<h5>${say("mayFail")}</h5><p class="codes">${codes.map((code) => html`<a href="#problem-${code}"><code>${code}</code></a> `)}
${byGateway.length > 0 && html`${say("gatewayToo")} ${byGateway.map((status) => html`<code>${status}</code> `)}`}</p>`;
}

function codesIn(examples: Json | undefined): string[] {
  return Object.keys(examples ?? {})
    .filter((name) => name.endsWith("-en"))
    .map((name) => name.slice(0, -"-en".length));
}
