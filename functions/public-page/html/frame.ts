import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html, textOf } from "#shared/wording/html.ts";
import { hatches } from "../drawings/colours.ts";
import { type Drawing, svgOf } from "../drawings/pen.ts";
import { addresses, type PageData } from "../model/material.ts";
import type { ProvinceView } from "../model/page-views.ts";
import { nextPublicationText, pageTimeText, roundedNote } from "../words/headline.ts";
import { labels } from "../words/labels.ts";

type Meaning = {
  name: string;
  title: LocalizedText;
  counts: LocalizedText;
  leavesOut: LocalizedText;
  mayMislead: LocalizedText;
};

/** The answer of `GET /v1/statistics/definitions`, as it lies beside the bundled function. */
export type Definitions = {
  /** Four sentences on how every number is rounded. */
  method: LocalizedText[];
  general: LocalizedText[];
  figures: (Meaning & { values?: { id: string; title: LocalizedText }[] })[];
  waiting: Meaning[];
  breakdowns: { name: string; title: LocalizedText; classes: { id: string; title?: LocalizedText | undefined }[] }[];
};

/** The addresses of style sheet and fonts, each with a digest of its bytes, and the texts of the definitions. */
export type Assets = { style: string; fonts: readonly string[]; definitions: Definitions };

/** All inputs of a page. */
export type PageContext = { material: PageData; province: ProvinceView; assets: Assets; language: Language };

/** A drawing as HTML. */
export const svgMarkup = (drawing: Drawing): Html => ({ html: svgOf(drawing) });

type Page = {
  /** The address of the page in a language. */
  at: (language: Language) => string;
  title: string;
  /** The text that messengers show for a link to the page; `picture`: the address of the picture beside it. */
  description: Html;
  picture?: string | undefined;
  main: Html;
  /** Set if the page shows data of the day, such as office hours. It then shows when it was made, and changes every day. */
  isOfTheDay?: true;
};

export const directions: Record<Language, string> = { fa: "rtl", en: "ltr" };
const others: Record<Language, Language> = { fa: "en", en: "fa" };

/** A whole document. */
export function htmlPage(page: Page, context: PageContext): string {
  const { language, material } = context;
  const { html: document } = html`<!doctype html>
<html lang="${language}" dir="${directions[language]}">
<head>
${headOf(page, context)}
</head>
<body>
${{ html: hatches }}
<a class="skip" href="#main">${labels.skip[language]}</a>
<header class="top">
<p><a href="${addresses.province(language)}">${labels.service[language]} <strong>${material.province.name[language]}</strong></a></p>
<nav aria-label="${labels.service[language]}">
<a class="complain" href="${addresses.province(language)}#how">${labels.complain[language]}</a>
<a href="${addresses.province(language)}#hours">${labels.hoursToday[language]}</a>
<a lang="${others[language]}" hreflang="${others[language]}" href="${page.at(others[language])}">${labels.otherLanguage[language]}</a>
</nav>
</header>
<main id="main">
${page.main}
</main>
${footer(page, context)}
</body>
</html>
`;
  return document;
}

function headOf({ at, title, description, picture }: Page, { language, material, assets }: PageContext): Html {
  const { publicUrl, province } = { publicUrl: material.province.publicUrl, province: material.province.name };
  const about = textOf(description);
  const alternates = (["fa", "en"] as const).map(
    (one) => html`<link rel="alternate" hreflang="${one}" href="${publicUrl}${at(one)}">\n`,
  );
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="description" content="${about}">
<link rel="canonical" href="${publicUrl}${at(language)}">
${alternates}<link rel="alternate" type="application/atom+xml" title="${labels.feed[language]}" href="${addresses.feed(language)}">
<link rel="icon" href="data:,">
${assets.fonts.map((font) => html`<link rel="preload" as="font" type="font/woff2" crossorigin href="${font}">\n`)}<link rel="stylesheet" href="${assets.style}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="${labels.service[language]} ${province[language]}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${about}">
<meta property="og:url" content="${publicUrl}${at(language)}">
<meta property="og:locale" content="${{ fa: "fa_IR", en: "en_GB" }[language]}">
${picture && pictureTags({ address: `${publicUrl}${picture}`, about })}`;
}

function pictureTags({ address, about }: { address: string; about: string }): Html {
  return html`<meta property="og:image" content="${address}">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${about}">
<meta name="twitter:card" content="summary_large_image">`;
}

/** Links to the open data, and when the page was made. Microdata of schema.org describes the data set. */
function footer({ isOfTheDay }: Page, { language, material, province: { dataState } }: PageContext): Html {
  const { province, now } = material;
  const link = (href: string, text: string) => html`<li><a href="${href}">${text}</a></li>`;
  return html`<footer itemscope itemtype="https://schema.org/Dataset">
<meta itemprop="name" content="${labels.service[language]} ${province.name[language]}">
<meta itemprop="description" content="${roundedNote[language]}">
<meta itemprop="inLanguage" content="${language}">
<meta itemprop="isAccessibleForFree" content="true">
<link itemprop="url" href="${province.publicUrl}${addresses.datapackage}">
<nav aria-label="${labels.openData[language]}"><ul class="links">
${link(addresses.datapackage, labels.openData[language])}${link(addresses.definitions(language), labels.definitions[language])}${link(addresses.feed(language), labels.feed[language])}
</ul></nav>
<p class="note">${isOfTheDay && html`${pageTimeText(now, language)}. `}${nextPublicationText(dataState, language)}<span class="only-print"> ${roundedNote[language]}</span></p>
</footer>`;
}

type Section = {
  id: string;
  heading: string;
  /** The period of all its figures. It is printed too. */
  period?: string | undefined;
  note?: Html | string | undefined;
  body: Html;
};

/** One part of a page under its heading. */
export function section({ id, heading, period, note, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<div class="head"><div><h2 id="${id}-heading">${heading}</h2>${period && html`<p class="period">${period}</p>`}</div>${note && html`<p>${note}</p>`}</div>
<div class="body">${body}</div>
</section>
`;
}

type Links = { definition: string; csv?: string | undefined; embed?: string | undefined; table?: Html | undefined };

/** The links under a drawing: the definition of its figures, and the figures as CSV, as a drawing to embed and as a table. */
export function figureLinks({ definition, csv, embed, table }: Links, language: Language): Html {
  const link = (href: string, text: string) => html`<li><a href="${href}">${text}</a></li>`;
  return html`<div class="figure-links"><ul class="links">
<li><a class="definition" href="${addresses.definition(definition, language)}">${labels.definition[language]}</a></li>
${csv && link(csv, "CSV")}${embed && link(addresses.embed(embed, language), labels.embed[language])}
</ul>${table && html`<details><summary>${labels.table[language]}</summary>${table}</details>`}</div>`;
}

type Rows = { caption: string; columns: readonly string[]; rows: readonly (readonly (Html | string)[])[] };

/** The first column names the row. */
export function htmlTable({ caption, columns, rows }: Rows): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(
    ([first = "", ...cells]) =>
      html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  );
  return html`<table><caption class="hidden">${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table>`;
}
