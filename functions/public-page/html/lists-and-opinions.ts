import type { Language } from "#shared/vocabulary.ts";
import { type Html, html, textOf } from "#shared/wording/html.ts";
import { barDrawing } from "../drawings/small-charts.ts";
import { addresses, csvAddress } from "../model/material.ts";
import type { OpinionsView } from "../model/opinions.ts";
import type { DataState, ProvinceView } from "../model/page-views.ts";
import type { ListRow } from "../model/reading.ts";
import { categoriesExplained, labels, opinionsExplained } from "../words/labels.ts";
import { mostFrequentText } from "../words/lists-and-times.ts";
import { capitalized, numeral, periodNamed } from "../words/numbers-and-dates.ts";
import {
  calledNames,
  calledOpinionsText,
  handlingText,
  nobodyCalledText,
  opinionHeadings,
  ownOpinionsText,
  reachedText,
} from "../words/opinions.ts";
import { figureLinks, section, svgMarkup } from "./frame.ts";

/** The subjects of complaints and their causes. */
export function categoriesSection({ categories, causes, dataState }: ProvinceView, language: Language): Html {
  const { longestPeriod } = dataState;
  if (!longestPeriod) return html``;
  const links = (table: "category" | "cause") =>
    figureLinks({ definition: "method", csv: csvAddress(table, longestPeriod) }, language);
  return section({
    id: "what",
    heading: labels.what[language],
    period: periodNamed(longestPeriod, language),
    note: html`${mostFrequentText({ categories, causes }, language)} ${categoriesExplained[language]}`,
    body: html`<div class="halves">
<div>${barList(categories, { caption: labels.category[language], language })}${links("category")}</div>
<div>${barList(causes, { caption: labels.cause[language], language })}${links("cause")}</div>
</div>`,
  });
}

type ListOptions = { caption: string; language: Language };

export function barList(rows: readonly ListRow[], { caption, language }: ListOptions): Html {
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
  return html`<span aria-hidden="true">${svgMarkup(barDrawing({ share: count / most }, { language, width: 140, title }))}</span>`;
}

/** A published 0 means 0 to 4. An entry that came into the province file after publication has no published count. */
function countWords({ count, summary }: ListRow, language: Language): Html {
  if (summary.state === "unpublished") return html`–`;
  if (count > 0) return numeral(count, language);
  return html`<data class="few" value="0">${{ fa: "۰ تا ۴", en: "0 to 4" }[language]}</data>`;
}

type Opinions = { opinions: OpinionsView; dataState: DataState; table: "total" | "agency" };

/** Citizens' opinions: those given on their own beside those of called citizens, never mixed. */
export function citizensSection({ opinions, dataState, table }: Opinions, language: Language): Html {
  const { longestPeriod } = dataState;
  if (!longestPeriod) return html``;
  const called = opinions.called.map(
    (one) =>
      html`<li><strong>${capitalized(calledNames[one.group][language])}</strong>: ${calledOpinionsText(one, language)}</li>\n`,
  );
  const reached = reachedText(opinions, language);
  const handling = handlingText(opinions, language);
  return section({
    id: "citizens",
    heading: labels.opinions[language],
    period: periodNamed(longestPeriod, language),
    note: opinionsExplained[language],
    body: html`<div class="halves">
<div><h3>${opinionHeadings.own[language]}</h3><p>${ownOpinionsText(opinions, language)}</p>${handling && html`<p>${handling}</p>`}${figureLinks({ definition: "solvedYesShare", csv: csvAddress(table, longestPeriod) }, language)}</div>
<div><h3>${opinionHeadings.called[language]}</h3>${reached && html`<p><a class="definition" href="${addresses.definition("calledAnsweredShare", language)}">${reached}</a></p>`}${called.length > 0 ? html`<ul>${called}</ul>` : html`<p>${nobodyCalledText[language]}</p>`}${figureLinks({ definition: "calledSilentSolvedShare", csv: csvAddress(table, longestPeriod) }, language)}</div>
</div>`,
  });
}
