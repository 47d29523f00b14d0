import type { Figures } from "#shared/domain/statistics/figures.ts";
import { goodShare } from "#shared/domain/statistics/outcome-band.ts";
import type { ToldCell } from "#shared/domain/statistics/table-figures.ts";
import { ofHundredIn } from "../drawings/hundred.ts";
import { type Glance, glanceOf, type OfHundred, type Told } from "./glance.ts";
import { type Course, courseOf, mostDrawn, type Value } from "./verdict.ts";

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

type Read = (cell: ToldCell) => Omit<Value, "at">;

const others: Record<MonthsView["others"][number]["name"], Read> = {
  filed: ({ cell }) => ({ value: typeof cell.all === "number" ? cell.all : undefined }),
  goodHigh: (told) => asShare(toldIn(told)?.high),
  officeWithin24h: ({ figures: { officeWithin24h: share } }) =>
    asShare(share === undefined ? undefined : ofHundredIn(share)),
  // Where it is told alone.
  unanswered: (told) => asShare(toldIn(told)?.parts.find(({ kind }) => kind === "unanswered")),
};

const asShare = (share: OfHundred | undefined) => ({ value: share?.share, share });

function toldIn(cell: ToldCell): Told | undefined {
  const glance = glanceOf(cell);
  return glance.state === "told" ? glance : undefined;
}

/** Judged by the counts themselves, and told as everywhere else. */
function confirmedIn(told: ToldCell): Omit<Value, "at"> {
  const exact = goodShare(told.cell);
  const low = toldIn(told)?.low;
  return exact && low ? { value: exact.good / exact.all, share: low } : { value: undefined };
}

function monthly(months: readonly MonthCell[], read: Read): Course {
  return courseOf(months.map(({ month, cell }) => ({ at: month, ...read(cell) })));
}

export function monthsView(months: readonly MonthCell[]): MonthsView {
  const good = monthly(months, confirmedIn);
  const latest = months.at(-1)?.cell;
  return {
    good,
    months: months.slice(-mostDrawn).map(({ month, cell }) => ({ month, glance: glanceOf(cell) })),
    others: (["filed", "goodHigh", "officeWithin24h", "unanswered"] as const).map((name) => ({
      name,
      figure: monthly(months, others[name]),
    })),
    times: latest?.figures ?? {},
  };
}
