import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html, textOf } from "#shared/wording/html.ts";
import { monthsDrawing } from "../drawings/months.ts";
import { seriesDrawing } from "../drawings/small-charts.ts";
import { addresses, csvAddress } from "../model/material.ts";
import type { MonthsView, MonthView } from "../model/months.ts";
import type { ProvinceView } from "../model/page-views.ts";
import type { JudgedSeries } from "../model/verdict.ts";
import { labels, monthsExplained, unansweredCountText } from "../words/labels.ts";
import { hoursNames, timesText } from "../words/lists-and-times.ts";
import {
  monthLong,
  monthName,
  numeral,
  ofHundredText,
  periodNamed,
  shareText,
  yearOf,
} from "../words/numbers-and-dates.ts";
import { monthText, ruleOf, shortVerdictText, trendAnswer } from "../words/trend.ts";
import { figureLinks, htmlTable, section, svgMarkup } from "./frame.ts";
import { rangeWords } from "./summary.ts";

const widths = { wide: 1100, narrow: 350 };

export function monthsSection({ months: view, dataState }: ProvinceView, language: Language): Html {
  const { month } = dataState;
  if (!month) return html``;
  const csv = csvAddress("total", month, view.months[0]?.month);
  const { text } = trendAnswer(view.good.verdict, language);
  // The text under the table gives the limits, which belong to no row.
  const table = html`${monthsTable(view, language)}<p>${text}</p>`;
  const links = figureLinks(
    { definition: "trendMean", csv, embed: isEmpty(view) ? undefined : "months", table },
    language,
  );
  return section({
    id: "months",
    heading: labels.months[language],
    period: monthRange(view, language),
    note: monthsExplained[language],
    body: isEmpty(view)
      ? html`<p>${text}</p>${links}`
      : html`<figure class="months">${chartOf(view, language)}${links}</figure>
<h3>${labels.otherFigures[language]}</h3>
<p class="period">${periodNamed(month, language)}</p>
<ul class="series">${view.others.map((one) => seriesOf(one, language))}</ul>
${timesOf(view, language)}`,
  });
}

/** Whether no month has a number that could be drawn. */
export function isEmpty({ months, others }: MonthsView): boolean {
  const isDrawn = others.some(({ figure }) => figure.values.some(({ value }) => value !== undefined));
  return !isDrawn && months.every(({ summary }) => summary.state !== "known");
}

/** From which month to which. */
function monthRange({ months }: MonthsView, language: Language): string | undefined {
  const [first, last] = [months[0]?.month, months.at(-1)?.month];
  if (!first || !last) return undefined;
  if (first === last) return monthLong(last, language);
  const to = { fa: " تا ", en: " to " }[language];
  return `${monthLong(first, language)}${to}${monthLong(last, language)}`;
}

function chartOf(view: MonthsView, language: Language): Html {
  return html`${Object.entries(widths).map(
    ([name, width]) => html`<div class="${name}">${svgMarkup(monthsChart(view, { language, width }).drawing)}</div>`,
  )}`;
}

/** The chart of good answers by month. Its title is the answer to whether the trend changed. */
export function monthsChart({ good, months }: MonthsView, look: { language: Language; width: number }) {
  const { language } = look;
  const { verdict } = good;
  const limits = verdict.state === "usual" || verdict.state === "changed" ? verdict.limits : undefined;
  const columns = months.map((month) => columnOf(month, language));
  const { heading, text } = trendAnswer(verdict, language);
  const chart = {
    months: columns,
    ...(limits && { limits }),
    ...(verdict.state === "changed" && { changed: { months: verdict.spans, rule: ruleOf(verdict, language) } }),
  };
  const title = `${textOf(heading)} ${textOf(text)}`;
  return { title, drawing: monthsDrawing(chart, { ...look, title }) };
}

function columnOf({ month, summary }: MonthView, language: Language) {
  const band = summary.state === "known" ? { low: summary.low, high: summary.high } : undefined;
  const range = band && rangeWords(summary, language);
  return {
    label: monthName(month, language),
    year: yearOf(month, language),
    ...(band && { band }),
    tooltip: textOf(monthText(month, range, language)),
  };
}

