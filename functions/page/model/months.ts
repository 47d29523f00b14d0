import type { Figures } from "#shared/domain/statistics/figures.ts";
import { goodShare } from "#shared/domain/statistics/outcome-band.ts";
import type { ToldCell } from "#shared/domain/statistics/table-figures.ts";
import { type Glance, glanceOf } from "./glance.ts";
import { type Course, courseOf, drawn } from "./verdict.ts";

type MonthCell = { month: string; cell: ToldCell };

export type MonthView = { month: string; glance: Glance };

/** The province by month: the band of each, and other figures each beside its own past. */
export type MonthsView = {
  good: Course;
  months: MonthView[];
  others: { name: "filed" | "goodHigh" | "officeWithin24h" | "unanswered"; figure: Course }[];
  /** Of the last month. */
  times: Figures;
};

const others = {
  filed: ({ cell }: ToldCell) => (typeof cell.all === "number" ? cell.all : undefined),
  goodHigh: ({ figures }: ToldCell) => figures.goodHigh,
  officeWithin24h: ({ figures }: ToldCell) => figures.officeWithin24h,
  unanswered: unansweredIn,
};

/** The share that nobody ever answered, where it is told alone. */
function unansweredIn(told: ToldCell): number | undefined {
  const glance = glanceOf(told);
  return glance.state === "told" ? glance.parts.find(({ kind }) => kind === "unanswered")?.share : undefined;
}

function monthly(months: readonly MonthCell[], read: (cell: ToldCell) => number | undefined): Course {
  return courseOf(months.map(({ month, cell }) => ({ at: month, value: read(cell) })));
}

export function monthsView(months: readonly MonthCell[]): MonthsView {
  const good = monthly(months, ({ cell }) => {
    const share = goodShare(cell);
    return share && share.good / share.all;
  });
  const latest = months.at(-1)?.cell;
  return {
    good,
    months: months.slice(-drawn).map(({ month, cell }) => ({ month, glance: glanceOf(cell) })),
    others: (Object.keys(others) as (keyof typeof others)[]).map((name) => ({
      name,
      figure: monthly(months, others[name]),
    })),
    times: latest?.figures ?? {},
  };
}
