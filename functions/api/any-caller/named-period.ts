import { invalid } from "#shared/domain/fault.ts";
import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { isPeriod, monthsOf, type Period, type PeriodKind } from "#shared/domain/statistics/period.ts";
import { periodsOf } from "#shared/store/statistics/derived.ts";

/** The months that are closed, as far as it matters here; `since` as in `ClosedMonth`. */
export type ClosedMonths = readonly {
  month: IranianMonth;
  since?: IranianMonth | undefined;
  periods: readonly Period[];
}[];

type Parameter = { kind: PeriodKind; name: string | undefined; path: string };
type Named = { period: Period; path: string };

/** The rule that a name breaks which is none of its kind. */
const notNamed: Record<PeriodKind, string> = {
  month: "not-a-month",
  quarter: "not-a-quarter",
  "four-quarters": "not-four-quarters",
};

/** The period that a parameter names; throws `invalid` where it names none of the kind. */
export function named({ kind, name, path }: Parameter): Named | undefined {
  if (name === undefined) return undefined;
  if (!isPeriod({ kind, name })) throw invalid(path, notNamed[kind]);
  return { period: { kind, name }, path };
}

/** Where it stands among the closed periods of its kind; throws `invalid` where it is not closed, or never will be. */
export function placeIn(months: ClosedMonths, { period, path }: Named): number {
  const place = periodsOf(months, period.kind).findIndex(({ name }) => name === period.name);
  if (place >= 0) return place;
  const since = countsFrom(months);
  const [begins = ""] = monthsOf(period);
  if (since && begins < since) throw invalid(path, "before-counting", { values: { since } });
  throw invalid(path, "period-not-closed");
}

/** The first month that anything was filed in; where nothing was, the first that anything may yet be counted of. */
function countsFrom(months: ClosedMonths): IranianMonth | undefined {
  const last = months.at(-1);
  return last && (last.since ?? monthsLater(last.month, 1));
}
