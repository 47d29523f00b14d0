import { type DocsPage, docsPages } from "#functions/documents/documents.api.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import type { Look } from "./look.ts";
import { pageBody, pageName } from "./pages.ts";
import { searchIndex } from "./search.ts";
import type { SearchIndex } from "./search-ranking.ts";
import { type PageWords, wordsIn } from "./wording.ts";

type Bodies = Map<DocsPage, string>;

/** Every page in one language, by its name. */
export function docsIn(language: Language, look: Look): Map<DocsPage, string> {
  const bodies = bodiesIn(language);
  const index = JSON.stringify(indexOf(bodies, language));
  return new Map(docsPages.map((page) => [page, wholePage(page, { language, look, bodies, index })]));
}

const bodiesIn = (language: Language): Bodies =>
  new Map(docsPages.map((page) => [page, pageBody(page, language).html]));

const indexOf = (bodies: Bodies, language: Language) =>
  searchIndex(language, { pages: docsPages, pageOf: pagesOfPlaces(bodies) });

/** The index of the search in one language, as every page has it. */
export const indexIn = (language: Language): SearchIndex => indexOf(bodiesIn(language), language);

const idsIn = (text: string) => [...text.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);

/** Finds the page of a place by its id. Throws if no page has it: a link or the search would lead nowhere. */
function pagesOfPlaces(bodies: Bodies): (id: string) => DocsPage {
  const pages = new Map([...bodies].reverse().flatMap(([page, text]) => idsIn(text).map((id) => [id, page] as const)));
  return (id) => {
    const page = pages.get(id);
    if (page === undefined) throw new Error(`No page of the documentation has the place ${id}`);
    return page;
  };
}

const addressOf = (page: DocsPage, language: Language) => `?page=${page}&amp;language=${language}`;

/** Leads links to places of other pages there. */
function withLinks(body: string, { bodies, language }: { bodies: Bodies; language: Language }): string {
  const own = new Set(idsIn(body));
  const pageOf = pagesOfPlaces(bodies);
  return body.replace(/ href="#([^"]+)"/g, (link, id: string) =>
    own.has(id) ? link : ` href="${addressOf(pageOf(id), language)}#${id}"`,
  );
}

type Whole = { language: Language; look: Look; bodies: Bodies; index: string };

function wholePage(page: DocsPage, { language, look, bodies, index }: Whole): string {
  const say = wordsIn(language);
  const other = language === "fa" ? "en" : "fa";
  const name = pageName(page, language);
  const title = page === "start" ? say("home") : `${name} · ${say("home")}`;
  const body: Html = { html: withLinks(bodies.get(page) ?? "", { bodies, language }) };
  return html`<!doctype html>
<html lang="${language}" dir="${language === "fa" ? "rtl" : "ltr"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title}</title><link rel="icon" href="data:,"><style>${{ html: look.style }}</style></head>
<body><a class="skip" href="#main">${say("skip")}</a>
<header><div class="top"><a href="${{ html: addressOf("start", language) }}"><b>${say("home")}</b></a><a class="switch" href="${{ html: addressOf(page, other) }}" hreflang="${other}" lang="${other}">${say("otherLanguage")}</a></div>
${navigation(page, language)}</header>
${searchForm(language)}
<main id="main" tabindex="-1">${body}</main>
<footer><p>${say("home")}</p></footer>
<script type="application/json" id="index">${{ html: dataOf(page, { language, index }) }}</script><script>${{ html: look.script }}</script></body></html>`
    .html;
}

function navigation(page: DocsPage, language: Language): Html {
  const links = docsPages.map(
    (one) =>
      html`<li><a href="${{ html: addressOf(one, language) }}"${one === page && html` aria-current="page"`}>${pageName(one, language)}</a></li>`,
  );
  return html`<nav class="pages" aria-label="${wordsIn(language)("pages")}"><ul>${links}</ul></nav>`;
}

/** The script shows the form: without the script it would find nothing. */
function searchForm(language: Language): Html {
  const say = wordsIn(language);
  const [before = "", after = ""] = say("searchKey", { key: "\0" }).split("\0");
  return html`<form id="search" role="search" hidden><label for="query">${say("search")}</label><input id="query" type="search" autocomplete="off" spellcheck="false" placeholder="${say("searchHint")}" aria-keyshortcuts="/"><span class="key">${before}<kbd>/</kbd>${after}</span><div class="found"><output for="query"></output><p class="instead" hidden><a href="${{ html: addressOf("reference", language) }}#operations">${say("operations")}</a></p><ol class="results" aria-label="${say("results")}"></ol><button type="button" hidden></button></div></form>`;
}

/** The sentences of the search. The script fills their places. */
function searchSentences(say: PageWords) {
  const places = Object.fromEntries(["count", "shown", "query", "word", "words"].map((name) => [name, `{${name}}`]));
  return {
    count: say("searchCount", places),
    shown: say("searchShown", places),
    rest: say("searchRest", places),
    none: say("searchNone", places),
    otherwise: say("searchOtherwise"),
    missing: say("searchMissing", places),
    missingOne: say("searchMissingOne", places),
    quoted: say("quoted", places),
    comma: say("comma"),
  };
}

/** The data for the script, as JSON. A `<` would end the element. */
function dataOf(page: DocsPage, { language, index }: { language: Language; index: string }): string {
  const say = wordsIn(language);
  const words = {
    ...searchSentences(say),
    copy: say("copy"),
    copied: say("copied"),
  };
  const pages = docsPages.map((one) => [one, pageName(one, language)]);
  const head = JSON.stringify({ language, page, pages, words });
  return `${head.slice(0, -1)},"index":${index}}`.replaceAll("<", "\\u003c");
}
