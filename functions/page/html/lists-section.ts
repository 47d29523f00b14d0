import { type Html, html, textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { csvAddress } from "../addresses.ts";
import { barDrawing } from "../drawings/bar.ts";
import type { CountTold, ListRow } from "../model/lists.ts";
import type { ProvinceView } from "../model/province-view.ts";
import { periodNamed } from "../words/dates.ts";
import { labels, untold } from "../words/labels.ts";
import { mostSays } from "../words/most.ts";
import { told } from "../words/numbers.ts";
import { whatExplained } from "../words/prose.ts";
import { linksOf, section } from "./figure.ts";
import { drawn } from "./setting.ts";

/** What is complained of, and what it came from. Issues stand here, after the causes, once there are any. */
export function whatSection({ categories, causes, currency }: ProvinceView, language: Language): Html {
  const { whole } = currency;
  if (!whole) return html``;
  const links = (table: "category" | "cause") =>
    linksOf({ definition: "counts", csv: csvAddress(table, whole) }, language);
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
  const most = Math.max(1, ...rows.map(({ count }) => (typeof count === "number" ? count : 0)));
  const lines = rows.map(
    ({ name, count }) =>
      html`<tr><th scope="row">${name[language]}</th><td class="drawing">${barOf(count, { most, language })}</td><td class="count">${countWords(count, language)}</td></tr>\n`,
  );
  const columns = html`<th scope="col">${caption}</th><th scope="col" colspan="2">${labels.filed[language]}</th>`;
  return html`<table class="bars"><caption>${caption}</caption><thead class="hidden"><tr>${columns}</tr></thead><tbody>
${lines}</tbody></table>`;
}

function barOf(count: CountTold, { most, language }: { most: number; language: Language }): Html | undefined {
  if (typeof count !== "number") return undefined;
  const title = textOf(told(count, language));
  return html`<span aria-hidden="true">${drawn(barDrawing({ share: count / most }, { language, width: 140, title }))}</span>`;
}

function countWords(count: CountTold, language: Language): Html {
  return typeof count === "number"
    ? told(count, language)
    : html`<span class="untold">${brief[count][language]}</span>`;
}

const brief = {
  few: { fa: "کمتر از ۵ یا هیچ", en: "fewer than 5, or none" },
  "held-back": untold["held-back"],
};
