import { type Html, html, textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { csvAddress } from "../addresses.ts";
import { barDrawing } from "../drawings/bar.ts";
import type { ListRow } from "../model/lists.ts";
import type { ProvinceView } from "../model/province-view.ts";
import { periodNamed } from "../words/dates.ts";
import { labels } from "../words/labels.ts";
import { mostSays } from "../words/most.ts";
import { numeral } from "../words/numbers.ts";
import { whatExplained } from "../words/prose.ts";
import { linksOf, section } from "./figure.ts";
import { drawn } from "./setting.ts";

/** The subjects of complaints and their causes. Issues come here, after the causes, once there are any. */
export function whatSection({ categories, causes, currency }: ProvinceView, language: Language): Html {
  const { whole } = currency;
  if (!whole) return html``;
  const links = (table: "category" | "cause") =>
    linksOf({ definition: "method", csv: csvAddress(table, whole) }, language);
  return section({
    id: "what",
    heading: labels.what[language],
    period: periodNamed(whole, language),
    note: html`${mostSays({ categories, causes }, language)} ${whatExplained[language]}`,
    body: html`<div class="halves">
<div>${barList(categories, { caption: labels.category[language], language })}${links("category")}</div>
<div>${barList(causes, { caption: labels.cause[language], language })}${links("cause")}</div>
</div>`,
  });
}

type Listing = { caption: string; language: Language };

export function barList(rows: readonly ListRow[], { caption, language }: Listing): Html {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const lines = rows.map(
    (row) =>
      html`<tr><th scope="row">${row.name[language]}</th><td class="drawing">${barOf(row.count, { most, language })}</td><td class="count">${countWords(row, language)}</td></tr>\n`,
  );
  const columns = html`<th scope="col">${caption}</th><th scope="col" colspan="2">${labels.filed[language]}</th>`;
  return html`<table class="bars"><caption>${caption}</caption><thead class="hidden"><tr>${columns}</tr></thead><tbody>
${lines}</tbody></table>`;
}

function barOf(count: number, { most, language }: { most: number; language: Language }): Html | undefined {
  if (count === 0) return undefined;
  const title = textOf(numeral(count, language));
  return html`<span aria-hidden="true">${drawn(barDrawing({ share: count / most }, { language, width: 140, title }))}</span>`;
}

/** A published 0 is 0 to 4; what the province's file named only later has no published count. */
function countWords({ count, glance }: ListRow, language: Language): Html {
  if (glance.state === "unpublished") return html`–`;
  if (count > 0) return numeral(count, language);
  return html`<data class="few" value="0">${{ fa: "۰ تا ۴", en: "0 to 4" }[language]}</data>`;
}
