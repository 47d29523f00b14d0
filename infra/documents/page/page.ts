import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { catalog } from "#shared/province/slices.static.ts";
import { asyncapi } from "../asyncapi/asyncapi.ts";
import { callers } from "../openapi/callers.ts";
import { openapi } from "../openapi/openapi.ts";
import { problemsSection, queueSection, shapesSection } from "./closing-sections.ts";
import { codeBlock } from "./code.ts";
import { AsyncapiDocument, OpenapiDocument, type Route } from "./document.ts";
import { guide } from "./guide.ts";
import { limitsSection } from "./limits-section.ts";
import { operationSection, summaryOf } from "./operation-section.ts";
import { prose } from "./prose.ts";
import { style } from "./style.ts";
import { wordsIn } from "./wording.ts";

const document = OpenapiDocument.parse(openapi);
const events = AsyncapiDocument.parse(JSON.parse(JSON.stringify(asyncapi)));

const routes: Route[] = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** The callers that have routes, each with its routes. */
const groups = [...Map.groupBy(routes, ({ operation }) => operation.tags[0])].map(([caller, own]) => ({ caller, own }));

/** The documents as one page to read, which fetches and runs nothing. */
export function page(language: Language): string {
  const say = wordsIn(language);
  const other = language === "fa" ? "en" : "fa";
  const title = `${say("title")}: ${catalog.province.name[language]}`;
  return html`<!doctype html>
<html lang="${language}" dir="${language === "fa" ? "rtl" : "ltr"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title}</title><link rel="icon" href="data:,"><style>${{ html: style }}</style></head>
<body id="top"><a class="skip" href="#main">${say("skip")}</a><header><h1>${title}</h1><a class="switch" href="?lang=${other}" hreflang="${other}" lang="${other}">${say("otherLanguage")}</a></header>
<div class="page">${contents(language)}
<main id="main" tabindex="-1">${guideSection(language)}
<section id="routes"><h2>${say("routes")}</h2>${groups.map((group) => callerSection(group, language))}</section>
${queueSection(events, language)}${limitsSection(language)}${problemsSection(language)}${shapesSection(document, language)}
<a class="up" href="#top" aria-label="${say("toTop")}">↑</a></main></div></body></html>`.html;
}

function guideSection(language: Language): Html {
  const parts = guide.map(
    ({ id, title, paragraphs, sample }) =>
      html`<section id="${id}"><h3>${title[language]}</h3>${paragraphs[language].map((text) => html`<p>${prose(text)}</p>`)}${sample}</section>`,
  );
  return html`<section id="guide"><h2>${wordsIn(language)("guide")}</h2>${parts}</section>`;
}

type Group = (typeof groups)[number];

function callerSection({ caller, own }: Group, language: Language): Html {
  const { name, may, proof } = callers[caller];
  return html`<section id="caller-${caller}"><h3>${name[language]}</h3><p>${beginning(may[language])}.</p>${proof === "token" && codeBlock(`as ${caller}`)}
${own.map((route) => operationSection(route, { document, language }))}</section>`;
}

/** The text with a capital first letter. */
const beginning = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function contents(language: Language): Html {
  const say = wordsIn(language);
  const link = (id: string, words: string) => html`<li><a href="#${id}">${words}</a></li>`;
  const ofCaller = ({ caller, own }: Group) =>
    html`<li><details><summary>${callers[caller].name[language]}</summary><ul>${own.map(({ operation }) => link(operation.operationId, summaryOf(operation, language)))}</ul></details></li>`;
  return html`<nav aria-label="${say("contents")}"><h2>${say("contents")}</h2><ul>
<li><details><summary>${say("guide")}</summary><ul>${guide.map(({ id, title }) => link(id, title[language]))}</ul></details></li>
${groups.map(ofCaller)}
${link("queue", say("queue"))}${link("limits", say("limits"))}${link("problems", say("problems"))}${link("shapes", say("shapes"))}</ul></nav>`;
}
