import type { Language } from "#shared/vocabulary.ts";
import { type Html, textOf } from "#shared/wording/html.ts";
import { funnelDrawing } from "../drawings/funnel.ts";
import { type AgencyRow, differingAgencies, type GroupView } from "../model/agencies.ts";
import type { FunnelPoint } from "../model/charts.ts";
import { differingAgenciesText, pointText } from "../words/comparing.ts";
import { comparisonLabels, labels } from "../words/labels.ts";
import { numeral, ofHundredText } from "../words/numbers-and-dates.ts";
import { htmlTable, svgMarkup } from "./frame.ts";

type Look = {
  language: Language;
  /** The id of the only agency that is named, on its own page. */
  only?: string;
};

/** The funnel of a group; undefined where its agencies are not compared. */
export function funnelMarkup(group: GroupView, look: Look): Html | undefined {
  const chart = funnelChart(group, { ...look, width: 400 });
  return chart && svgMarkup(chart.drawing);
}

export function funnelChart(group: GroupView, { language, only, width }: Look & { width: number }) {
  const { expected, rows } = group;
  const points = rows.flatMap((row) => pointOf(row, { language, only }) ?? []);
  if (!expected || points.length === 0) return undefined;
  const title = `${(group.name ?? labels.otherAgencies)[language]}: ${differingAgenciesText(differingAgencies([group]), language)}`;
  const axis = { x: labels.axisX[language], y: labels.axisY[language] };
  const { theta, tauSquared } = expected;
  return { title, drawing: funnelDrawing({ points, theta, tauSquared, axis }, { language, width, title }) };
}

function pointOf(row: AgencyRow, { language, only }: { language: Language; only?: string | undefined }) {
  const { class: word, summary, side } = row;
  if (word === undefined || summary.state !== "known") return undefined;
  return {
    name: row.name[language],
    counted: summary.judged,
    share: summary.low.share,
    class: word,
    ...(side && { side }),
    isNamed: only === undefined ? word !== "as-expected" : row.id === only,
    tooltip: textOf(pointText(row, comparisonLabels[word][language], language)),
  } satisfies FunnelPoint;
}

/** The marks of a funnel as a table. */
export function funnelTable({ name, rows }: GroupView, language: Language): Html {
  const lines = rows.flatMap(({ name, summary, class: word }) =>
    summary.state !== "known" || word === undefined
      ? []
      : [
          [
            name[language],
            numeral(summary.judged, language),
            ofHundredText(summary.low, language),
            comparisonLabels[word][language],
          ],
        ],
  );
  return htmlTable({
    caption: (name ?? labels.otherAgencies)[language],
    columns: [labels.agency, labels.judged, labels.axisY, labels.word].map((label) => label[language]),
    rows: lines,
  });
}
