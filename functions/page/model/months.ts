import { bandOf } from "#shared/domain/statistics/band.ts";
import type { Figures } from "#shared/domain/statistics/figures.ts";
import type { Period } from "#shared/domain/statistics/period.ts";
import type { DerivedCell } from "#shared/domain/statistics/table-figures.ts";
import { ofHundredIn } from "../drawings/hundred.ts";
import { type Glance, glanceOf, type OfHundred } from "./glance.ts";
import { type Course, courseOf, mostDrawn, type Value } from "./verdict.ts";

/** The province's cell of a month or a quarter. */
type CellOf = { name: string; cell: DerivedCell };

export type MonthView = { month: string; glance: Glance };

/** The province by month: the band of each month, and other figures each beside its own past. */
export type MonthsView = {
  good: Course;
  months: MonthView[];
  others: { name: "filed" | "goodHigh" | "unanswered"; figure: Course }[];
  /** By quarter, since a month has its outcome alone. */
  officeWithin24h: Course;
  /** Times to answer of the period that lists are made of. */
  times: { period: Period; figures: Figures } | undefined;
};

type Read = (cell: DerivedCell) => Omit<Value, "at">;

const others: Record<MonthsView["others"][number]["name"], Read> = {
  filed: ({ cell }) => ({ value: cell.count }),
  goodHigh: (derived) => asShare(knownIn(derived)?.high),
  unanswered: (derived) => {
    const known = knownIn(derived);
    return asShare(known && (known.parts.find(({ outcome }) => outcome === "unanswered") ?? ofHundredIn(0)));
  },
};

const asShare = (share: OfHundred | undefined) => ({ value: share?.share, share });

function knownIn(derived: DerivedCell) {
  const glance = glanceOf(derived);
  return glance.state === "known" ? glance : undefined;
}

/** The trend is judged by the share without rounding to decimals; the page says it as everywhere else. */
function confirmedIn(derived: DerivedCell): Omit<Value, "at"> {
  const share = knownIn(derived)?.low;
  return { value: share && bandOf(derived.cell).low?.share, share };
}

function courseIn(cells: readonly CellOf[], read: Read): Course {
  return courseOf(cells.map(({ name, cell }) => ({ at: name, ...read(cell) })));
}

type Cells = { months: readonly CellOf[]; quarters: readonly CellOf[]; times: MonthsView["times"] };

export function monthsView({ months, quarters, times }: Cells): MonthsView {
  return {
    good: courseIn(months, confirmedIn),
    months: months.slice(-mostDrawn).map(({ name, cell }) => ({ month: name, glance: glanceOf(cell) })),
    others: (["filed", "goodHigh", "unanswered"] as const).map((name) => ({
      name,
      figure: courseIn(months, others[name]),
    })),
    officeWithin24h: courseIn(quarters, ({ figures: { officeWithin24h: share } }) =>
      asShare(share === undefined ? undefined : ofHundredIn(share)),
    ),
    times,
  };
}
