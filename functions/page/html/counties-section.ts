import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { csvAddress } from "../addresses.ts";
import type { CountyRow, ProvinceView } from "../model/province-view.ts";
import { periodNamed } from "../words/dates.ts";
import { labels } from "../words/labels.ts";
import { complaints } from "../words/numbers.ts";
import { roughMap } from "../words/prose.ts";
import { bandMarkup } from "./band.ts";
import { linksOf, section } from "./figure.ts";
import { directions } from "./frame.ts";
import { rangeWords } from "./glance.ts";

/** One tile for each county: roughly as they lie where the province's file says it of all of them, else in its order. */
export function countiesSection({ counties, currency }: ProvinceView, language: Language): Html {
  const { whole } = currency;
  if (!whole) return html``;
  const of = { fa: "پاسخ خوب از هر ۱۰۰ شکایت", en: "Answered well of every 100 complaints" }[language];
  const columns = counties.every(({ tile }) => tile) ? Math.max(...counties.map(({ tile }) => tile?.column ?? 1)) : 0;
  const notes = [`${of}.`, columns > 0 && roughMap[language]];
  // West is left in every language: the grid runs from the left, and each tile as its language does.
  const list = html`<ul class="tiles map columns-${columns}" dir="ltr">${counties.map((county) => tileOf(county, language))}</ul>`;
  return section({
    id: "counties",
    heading: labels.counties[language],
    period: periodNamed(whole, language),
    note: notes.filter(Boolean).join(" "),
    body: html`${columns > 0 ? list : html`<ul class="tiles">${counties.map((county) => tileOf(county, language))}</ul>`}
${linksOf({ definition: "goodLow", csv: csvAddress("county", whole) }, language)}`,
  });
}

function tileOf({ name, glance, count, tile }: CountyRow, language: Language): Html {
  const place = tile && ` column-${tile.column} row-${tile.row}`;
  const filed = glance.state !== "unpublished" && html`<p class="note">${complaints(count, language)}</p>`;
  return html`<li class="${glance.state}${place}" dir="${directions[language]}"><h3>${name[language]}</h3><p class="range">${rangeWords(glance, language)}</p>${bandMarkup(glance, { language, width: 150 })}${filed}</li>
`;
}
