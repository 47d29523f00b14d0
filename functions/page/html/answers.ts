import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "../addresses.ts";
import type { AgencyRow, StandingWord } from "../model/agencies.ts";
import type { OfHundred } from "../model/glance.ts";
import type { ProvinceView } from "../model/province-view.ts";
import { allAgencies, andMore, differSentence, uncompared } from "../words/comparing.ts";
import { periodNamed } from "../words/dates.ts";
import { labels, standings } from "../words/labels.ts";
import { numeral, ofHundred } from "../words/numbers.ts";
import { type Answer, besidePast, trendAnswer } from "../words/trend.ts";
import { waitingAnswer } from "../words/waiting.ts";
import { rangeWords } from "./glance.ts";
import type { Setting } from "./setting.ts";

/** Marks beside the words, so that nothing rests on colour; read out, the word is enough. */
const marks: Record<StandingWord, Record<"better" | "worse", string>> = {
  "clearly-better": { better: "▲", worse: "▲" },
  "clearly-worse": { better: "▼", worse: "▼" },
  watch: { better: "△", worse: "▽" },
  "as-expected": { better: "●", worse: "●" },
};

export function markOf({ class: word, side = "worse" }: AgencyRow): Html {
  return html`<span class="mark" aria-hidden="true">${word ? marks[word][side] : "–"}</span>`;
}

/** One question, its answer in words, and more of it. */
export function answer(question: Html | string, { heading, says }: Answer, more?: Html): Html {
  return html`<div class="answer"><h2>${question}</h2><p class="says">${heading}</p>${more}<p>${says}</p></div>
`;
}

/** So many agencies that differ are named on the first screen at the most. */
const mostNamed = 4;

/** Those to watch all or none, or one that does badly could be the one that is not named. */
function namedOf(rows: readonly AgencyRow[]): readonly AgencyRow[] {
  const clear = rows.filter((row) => row.class !== "watch");
  return rows.length <= mostNamed ? rows : (clear.length > 0 ? clear : rows).slice(0, mostNamed);
}

/** Is it getting better, who differs, what is left: the first screen. */
export function answersOf(view: ProvinceView, { material, language }: Setting): Html {
  return html`<div class="answers">
${answer(labels.better[language], gettingBetter(view, language))}${differing(view, language)}${answer(labels.left[language], waitingAnswer(material.waiting, language, view.waiting))}</div>`;
}

/** The trend of the confirmed share; beside it the number of complaints, and the other end of the band. */
function gettingBetter({ months: { good, others }, glance }: ProvinceView, language: Language): Answer {
  const { heading, says } = trendAnswer(good.verdict, language);
  if (glance.state !== "known") return { heading, says };
  const { filed, high } = glance;
  const named: Record<string, Html | undefined> = {
    filed: {
      fa: html`شمار شکایت‌ها (${numeral(filed, language)})`,
      en: html`Complaints filed (${numeral(filed, language)})`,
    }[language],
    goodHigh: bestCase(high, language),
  };
  const beside = others.flatMap(({ name, figure: { verdict } }) => {
    const words = named[name];
    return words ? [{ name: words, verdict, ...(name === "goodHigh" && { better: "up" as const }) }] : [];
  });
  return { heading, says: html`${says} ${besidePast(beside, language)}` };
}

const bestCase = (high: OfHundred, language: Language): Html =>
  ({
    fa: html`سر بالای بازه (${ofHundred(high, language)})`,
    en: html`the upper end of the range (${ofHundred(high, language)})`,
  })[language];

function differing({ differing: rows, comparison, currency }: ProvinceView, language: Language): Html {
  if (comparison !== "compared") {
    const { heading, says } = uncompared[comparison];
    return answer(labels.differ[language], { heading: html`${heading[language]}`, says: html`${says[language]}` });
  }
  const named = namedOf(rows);
  const list = named.map((row) => differs(row, language));
  const more = rows.length > named.length && html`${andMore(rows.slice(named.length), language)}. `;
  const period = currency.whole && html` <span class="period">${periodNamed(currency.whole, language)}</span>`;
  return answer(
    html`${labels.differ[language]}${period}`,
    {
      heading: html`${differSentence(rows, language)}`,
      says: html`${more}<a href="#agencies">${allAgencies[language]}</a>`,
    },
    rows.length > 0 ? html`<ul class="differing">${list}</ul>` : undefined,
  );
}

function differs(row: AgencyRow, language: Language): Html {
  const word = row.class && standings[row.class][language];
  return html`<li class="${row.class}">${markOf(row)} <a href="${addresses.agency(row.id, language)}">${row.name[language]}</a> <span class="range">${rangeWords(row.glance, language)}</span> <span class="hidden">${word}</span></li>
`;
}
