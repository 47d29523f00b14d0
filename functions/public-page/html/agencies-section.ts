import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { type AgencyRow, differingAgencies, type GroupView, sizeOf } from "../model/agencies.ts";
import { addresses, csvAddress } from "../model/material.ts";
import type { ProvinceView } from "../model/page-views.ts";
import {
  allAsExpectedText,
  averageText,
  differingAgenciesText,
  noDataText,
  otherAgenciesText,
  tooFewText,
  uncomparedTexts,
} from "../words/comparing.ts";
import { joinedList } from "../words/headline.ts";
import {
  comparisonLabels,
  funnelExplained,
  judgedExplained,
  labels,
  noRankingText,
  orderExplained,
  smallNumbersText,
} from "../words/labels.ts";
import { complaintsText, numeral, periodNamed } from "../words/numbers-and-dates.ts";
import { comparisonMark } from "./answers.ts";
import { figureLinks, section } from "./frame.ts";
import { funnelMarkup, funnelTable } from "./funnel.ts";
import { bandMarkup, rangeWords } from "./summary.ts";

export function agenciesSection({ groups, comparison, dataState }: ProvinceView, language: Language): Html {
  const { longestPeriod } = dataState;
  const isCompared = comparison === "compared";
  const notes = isCompared
    ? [noRankingText, orderExplained, smallNumbersText]
    : [uncomparedTexts[comparison].heading, uncomparedTexts[comparison].text];
  const first = groups.findIndex((group) => group.expected && !hasNoDifferences(group));
  return section({
    id: "agencies",
    heading: labels.agencies[language],
    period: longestPeriod && periodNamed(longestPeriod, language),
    note: notes.map((text) => text[language]).join(" "),
    body: html`${isCompared && legend(language)}${isCompared && html`<p class="only-print note">${otherAgenciesText(groups, language)}</p>`}${groups.map((group, n) => groupOf(group, { language, isFirst: n === first, isLater: n >= mostGroupsOpened }))}
${figureLinks({ definition: "comparisonClass", csv: longestPeriod && csvAddress("agency", longestPeriod) }, language)}`,
  });
}

/** The key to marks and ranges, once for all groups. */
function legend(language: Language): Html {
  const words = (["clearly-better", "as-expected", "possibly-different", "clearly-worse"] as const).map((word) => ({
    mark: { "clearly-better": "▲", "as-expected": "●", "possibly-different": "△ ▽", "clearly-worse": "▼" }[word],
    name: comparisonLabels[word][language],
    word,
  }));
  const marks = words.map(
    ({ mark, name, word }) =>
      html`<li class="${word}"><span class="mark" aria-hidden="true">${mark}</span> ${name}</li>`,
  );
  const keys = (["sure", "possible", "peersAverage"] as const).map(
    (key) => html`<li class="key ${key}">${labels[key][language]}</li>`,
  );
  return html`<ul class="legend">${marks}${keys}</ul>\n`;
}

/** Whether no agency of the group differs. Then one line is enough for the group. */
function hasNoDifferences({ rows, expected }: GroupView): boolean {
  return expected !== undefined && rows.length > 0 && rows.every((row) => row.class === "as-expected");
}

/** How many groups may be open. A large province has dozens of groups. */
const mostGroupsOpened = 5;

type GroupOptions = { language: Language; isFirst: boolean; isLater: boolean };

function groupOf(group: GroupView, { language, isFirst, isLater }: GroupOptions): Html {
  const name = (group.name ?? labels.otherAgencies)[language];
  const average = averageText(group, language);
  const content = groupContent(group, { language, isFirst, name });
  if (hasNoDifferences(group) || isLater) {
    const text = inOneLine(group, language);
    const pieces = [text && html`${text}`, average].filter((piece) => piece !== undefined && piece !== "");
    const line = pieces.length > 0 && html`<span class="note">${joinedList(pieces, language)}</span>`;
    return html`<details class="group${!hasNoDifferences(group) && " differs"}"><summary><h3>${name}</h3> ${line}</summary>${content}</details>\n`;
  }
  return html`<div class="group"><h3>${name}</h3>${average && html`<p class="note key peersAverage">${average}</p>`}${content}</div>\n`;
}

