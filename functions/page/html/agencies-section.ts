import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import { addresses, csvAddress } from "../addresses.ts";
import { type AgencyRow, differingIn, type GroupView, sizeOf } from "../model/agencies.ts";
import type { ProvinceView } from "../model/province-view.ts";
import {
  allAsExpected,
  averageSays,
  differSentence,
  noDataOf,
  othersCounted,
  tooFewOf,
  uncompared,
} from "../words/comparing.ts";
import { periodNamed } from "../words/dates.ts";
import { listed } from "../words/headline.ts";
import { labels, standings } from "../words/labels.ts";
import { complaints, numeral } from "../words/numbers.ts";
import { funnelExplained, judgedExplained, noRanks, orderedBy, smallNumbers } from "../words/prose.ts";
import { markOf } from "./answers.ts";
import { bandMarkup } from "./band.ts";
import { linksOf, section } from "./figure.ts";
import { funnelMarkup, funnelTable } from "./funnel.ts";
import { rangeWords } from "./glance.ts";

export function agenciesSection({ groups, comparison, currency }: ProvinceView, language: Language): Html {
  const { whole } = currency;
  const isCompared = comparison === "compared";
  const why = isCompared
    ? [noRanks, orderedBy, smallNumbers]
    : [uncompared[comparison].heading, uncompared[comparison].says];
  const first = groups.findIndex((group) => group.expected && !isPlain(group));
  return section({
    id: "agencies",
    heading: labels.agencies[language],
    period: whole && periodNamed(whole, language),
    note: why.map((text) => text[language]).join(" "),
    body: html`${isCompared && legend(language)}${isCompared && html`<p class="only-print note">${othersCounted(groups, language)}</p>`}${groups.map((group, n) => groupOf(group, { language, isFirst: n === first, isLater: n >= mostOpen }))}
${linksOf({ definition: "class", csv: whole && csvAddress("agency", whole) }, language)}`,
  });
}

/** The meaning of marks and bands, once for all groups. */
function legend(language: Language): Html {
  const words = (["clearly-better", "as-expected", "watch", "clearly-worse"] as const).map((word) => ({
    mark: { "clearly-better": "▲", "as-expected": "●", watch: "△ ▽", "clearly-worse": "▼" }[word],
    name: standings[word][language],
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

/** Whether nobody differs, so that one line says it all. */
function isPlain({ rows, expected }: GroupView): boolean {
  return expected !== undefined && rows.length > 0 && rows.every((row) => row.class === "as-expected");
}

/** So many groups stand open, where somebody in them differs: a large province has dozens. */
const mostOpen = 5;

type Shown = { language: Language; isFirst: boolean; isLater: boolean };

function groupOf(group: GroupView, { language, isFirst, isLater }: Shown): Html {
  const name = (group.name ?? labels.otherAgencies)[language];
  const average = averageSays(group, language);
  const content = contentOf(group, { language, isFirst, name });
  if (isPlain(group) || isLater) {
    const says = inOneLine(group, language);
    const pieces = [says && html`${says}`, average].filter((piece) => piece !== undefined && piece !== "");
    const line = pieces.length > 0 && html`<span class="note">${listed(pieces, language)}</span>`;
    return html`<details class="group${!isPlain(group) && " differs"}"><summary><h3>${name}</h3> ${line}</summary>${content}</details>\n`;
  }
  return html`<div class="group"><h3>${name}</h3>${average && html`<p class="note key peersAverage">${average}</p>`}${content}</div>\n`;
}

/** One line for a closed group; why none of its agencies is compared, where none is. */
function inOneLine(group: GroupView, language: Language): string | undefined {
  const { rows, expected } = group;
  if (!expected || rows.length === 0) return whyNobody(group)?.[language];
  if (!isPlain(group)) return differSentence(differingIn([group]), language).replace(/\.$/, "");
  return allAsExpected({ count: rows.length, others: sizeOf(group) - rows.length }, language);
}

function whyNobody({ tooFew, noData }: GroupView): Text | undefined {
  if (tooFew.length > 0) return tooFewOf;
  return noData.length > 0 ? noDataOf : undefined;
}

function contentOf(group: GroupView, { language, isFirst, name }: Omit<Shown, "isLater"> & { name: string }): Html {
  const { rows, tooFew, noData } = group;
  const named = `funnel-${group.id ?? "others"}`;
  const funnel = rows.length > 0 && funnelMarkup(group, { language });
  return html`<div class="peers"><div class="list">${rows.length > 0 && agencyTable(group, { language, caption: name })}
${others(tooFew, { words: tooFewOf, language })}${others(noData, { words: noDataOf, language })}</div>
${funnel && html`<figure>${funnel}${isFirst && html`<figcaption>${funnelExplained[language]} ${judgedExplained[language]}</figcaption>`}${linksOf({ definition: "funnelDistance", embed: named, table: funnelTable(group, language) }, language)}</figure>`}</div>`;
}

/** The agencies that are not compared, in one sentence, with the reason. */
function others(
  rows: readonly AgencyRow[],
  { words, language }: { words: Text; language: Language },
): Html | undefined {
  if (rows.length === 0) return undefined;
  const comma = { fa: "، ", en: ", " }[language];
  const links = rows.map(
    ({ id, name, glance }) =>
      html`<a href="${addresses.agency(id, language)}">${name[language]}</a>${filedOf(glance, language)}`.html,
  );
  return html`<p class="others"><strong>${words[language]}</strong>: ${{ html: links.join(comma) }}.</p>`;
}

/** The number of complaints, where the sentence does not say it already. */
function filedOf(glance: AgencyRow["glance"], language: Language): Html | undefined {
  if (glance.state === "unpublished" || glance.filed === 0) return undefined;
  return html` (${complaints(glance.filed, language)})`;
}

type Listing = { language: Language; caption: string };

function agencyTable({ rows, expected }: GroupView, { language, caption }: Listing): Html {
  const columns = [labels.agency, labels.filed, labels.goodAll, labels.word].map(
    (label, n) => html`<th scope="col"${n === 2 && html` colspan="2"`}>${label[language]}</th>`,
  );
  const peers = expected?.theta;
  const lines = rows.map((row) => lineOf(row, { language, peers }));
  return html`<table class="agencies"><caption class="hidden">${caption}</caption><thead class="hidden"><tr>${columns}</tr></thead><tbody>
${lines}</tbody></table>`;
}

function lineOf(row: AgencyRow, { language, peers }: { language: Language; peers?: number | undefined }): Html {
  const filed = row.glance.state === "known" ? numeral(row.glance.filed, language) : undefined;
  const count = { fa: html`${filed} شکایت`, en: html`${filed} complaints` }[language];
  const word = row.class && standings[row.class][language];
  return html`<tr class="${row.class ?? "plain"}"><th scope="row"><a href="${addresses.agency(row.id, language)}">${row.name[language]}</a></th><td class="count">${count}</td><td class="drawing">${bandMarkup(row.glance, { language, width: 130, peers })}</td><td class="range">${rangeWords(row.glance, language)}</td><td class="word">${word && html`${markOf(row)} ${word}`}</td></tr>
`;
}
