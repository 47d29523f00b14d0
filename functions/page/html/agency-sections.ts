import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { csvAddress } from "../addresses.ts";
import type { AgencyView } from "../model/agency-view.ts";
import { quartersNote } from "../words/agency.ts";
import { hoursNames } from "../words/answering.ts";
import { periodLong, periodNamed } from "../words/dates.ts";
import { labels } from "../words/labels.ts";
import { begun, numeral, share } from "../words/numbers.ts";
import { funnelExplained, judgedExplained, unansweredCount } from "../words/prose.ts";
import { bandMarkup } from "./band.ts";
import { linksOf, section, tableOf } from "./figure.ts";
import { funnelMarkup, funnelTable } from "./funnel.ts";
import { rangeWords } from "./glance.ts";
import { barList } from "./lists-section.ts";

export function agencySections(view: AgencyView, language: Language): Html {
  if (!view.currency.whole) return html``;
  return html`${amongPeers(view, language)}${quarters(view, language)}${subjects(view, language)}`;
}

/** The group's funnel, with this agency alone named. */
function amongPeers({ id, group, row, currency }: AgencyView, language: Language): Html | undefined {
  const funnel = group && row.class && funnelMarkup(group, { language, only: id });
  const { whole } = currency;
  if (!funnel || !whole) return undefined;
  return section({
    id: "peers",
    heading: labels.amongPeers[language],
    period: periodNamed(whole, language),
    note: `${(group.name ?? labels.otherAgencies)[language]}. ${funnelExplained[language]} ${judgedExplained[language]}`,
    body: html`<figure>${funnel}${linksOf({ definition: "funnelDistance", csv: csvAddress("agency", whole), table: funnelTable(group, language) }, language)}</figure>`,
  });
}

function quarters({ quarters: all, group }: AgencyView, language: Language): Html | undefined {
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return undefined;
  const peers = group?.expected?.theta;
  const rows = all.map(({ period, glance }) => {
    const filed = glance.state === "unpublished" ? "–" : numeral(glance.filed, language);
    const range = html`${bandMarkup(glance, { language, width: 130, peers })} <span class="range">${rangeWords(glance, language)}</span>`;
    return [begun(periodLong(period, language)), filed, range];
  });
  const columns = [labels.quarter, labels.filed, labels.goodAll].map((label) => label[language]);
  return section({
    id: "quarters",
    heading: labels.quarters[language],
    note: quartersNote[language],
    body: html`${tableOf({ caption: labels.quarters[language], columns, rows })}${linksOf({ definition: "goodLow", csv: csvAddress("agency", last.period) }, language)}`,
  });
}

function subjects({ categories, currency, times }: AgencyView, language: Language): Html | undefined {
  const { whole } = currency;
  if (!whole) return undefined;
  return section({
    id: "subjects",
    heading: labels.subjectsAndTimes[language],
    period: periodNamed(whole, language),
    note: unansweredCount[language],
    body: html`<div class="halves">
${categories.length > 0 && html`<div>${barList(categories, { caption: labels.category[language], language })}${linksOf({ definition: "method", csv: csvAddress("agency-category", whole) }, language)}</div>`}
<div>${timesTable(times, language)}${linksOf({ definition: "officeMedian" }, language)}</div>
</div>`,
  });
}

function timesTable({ own, province }: AgencyView["times"], language: Language): Html {
  const value = (one: number | undefined) => (one === undefined ? "–" : share(one, language));
  const rows = hoursNames.map(([name, text]) => [text[language], value(own[name]), value(province[name])]);
  const columns = [labels.times, labels.agency, labels.province].map((label) => label[language]);
  return tableOf({ caption: labels.timesOfHundred[language], columns, rows });
}
