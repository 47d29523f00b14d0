import { fill } from "#functions/api/wording/fill.ts";
import { problemTexts } from "#functions/api/wording/problem-texts.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { jsonBlock } from "./code.ts";
import type { AsyncapiDocument, OpenapiDocument } from "./document.ts";
import { fieldList, fieldsOf, shape } from "./fields.ts";
import { prose } from "./prose.ts";
import { wordsIn } from "./wording.ts";

/** The named shapes that answers refer to; what a request holds stands with its route. */
export function shapesSection({ components }: OpenapiDocument, language: Language): Html {
  const shapes = Object.entries(components.schemas).filter(
    ([name]) => name !== "GatewayRefusal" && !name.endsWith("Request"),
  );
  return html`<section id="shapes"><h2>${wordsIn(language)("shapes")}</h2>
${shapes.map(([name, schema]) => html`<section id="${name}"><h3><code>${name}</code></h3>${shape(schema, language)}</section>`)}</section>`;
}

/** Every problem with its code, and what to do about it. */
export function problemsSection(language: Language): Html {
  const lines = Object.entries(problemTexts).map(
    ([code, { status, title, detail }]) =>
      html`<div id="problem-${code}"><dt><b class="status">${status}</b> <code>${code}</code></dt><dd><b>${title[language]}.</b> ${prose(fill(detail[language], places, language))}</dd></div>`,
  );
  return html`<section id="problems"><h2>${wordsIn(language)("problems")}</h2><dl class="fields">${lines}</dl></section>`;
}

/** Stands in a problem's text for a value that comes from the request. */
const places = {
  channel: "…",
  status: "…",
  limit: "262144",
  types: "application/json",
  agencyId: "…",
  countyId: "…",
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
  return html`<section id="queue"><h2>${say("queue")}</h2><p>${prose(about[language])}</p>
<p>${say("address")}: <code>${channels.agencyQueue.address}</code></p>
<h3>${say("envelope")}</h3>${fieldList(fieldsOf(components.schemas.CloudEvent), language)}
<details><summary>${say("messageExample")}</summary>${jsonBlock(all[0]?.examples[0]?.payload)}</details>
<h3>${say("types")}</h3><dl class="fields">${types}</dl></section>`;
}

const about: Record<Language, string> = {
  en: "Each agency has one FIFO queue, which its registered AWS principal may read. A message is a CloudEvents 1.0 event in JSON: at least once, in order per complaint. An event that was seen before is known by its `source` and `id` together; `version` has no gaps while the case is the agency's; it jumps where the case was sent on and came back. No text and no identity is in it: fetch what you need with your token. An agency without AWS reads the same events from `GET /v1/agency/events`. In full: [asyncapi.json](/v1/asyncapi.json).",
  fa: "هر دستگاه اجرایی یک صف FIFO دارد که تنها کاربر AWS ثبت‌شدهٔ همان دستگاه آن را می‌خواند. هر پیام یک رویداد CloudEvents 1.0 در قالب JSON است که دست‌کم یک بار و برای هر شکایت به ترتیب می‌رسد. رویداد تکراری از `source` و `id` آن با هم شناخته می‌شود؛ شمارهٔ `version` تا وقتی شکایت نزد دستگاه است پیوسته است و تنها وقتی می‌پرد که شکایت به دستگاه دیگری رفته و بازگشته باشد. در پیام هیچ متن و هیچ مشخصاتی نیست: آنچه را لازم است با توکن خود بخوانید. دستگاهی که AWS ندارد همین رویدادها را از `GET /v1/agency/events` می‌خواند. سند کامل: [asyncapi.json](/v1/asyncapi.json).",
};
