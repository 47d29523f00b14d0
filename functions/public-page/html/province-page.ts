import type { Language } from "#shared/vocabulary.ts";
import { type Html, html, textOf } from "#shared/wording/html.ts";
import { addresses, csvAddress } from "../model/material.ts";
import type { CountyRow, ProvinceView } from "../model/page-views.ts";
import { headlineScope, headlineText, lateText, nothingPublishedText, roundedNote } from "../words/headline.ts";
import { labels, mapExplained } from "../words/labels.ts";
import { complaintsText, periodNamed } from "../words/numbers-and-dates.ts";
import { agenciesSection } from "./agencies-section.ts";
import { firstScreenAnswers } from "./answers.ts";
import { howToComplainSection, meaningSection, newsSection } from "./closing-sections.ts";
import { directions, figureLinks, htmlPage, type PageContext, section } from "./frame.ts";
import { issuesSection } from "./issues-section.ts";
import { categoriesSection, citizensSection } from "./lists-and-opinions.ts";
import { monthsSection } from "./months-section.ts";
import { bandMarkup, partsTable, rangeWords, summaryStrokes } from "./summary.ts";

/** One tile for each county. They form a rough map if the province file has a place for each, else they stand in its order. */
function countiesSection({ counties, dataState }: ProvinceView, language: Language): Html {
  const { longestPeriod } = dataState;
  if (!longestPeriod) return html``;
  const of = { fa: "پاسخ خوب از هر ۱۰۰ شکایت", en: "Answered well of every 100 complaints" }[language];
  const columns = counties.every(({ tile }) => tile) ? Math.max(...counties.map(({ tile }) => tile?.column ?? 1)) : 0;
  const notes = [`${of}.`, columns > 0 && mapExplained[language]];
  // West is left in both languages, so the grid is left to right. Each tile has the direction of its language.
  const list = html`<ul class="tiles map columns-${columns}" dir="ltr">${counties.map((county) => tileOf(county, language))}</ul>`;
  return section({
    id: "counties",
    heading: labels.counties[language],
    period: periodNamed(longestPeriod, language),
    note: notes.filter(Boolean).join(" "),
    body: html`${columns > 0 ? list : html`<ul class="tiles">${counties.map((county) => tileOf(county, language))}</ul>`}
${figureLinks({ definition: "confirmedShare", csv: csvAddress("county", longestPeriod) }, language)}`,
  });
}

function tileOf({ name, summary, count, tile }: CountyRow, language: Language): Html {
  const place = tile && ` column-${tile.column} row-${tile.row}`;
  const filed = summary.state !== "unpublished" && html`<p class="note">${complaintsText(count, language)}</p>`;
  return html`<li class="${summary.state}${place}" dir="${directions[language]}"><h3>${name[language]}</h3><p class="range">${rangeWords(summary, language)}</p>${bandMarkup(summary, { language, width: 150 })}${filed}</li>
`;
}

/** The page that the public opens first. */
export function provincePage(context: PageContext): string {
  const { material, province: view, language } = context;
  const heading = headingOf(view, language);
  const name = `${labels.service[language]} ${material.province.name[language]}`;
  return htmlPage(
    {
      at: addresses.province,
      title: `${name}: ${textOf(heading)}`,
      description: heading,
      picture: view.summary.state === "known" ? addresses.share(language) : undefined,
      isOfTheDay: true,
      main: html`${firstScreen(view, context)}
${sectionsOf(view, context)}`,
    },
    context,
  );
}

function headingOf({ summary, dataState }: ProvinceView, language: Language): Html {
  return summary.state === "unpublished"
    ? nothingPublishedText(dataState, language).heading
    : headlineText(summary, { of: "province", language });
}

function firstScreen(view: ProvinceView, context: PageContext): Html {
  const { summary, dataState } = view;
  const { language } = context;
  const late = lateText(dataState, language);
  return html`<div class="first">
${late && html`<p class="late">${late}</p>`}
<p class="scope">${headlineScope(dataState.month, summary, language)}</p>
<h1>${headingOf(view, language)}</h1>
${summary.state === "unpublished" && html`<p>${nothingPublishedText(dataState, language).text}</p>`}
${summary.state === "known" && summaryStrokes(summary, { of: "province", language })}
${firstScreenAnswers(view, context)}
${linksBelow(view, language)}
</div>`;
}

function linksBelow({ summary, dataState }: ProvinceView, language: Language): Html | undefined {
  if (!dataState.month) return undefined;
  const table = summary.state === "known" ? partsTable(summary, language) : undefined;
  const embed = summary.state === "known" ? "glance" : undefined;
  const links = figureLinks(
    { definition: "confirmedShare", csv: csvAddress("total", dataState.month), embed, table },
    language,
  );
  return html`<div class="below">${links}<p class="note"><a href="#meaning">${roundedNote[language]}</a></p></div>`;
}

function sectionsOf(view: ProvinceView, { material, language }: PageContext): Html {
  return html`${view.dataState.longestPeriod && agenciesSection(view, language)}${monthsSection(view, language)}${categoriesSection(view, language)}${issuesSection(material, language)}${citizensSection({ ...view, table: "total" }, language)}${countiesSection(view, language)}${howToComplainSection(material, language)}${newsSection(material, language)}${meaningSection(language)}`;
}