/** The line of a closed group. If none of its agencies is compared, the line gives the reason. */
function inOneLine(group: GroupView, language: Language): string | undefined {
  const { rows, expected } = group;
  if (!expected || rows.length === 0) return notComparedReason(group)?.[language];
  if (!hasNoDifferences(group)) return differingAgenciesText(differingAgencies([group]), language).replace(/\.$/, "");
  return allAsExpectedText({ count: rows.length, others: sizeOf(group) - rows.length }, language);
}

function notComparedReason({ tooFew, noData }: GroupView): LocalizedText | undefined {
  if (tooFew.length > 0) return tooFewText;
  return noData.length > 0 ? noDataText : undefined;
}

function groupContent(
  group: GroupView,
  { language, isFirst, name }: Omit<GroupOptions, "isLater"> & { name: string },
): Html {
  const { rows, tooFew, noData } = group;
  const named = `funnel-${group.id ?? "others"}`;
  const funnel = rows.length > 0 && funnelMarkup(group, { language });
  return html`<div class="peers"><div class="list">${rows.length > 0 && agencyTable(group, { language, caption: name })}
${uncomparedAgencies(tooFew, { words: tooFewText, language })}${uncomparedAgencies(noData, { words: noDataText, language })}</div>
${funnel && html`<figure>${funnel}${isFirst && html`<figcaption>${funnelExplained[language]} ${judgedExplained[language]}</figcaption>`}${figureLinks({ definition: "comparisonDistance", embed: named, table: funnelTable(group, language) }, language)}</figure>`}</div>`;
}

/** The agencies that are not compared, in one sentence, with the reason. */
function uncomparedAgencies(
  rows: readonly AgencyRow[],
  { words, language }: { words: LocalizedText; language: Language },
): Html | undefined {
  if (rows.length === 0) return undefined;
  const comma = { fa: "، ", en: ", " }[language];
  const links = rows.map(
    ({ id, name, summary }) =>
      html`<a href="${addresses.agency(id, language)}">${name[language]}</a>${filedCount(summary, language)}`.html,
  );
  return html`<p class="others"><strong>${words[language]}</strong>: ${{ html: links.join(comma) }}.</p>`;
}

/** The number of complaints; undefined if the sentence around it already gives it. */
function filedCount(summary: AgencyRow["summary"], language: Language): Html | undefined {
  if (summary.state === "unpublished" || summary.filed === 0) return undefined;
  return html` (${complaintsText(summary.filed, language)})`;
}

function agencyTable(
  { rows, expected }: GroupView,
  { language, caption }: { language: Language; caption: string },
): Html {
  const columns = [labels.agency, labels.filed, labels.goodAll, labels.word].map(
    (label, n) => html`<th scope="col"${n === 2 && html` colspan="2"`}>${label[language]}</th>`,
  );
  const peers = expected?.theta;
  const lines = rows.map((row) => agencyTableRow(row, { language, peers }));
  return html`<table class="agencies"><caption class="hidden">${caption}</caption><thead class="hidden"><tr>${columns}</tr></thead><tbody>
${lines}</tbody></table>`;
}

function agencyTableRow(row: AgencyRow, { language, peers }: { language: Language; peers?: number | undefined }): Html {
  const filed = row.summary.state === "known" ? numeral(row.summary.filed, language) : undefined;
  const count = { fa: html`${filed} شکایت`, en: html`${filed} complaints` }[language];
  const word = row.class && comparisonLabels[row.class][language];
  return html`<tr class="${row.class ?? "plain"}"><th scope="row"><a href="${addresses.agency(row.id, language)}">${row.name[language]}</a></th><td class="count">${count}</td><td class="drawing">${bandMarkup(row.summary, { language, width: 130, peers })}</td><td class="range">${rangeWords(row.summary, language)}</td><td class="word">${word && html`${comparisonMark(row)} ${word}`}</td></tr>
`;
}