function monthsTable({ months, others }: MonthsView, language: Language): Html {
  // Of the other figures only the one that no other column shows.
  const more = others.filter(({ name }) => name === "unanswered");
  const rows = months.map(({ month, summary }, n) => {
    const filed = summary.state === "unpublished" ? "–" : numeral(summary.filed, language);
    const shares = more.map(({ figure: { values } }) => valueText(values[n], language));
    return [monthLong(month, language), filed, rangeWords(summary, language), ...shares];
  });
  const named = more.map(({ name }) => otherFigureNames[name][language]);
  const columns = [...[labels.month, labels.filed, labels.goodAll].map((label) => label[language]), ...named];
  return htmlTable({ caption: labels.months[language], columns, rows });
}

/** A share as the number of its strokes, like the range beside it. */
function valueText(one: JudgedSeries["values"][number] | undefined, language: Language): Html | string {
  if (one?.value === undefined) return "–";
  return one.share ? ofHundredText(one.share, language) : numeral(one.value, language);
}

type Series = { name: MonthsView["others"][number]["name"] | "officeHoursWithin24h"; figure: JudgedSeries };
const otherFigureNames: Record<Series["name"], LocalizedText & { definition: string; better?: "up" | "down" }> = {
  filed: { fa: "شکایت‌های ثبت‌شده", en: "Complaints filed", definition: "assessedCount" },
  confirmedOrSilentShare: {
    fa: "به‌موقع و ردنشده، از ۱۰۰",
    en: "In time and not overturned, of 100",
    definition: "confirmedOrSilentShare",
    better: "up",
  },
  officeHoursWithin24h: {
    fa: "پاسخ تا ۲۴ ساعت کاری، از ۱۰۰",
    en: "Answered by 24 office hours, of 100",
    definition: "officeHoursWithin24h",
    better: "up",
  },
  unanswered: { fa: "بی‌پاسخ، از ۱۰۰", en: "Unanswered, of 100", definition: "breakdown-outcome", better: "down" },
};

function seriesOf({ name, figure }: Series, language: Language): Html {
  const { definition, better, ...text } = otherFigureNames[name];
  const value = valueText(figure.values.at(-1), language);
  const brief = shortVerdictText(figure.verdict, { better, language });
  return html`<li><a class="definition name" href="${addresses.definition(definition, language)}">${text[language]}</a> <strong class="number">${value}</strong> <span class="drawing" aria-hidden="true">${lineOf(figure, { language, title: text[language] })}</span> <span class="says">${brief}</span></li>
`;
}

function lineOf({ values, verdict }: JudgedSeries, { language, title }: { language: Language; title: string }): Html {
  const limits = verdict.state === "usual" || verdict.state === "changed" ? verdict.limits : undefined;
  const series = {
    values: values.map(({ value }) => value),
    ...(limits && { limits }),
    signals: values.map(({ signals }) => signals),
  };
  return svgMarkup(seriesDrawing(series, { language, width: 220, title }));
}

/** Times to answer, which are published by quarter and by four quarters. */
function timesOf({ times, officeHoursWithin24h }: MonthsView, language: Language): Html | undefined {
  if (!times) return undefined;
  const { period, figures } = times;
  const cells = hoursNames.flatMap(([name, text]) => {
    const value = figures[name];
    return value === undefined
      ? []
      : [
          html`<div><dt>${text[language]}</dt><dd>${shareText(value, language)} <span class="note">${{ fa: "از ۱۰۰", en: "of 100" }[language]}</span></dd></div>`,
        ];
  });
  return html`<h3>${labels.times[language]}</h3>
<p class="period">${periodNamed(period, language)}</p>
<p>${timesText(figures, language)} ${unansweredCountText[language]}</p>
${cells.length > 0 && html`<dl class="hours-within">${cells}</dl>`}
<p class="period">${labels.quarters[language]}</p>
<ul class="series">${seriesOf({ name: "officeHoursWithin24h", figure: officeHoursWithin24h }, language)}</ul>
${figureLinks({ definition: "officeHoursMedian", csv: csvAddress("total", period) }, language)}`;
}
