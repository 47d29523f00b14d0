import type { Figures } from "#functions/figures/figures.ts";
import { shareBandOf } from "#functions/figures/share.ts";
import type { DerivedCell } from "#functions/figures/table-figures.ts";
import type { Period } from "#shared/time/period.ts";
import { shareInStrokes } from "./charts.ts";
import { type OutcomeSummary, type ShareInStrokes, summarize } from "./summary.ts";
import { type JudgedSeries, judgeSeries, mostMonthsDrawn, type Value } from "./verdict.ts";

/** The province's cell of a month or a quarter. */
type NamedCell = { name: string; cell: DerivedCell };

export type MonthView = { month: string; summary: OutcomeSummary };

/** The province by month: the range of good answers in each month, and the trends of other figures. */
export type MonthsView = {
  good: JudgedSeries;
  months: MonthView[];
  others: { name: "filed" | "confirmedOrSilentShare" | "unanswered"; figure: JudgedSeries }[];
  /** By quarter, since times to answer are not published by month. */
  officeHoursWithin24h: JudgedSeries;
  /** Times to answer in the longest closed period (`longestPeriodOf`). */
  times: { period: Period; figures: Figures } | undefined;
};

type ReadValue = (cell: DerivedCell) => Omit<Value, "at">;

const otherFigures: Record<MonthsView["others"][number]["name"], ReadValue> = {
  filed: ({ cell }) => ({ value: cell.count }),
  confirmedOrSilentShare: (derived) => asShare(knownIn(derived)?.high),
  unanswered: (derived) => {
    const known = knownIn(derived);
    return asShare(known && (known.parts.find(({ outcome }) => outcome === "unanswered") ?? shareInStrokes(0)));
  },
};

const asShare = (share: ShareInStrokes | undefined) => ({ value: share?.share, share });

function knownIn(derived: DerivedCell) {
  const summary = summarize(derived);
  return summary.state === "known" ? summary : undefined;
}

/** The trend is judged by the exact share. Pages show the rounded share, as everywhere else. */
function confirmedIn(derived: DerivedCell): Omit<Value, "at"> {
  const share = knownIn(derived)?.low;
  return { value: share && shareBandOf(derived.cell).low?.share, share };
}

function judgedSeriesIn(cells: readonly NamedCell[], read: ReadValue): JudgedSeries {
  return judgeSeries(cells.map(({ name, cell }) => ({ at: name, ...read(cell) })));
}

type MonthsInput = { months: readonly NamedCell[]; quarters: readonly NamedCell[]; times: MonthsView["times"] };

export function monthsView({ months, quarters, times }: MonthsInput): MonthsView {
  return {
    good: judgedSeriesIn(months, confirmedIn),
    months: months.slice(-mostMonthsDrawn).map(({ name, cell }) => ({ month: name, summary: summarize(cell) })),
    others: (["filed", "confirmedOrSilentShare", "unanswered"] as const).map((name) => ({
      name,
      figure: judgedSeriesIn(months, otherFigures[name]),
    })),
    officeHoursWithin24h: judgedSeriesIn(quarters, ({ figures: { officeHoursWithin24h: share } }) =>
      asShare(share === undefined ? undefined : shareInStrokes(share)),
    ),
    times,
  };
}
