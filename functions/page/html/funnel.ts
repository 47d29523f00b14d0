import { type Html, textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { FunnelPoint } from "../drawings/drawn.ts";
import { funnelDrawing } from "../drawings/funnel.ts";
import type { AgencyRow, GroupView } from "../model/agencies.ts";
import { differingIn } from "../model/agencies.ts";
import { differSentence, pointSays } from "../words/comparing.ts";
import { labels, standings } from "../words/labels.ts";
import { numeral, ofHundred } from "../words/numbers.ts";
import { tableOf } from "./figure.ts";
import { drawn } from "./setting.ts";

type Look = {
  language: Language;
  /** On an agency's own page, the one that is named. */
  only?: string;
};

/** A group as a funnel; undefined where nothing is compared. */
export function funnelMarkup(group: GroupView, look: Look): Html | undefined {
  const chart = funnelChart(group, { ...look, width: 400 });
  return chart && drawn(chart.drawing);
}

export function funnelChart(group: GroupView, { language, only, width }: Look & { width: number }) {
  const { expected, rows } = group;
  const points = rows.flatMap((row) => pointOf(row, { language, only }) ?? []);
  if (!expected || points.length === 0) return undefined;
  const title = `${(group.name ?? labels.otherAgencies)[language]}: ${differSentence(differingIn([group]), language)}`;
  const axis = { x: labels.axisX[language], y: labels.axisY[language] };
  const { theta, tauSquared } = expected;
  return { title, drawing: funnelDrawing({ points, theta, tauSquared, axis }, { language, width, title }) };
}

function pointOf(row: AgencyRow, { language, only }: { language: Language; only?: string | undefined }) {
  const { class: word, glance, side } = row;
  if (word === undefined || glance.state !== "known") return undefined;
  return {
    name: row.name[language],
    counted: glance.judged,
    share: glance.low.share,
    class: word,
    ...(side && { side }),
    isNamed: only === undefined ? word !== "as-expected" : row.id === only,
    says: textOf(pointSays(row, standings[word][language], language)),
  } satisfies FunnelPoint;
}

/** The marks of a funnel as a table. */
export function funnelTable({ name, rows }: GroupView, language: Language): Html {
  const lines = rows.flatMap(({ name, glance, class: word }) =>
    glance.state !== "known" || word === undefined
      ? []
      : [
          [
            name[language],
            numeral(glance.judged, language),
            ofHundred(glance.low, language),
            standings[word][language],
          ],
        ],
  );
  return tableOf({
    caption: (name ?? labels.otherAgencies)[language],
    columns: [labels.agency, labels.judged, labels.axisY, labels.word].map((label) => label[language]),
    rows: lines,
  });
}
