import type { Language, LocalizedText } from "#shared/domain/vocabulary.ts";
import { type Html, html, textOf } from "#shared/domain/wording/html.ts";
import { hatches } from "../drawings/colours.ts";
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

/** What `GET /v1/statistics/definitions` answers, as it is packed beside the function. */
export type Definitions = {
  /** The four sentences that say what is done to every number. */
  method: LocalizedText[];
  general: LocalizedText[];
  figures: (Meaning & { values?: { id: string; title: LocalizedText }[] })[];
  now: Meaning[];
  breakdowns: { name: string; title: LocalizedText; classes: { id: string; title?: LocalizedText | undefined }[] }[];
};

/** Addresses of what the pages load, named by their bytes, and the texts that they are made with. */
export type Assets = { style: string; fonts: readonly string[]; definitions: Definitions };

/** What every page is made with. */
export type PageContext = { material: PageData; province: ProvinceView; assets: Assets; language: Language };

/** Markup that a drawing is. */
export const svgMarkup = (markup: string): Html => ({ html: markup });

export type Page = {
  /** Its address in a language. */
  at: (language: Language) => string;
  title: string;
  /** What a messenger says of it, beside its picture, if it has one. */
  description: Html;
  picture?: string | undefined;
  main: Html;
  /** Whether it shows something of the day, so that it says when it was made: what says so is another file each day. */
  isOfTheDay?: true;
};

export const directions: Record<Language, string> = { fa: "rtl", en: "ltr" };
const others: Record<Language, Language> = { fa: "en", en: "fa" };

/** A whole document. */
export function htmlPage(page: Page, setting: PageContext): string {
  const { language, material } = setting;
  const { html: document } = html`<!doctype html>
<html lang="${language}" dir="${directions[language]}">
<head>
${headOf(page, setting)}
</head>
<body>
${svgMarkup(hatches)}
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
${footer(page, setting)}
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

/** Open data, and of when the page is. Attributes describe the data set, which needs no script. */
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
  /** Of when all its figures are, which stands on paper too. */
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

/** Where a drawing's figures are defined, and how else it can be had: as a table, as CSV, to embed. */
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
