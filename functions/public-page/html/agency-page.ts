import type { Language } from "#shared/vocabulary.ts";
import { type Html, html, textOf } from "#shared/wording/html.ts";
import { addresses, csvAddress } from "../model/material.ts";
import { type AgencyView, agencyView } from "../model/page-views.ts";
import { agencyAnswer, flagsText, predecessorsText, quartersNote, retiredText } from "../words/comparing.ts";
import { headlineScope, headlineText, lateText, nothingPublishedText, roundedNote } from "../words/headline.ts";
import { comparisonLabels, funnelExplained, judgedExplained, labels, unansweredCountText } from "../words/labels.ts";
import { hoursNames } from "../words/lists-and-times.ts";
import { capitalized, numeral, periodLong, periodNamed, shareText } from "../words/numbers-and-dates.ts";
import { silentAnswer } from "../words/opinions.ts";
import { waitingAnswerOf } from "../words/waiting.ts";
import { answerSection, comparisonMark } from "./answers.ts";
import { meaningSection } from "./closing-sections.ts";
import { figureLinks, htmlPage, htmlTable, type PageContext, section } from "./frame.ts";
import { funnelMarkup, funnelTable } from "./funnel.ts";
import { agencyIssuesSection } from "./issues-section.ts";
import { barList, citizensSection } from "./lists-and-opinions.ts";
import { bandMarkup, partsTable, rangeWords, summaryStrokes } from "./summary.ts";

function agencySections(view: AgencyView, language: Language): Html {
  if (!view.dataState.longestPeriod) return html``;
  return html`${peersSection(view, language)}${quarters(view, language)}${subjects(view, language)}`;
}

/** The funnel of the peer group. Only this agency is named in it. */
function peersSection({ id, group, row, dataState }: AgencyView, language: Language): Html | undefined {
  const funnel = group && row.class && funnelMarkup(group, { language, only: id });
  const { longestPeriod } = dataState;
  if (!funnel || !longestPeriod) return undefined;
  return section({
    id: "peers",
    heading: labels.amongPeers[language],
    period: periodNamed(longestPeriod, language),
    note: `${(group.name ?? labels.otherAgencies)[language]}. ${funnelExplained[language]} ${judgedExplained[language]}`,
    body: html`<figure>${funnel}${figureLinks({ definition: "comparisonDistance", csv: csvAddress("agency", longestPeriod), table: funnelTable(group, language) }, language)}</figure>`,
  });
}

function quarters({ quarters: all, group }: AgencyView, language: Language): Html | undefined {
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return undefined;
  const peers = group?.expected?.theta;
  const rows = all.map(({ period, summary }) => {
    const filed = summary.state === "unpublished" ? "–" : numeral(summary.filed, language);
    const range = html`${bandMarkup(summary, { language, width: 130, peers })} <span class="range">${rangeWords(summary, language)}</span>`;
    return [capitalized(periodLong(period, language)), filed, range];
  });
  const columns = [labels.quarter, labels.filed, labels.goodAll].map((label) => label[language]);
  return section({
    id: "quarters",
    heading: labels.quarters[language],
    note: quartersNote[language],
    body: html`${htmlTable({ caption: labels.quarters[language], columns, rows })}${figureLinks({ definition: "confirmedShare", csv: csvAddress("agency", last.period) }, language)}`,
  });
}

function subjects({ categories, dataState, times }: AgencyView, language: Language): Html | undefined {
  const { longestPeriod } = dataState;
  if (!longestPeriod) return undefined;
  return section({
    id: "subjects",
    heading: labels.subjectsAndTimes[language],
    period: periodNamed(longestPeriod, language),
    note: unansweredCountText[language],
    body: html`<div class="halves">
${categories.length > 0 && html`<div>${barList(categories, { caption: labels.category[language], language })}${figureLinks({ definition: "method", csv: csvAddress("agency-category", longestPeriod) }, language)}</div>`}
<div>${timesTable(times, language)}${figureLinks({ definition: "officeHoursMedian" }, language)}</div>
</div>`,
  });
}

