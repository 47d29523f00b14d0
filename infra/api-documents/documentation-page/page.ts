import type { Language } from "#shared/domain/vocabulary.ts";
import { type Html, html } from "#shared/domain/wording/html.ts";
import { catalog } from "#shared/province/slices.static.ts";
import { asyncapi } from "../asyncapi.ts";
import { callers } from "../openapi/callers.ts";
import { openapi } from "../openapi/openapi.ts";
import { guide } from "./guide.ts";
import { limitsSection } from "./limits.ts";
import { AsyncapiDocument, OpenapiDocument, type Route } from "./parsed-documents.ts";
import { operationSection, problemsSection, queueSection, shapesSection, summaryOf } from "./sections.ts";
import { codeBlock, prose, wordsIn } from "./wording.ts";

/** The page's look: both directions by logical properties, light and dark, down to the width of a phone. */
export const style = `
:root{--paper:#fff;--ink:#1b2430;--soft:#5a6675;--line:#dfe4ea;--tint:#f4f6f9;--accent:#0b6b57;--warn:#a33a12;--get:#0b5cad;--post:#0b6b57;--put:#8a5a00;--delete:#a3122a}
@media (prefers-color-scheme:dark){:root{--paper:#12171d;--ink:#e4e9ef;--soft:#9aa7b5;--line:#2b343f;--tint:#1a2129;--accent:#5fd0b4;--warn:#f0a37e;--get:#7db8f5;--post:#5fd0b4;--put:#e6b95c;--delete:#f58a9b}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.75 Vazirmatn,"Segoe UI",system-ui,Tahoma,"Noto Sans Arabic","Noto Naskh Arabic",sans-serif;text-align:start;overflow-wrap:anywhere}
:lang(en){line-height:1.6}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-4rem;padding:.4rem 1rem;background:var(--accent);color:var(--paper);border-radius:.5rem}
.skip:focus{inset-block-start:.5rem}
main:focus{outline:0}
header{display:flex;gap:1rem;align-items:baseline;justify-content:space-between;flex-wrap:wrap;padding:1.25rem 1.25rem;border-block-end:1px solid var(--line)}
h1{font-size:1.4rem;margin:0}
h2{font-size:1.35rem;margin:2.5rem 0 1rem;padding-block-end:.3rem;border-block-end:2px solid var(--accent)}
h3{font-size:1.15rem;margin:2rem 0 .5rem}
h4{font-size:1.05rem;margin:0}
h4 a{color:inherit;text-decoration:none}
h4 a:hover{text-decoration:underline}
h5{font-size:.9rem;margin:1.1rem 0 .3rem;color:var(--soft)}
p{margin:.5rem 0}
a{color:var(--accent)}
.switch{border:1px solid var(--line);border-radius:.5rem;padding:.15rem .8rem;text-decoration:none}
.page{max-width:76rem;margin-inline:auto;padding:0 1.25rem 4rem}
nav{padding-block:1rem}
nav h2{font-size:1rem;margin:0 0 .5rem;border:0;color:var(--soft)}
nav ul{list-style:none;margin:0;padding:0}
nav ul ul{padding-inline-start:1.1rem;border-inline-start:1px solid var(--line);margin-inline-start:.3rem}
nav li{padding-block:.15rem}
nav a{text-decoration:none;color:inherit}
nav a:hover{color:var(--accent);text-decoration:underline}
/* Where one is: browsers that do not know it yet show the plain list. What is folded is no place one can be at. */
nav{scroll-target-group:auto}
nav a:target-current{color:var(--accent);font-weight:600}
.try pre{user-select:all}
summary{cursor:pointer}
@media (min-width:62rem){nav details::details-content{content-visibility:visible}.page{display:grid;grid-template-columns:17rem minmax(0,1fr);gap:2.5rem}nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;font-size:.95rem}}
code,pre{font-family:ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;direction:ltr;unicode-bidi:isolate}
code{font-size:.875em;background:var(--tint);border-radius:.3rem;padding:.1em .3em}
pre{text-align:left;background:var(--tint);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem;margin:.5rem 0;white-space:pre-wrap;font-size:.85rem;line-height:1.6}
@media (min-width:30rem){p code,dl code{white-space:nowrap}}
.address code{white-space:normal}
pre code{background:none;padding:0;font-size:1em}
pre bdi{font-family:Vazirmatn,"Segoe UI",Tahoma,"Noto Sans Arabic",sans-serif}
a code{color:inherit}
.route{border:1px solid var(--line);border-radius:.8rem;padding:1rem 1.2rem;margin-block:1.2rem}
.route:target,dl.fields>div:target{border-color:var(--accent);box-shadow:0 0 0 2px var(--accent)}
.address{text-align:left;margin-block:.4rem}
[dir=rtl] .address{text-align:right}
.address code{background:none;padding:0;font-size:.95rem}
.method{display:inline-block;font:700 .8rem/1.6 ui-monospace,Consolas,monospace;padding:0 .5rem;border-radius:.3rem;color:var(--paper);background:var(--get)}
.post{background:var(--post)}.put{background:var(--put)}.delete{background:var(--delete)}
.status{font-variant-numeric:tabular-nums;color:var(--accent)}
.required{font-size:.8rem;font-weight:600;color:var(--warn)}
.kind{display:block;color:var(--soft);font-size:.9em}
dl.fields{margin:.3rem 0;font-size:.95rem}
dl.fields>div{padding:.35rem .4rem;border-block-start:1px solid var(--line);border-radius:.2rem}
dl.fields dt{font-weight:400}
dl.fields dd{margin:0}
dl.fields small{color:var(--soft)}
@media (min-width:48rem){dl.fields>div{display:grid;grid-template-columns:minmax(0,16rem) minmax(0,1fr);gap:1rem}}
.limits{border-collapse:collapse;width:100%;font-size:.95rem}
.limits th,.limits td{text-align:start;vertical-align:top;font-weight:400;padding:.35rem .4rem;border-block-start:1px solid var(--line)}
.limits thead th{font-weight:600;color:var(--soft)}
.codes{line-height:2.1}
details>summary{color:var(--accent);padding-block:.25rem;width:fit-content}
nav details>summary{color:inherit;font-weight:600}
.up{position:fixed;inset-block-end:1rem;inset-inline-end:1rem;width:2.4rem;height:2.4rem;display:grid;place-items:center;border-radius:50%;background:var(--accent);color:var(--paper);text-decoration:none;opacity:.9}
@media print{nav,.up,.switch{display:none}}
`.trim();

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
<body id="top"><a class="skip" href="#main">${say("skip")}</a><header><h1>${title}</h1><a class="switch" href="?language=${other}" hreflang="${other}" lang="${other}">${say("otherLanguage")}</a></header>
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
