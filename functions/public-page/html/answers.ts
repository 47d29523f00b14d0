import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import type { AgencyRow, ComparisonWord } from "../model/agencies.ts";
import { addresses } from "../model/material.ts";
import type { ProvinceView } from "../model/page-views.ts";
import type { ShareInStrokes } from "../model/summary.ts";
import { allAgencies, differingAgenciesText, moreAgenciesText, uncomparedTexts } from "../words/comparing.ts";
import { comparisonLabels, labels } from "../words/labels.ts";
import { numeral, ofHundredText, periodNamed } from "../words/numbers-and-dates.ts";
import { comparedWithPastText, type HeadedText, trendAnswer } from "../words/trend.ts";
import { waitingAnswer } from "../words/waiting.ts";
import type { PageContext } from "./frame.ts";
import { rangeWords } from "./summary.ts";

/** Marks that show the class without colour. Screen readers skip them, since the class stands beside them in words. */
const marks: Record<ComparisonWord, Record<"better" | "worse", string>> = {
  "clearly-better": { better: "▲", worse: "▲" },
  "clearly-worse": { better: "▼", worse: "▼" },
  "possibly-different": { better: "△", worse: "▽" },
  "as-expected": { better: "●", worse: "●" },
};

export function comparisonMark({ class: word, side = "worse" }: AgencyRow): Html {
  return html`<span class="mark" aria-hidden="true">${word ? marks[word][side] : "–"}</span>`;
}

/** A question and its answer. `more` stands between the heading and the text of the answer. */
export function answerSection(question: Html | string, { heading, text }: HeadedText, more?: Html): Html {
  return html`<div class="answer"><h2>${question}</h2><p class="says">${heading}</p>${more}<p>${text}</p></div>
`;
}

/** How many agencies that differ may be named on the first screen. */
const mostNamed = 4;

/** If not all fit, agencies to watch are named only if none clearly differs: the clear ones matter more. */
function agenciesToName(rows: readonly AgencyRow[]): readonly AgencyRow[] {
  const clear = rows.filter((row) => row.class !== "possibly-different");
  return rows.length <= mostNamed ? rows : (clear.length > 0 ? clear : rows).slice(0, mostNamed);
}

/** The first screen: is it getting better, which agencies differ, and how many complaints wait. */
export function firstScreenAnswers(view: ProvinceView, { material, language }: PageContext): Html {
  return html`<div class="answers">
${answerSection(labels.better[language], trendAnswerFor(view, language))}${differingSection(view, language)}${answerSection(labels.left[language], waitingAnswer(material.waiting, language, view.waiting))}</div>`;
}

/** The trend of the confirmed share, and of two figures beside it: the number of complaints and the upper end of the range. */
function trendAnswerFor({ months: { good, others }, summary }: ProvinceView, language: Language): HeadedText {
  const { heading, text } = trendAnswer(good.verdict, language);
  if (summary.state !== "known") return { heading, text };
  const { filed, high } = summary;
  const named: Record<string, Html | undefined> = {
    filed: {
      fa: html`شمار شکایت‌ها (${numeral(filed, language)})`,
      en: html`Complaints filed (${numeral(filed, language)})`,
    }[language],
    confirmedOrSilentShare: upperEndText(high, language),
  };
  const beside = others.flatMap(({ name, figure: { verdict } }) => {
    const words = named[name];
    return words ? [{ name: words, verdict, ...(name === "confirmedOrSilentShare" && { better: "up" as const }) }] : [];
  });
  return { heading, text: html`${text} ${comparedWithPastText(beside, language)}` };
}

const upperEndText = (high: ShareInStrokes, language: Language): Html =>
  ({
    fa: html`سر بالای بازه (${ofHundredText(high, language)})`,
    en: html`the upper end of the range (${ofHundredText(high, language)})`,
  })[language];

function differingSection({ differingAgencies: rows, comparison, dataState }: ProvinceView, language: Language): Html {
  if (comparison !== "compared") {
    const { heading, text } = uncomparedTexts[comparison];
    return answerSection(labels.differ[language], {
      heading: html`${heading[language]}`,
      text: html`${text[language]}`,
    });
  }
  const named = agenciesToName(rows);
  const list = named.map((row) => differingAgency(row, language));
  const more = rows.length > named.length && html`${moreAgenciesText(rows.slice(named.length), language)}. `;
  const period =
    dataState.longestPeriod && html` <span class="period">${periodNamed(dataState.longestPeriod, language)}</span>`;
  return answerSection(
    html`${labels.differ[language]}${period}`,
    {
      heading: html`${differingAgenciesText(rows, language)}`,
      text: html`${more}<a href="#agencies">${allAgencies[language]}</a>`,
    },
    rows.length > 0 ? html`<ul class="differing">${list}</ul>` : undefined,
  );
}

function differingAgency(row: AgencyRow, language: Language): Html {
  const word = row.class && comparisonLabels[row.class][language];
  return html`<li class="${row.class}">${comparisonMark(row)} <a href="${addresses.agency(row.id, language)}">${row.name[language]}</a> <span class="range">${rangeWords(row.summary, language)}</span> <span class="hidden">${word}</span></li>
`;
}