function timesTable({ own, province }: AgencyView["times"], language: Language): Html {
  const value = (one: number | undefined) => (one === undefined ? "–" : shareText(one, language));
  const rows = hoursNames.map(([name, text]) => [text[language], value(own[name]), value(province[name])]);
  const columns = [labels.times, labels.agency, labels.province].map((label) => label[language]);
  return htmlTable({ caption: labels.timesOfHundred[language], columns, rows });
}

/** The page of one agency; undefined if the province has no agency with this id. */
export function agencyPage(id: string, context: PageContext): string | undefined {
  const { language } = context;
  const view = agencyView(id, context);
  if (!view) return undefined;
  const heading = headingOf(view, language);
  return htmlPage(
    {
      at: (one) => addresses.agency(id, one),
      title: `${view.name[language]}: ${textOf(heading)}`,
      description: heading,
      main: html`${firstScreen(view, context)}
${agencySections(view, language)}${agencyIssuesSection(id, context.material, language)}${citizensSection({ ...view, table: "agency" }, language)}${meaningSection(language)}`,
    },
    context,
  );
}

function headingOf({ row, dataState }: AgencyView, language: Language): Html {
  return row.summary.state === "unpublished"
    ? nothingPublishedText(dataState, language).heading
    : headlineText(row.summary, { of: "agency", language });
}

function firstScreen(view: AgencyView, context: PageContext): Html {
  const { material, language } = context;
  const { row, name, dataState } = view;
  const { summary } = row;
  const late = lateText(dataState, language);
  return html`<div class="first">
${late && html`<p class="late">${late}</p>`}
<p class="scope"><a href="${addresses.province(language)}">${material.province.name[language]}</a> · ${groupOf(view, language)}${headlineScope(dataState.longestPeriod, summary, language) && html` · ${headlineScope(dataState.longestPeriod, summary, language)}`}</p>
<h1>${name[language]} <span class="says">${headingOf(view, language)}</span></h1>
${retirementSection(view, language)}
${summary.state === "known" && summaryStrokes(summary, { of: "agency", language })}
${firstScreenAnswers(view, context)}
${dataState.longestPeriod && html`<div class="below">${linksBelow(view, language)}<p class="note"><a href="#meaning">${roundedNote[language]}</a></p></div>`}
</div>`;
}

function linksBelow({ row: { summary } }: AgencyView, language: Language): Html {
  const table = summary.state === "known" ? partsTable(summary, language) : undefined;
  return figureLinks({ definition: "confirmedShare", table }, language);
}

/** The name of its peer group. It is a link once the province's page shows the group. */
function groupOf({ group, dataState }: AgencyView, language: Language): Html {
  const name = (group?.name ?? labels.otherAgencies)[language];
  return dataState.longestPeriod ? html`<a href="${addresses.province(language)}#agencies">${name}</a>` : html`${name}`;
}

/** Says that the agency is retired, or that it takes over from other agencies. */
function retirementSection({ retired, predecessors }: AgencyView, language: Language): Html {
  return html`${retired && html`<p class="state">${retiredText(retired, language)}</p>`}${predecessors.length > 0 && html`<p class="state">${predecessorsText(predecessors, language)}</p>`}`;
}

function firstScreenAnswers(view: AgencyView, { material, province, language }: PageContext): Html {
  const { row, group, opinions, id } = view;
  const { heading, text } = agencyAnswer({ row, group, comparison: province.comparison }, language);
  const word = row.class && html`${comparisonMark(row)} ${comparisonLabels[row.class][language]}`;
  const beside = { heading: word ?? heading, text: html`${text} ${flagsText(row.flags, language)}` };
  return html`<div class="answers">
${answerSection(labels.beside[language], beside)}${answerSection(labels.silentAsked[language], silentAnswer(opinions, language))}${answerSection(labels.left[language], waitingAnswerOf(material.waiting, { id, language }))}</div>`;
}
