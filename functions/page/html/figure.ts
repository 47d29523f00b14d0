import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "../addresses.ts";
import { labels } from "../words/labels.ts";

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
export function linksOf({ definition, csv, embed, table }: Links, language: Language): Html {
  const link = (href: string, text: string) => html`<li><a href="${href}">${text}</a></li>`;
  return html`<div class="figure-links"><ul class="links">
<li><a class="definition" href="${addresses.definition(definition, language)}">${labels.definition[language]}</a></li>
${csv && link(csv, "CSV")}${embed && link(addresses.embed(embed, language), labels.embed[language])}
</ul>${table && html`<details><summary>${labels.table[language]}</summary>${table}</details>`}</div>`;
}

type Rows = { caption: string; columns: readonly string[]; rows: readonly (readonly (Html | string)[])[] };

/** The first column names the row. */
export function tableOf({ caption, columns, rows }: Rows): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(
    ([first = "", ...cells]) =>
      html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  );
  return html`<table><caption class="hidden">${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table>`;
}
