import * as z from "zod";
import { invalidFault } from "#shared/fault.ts";
import { figureIds } from "#shared/province/slices.static.ts";
import { addMonths, type IranianMonth, isPeriod, monthsOf, type Period, PeriodKind } from "#shared/time/period.ts";
import { tablesOfPeriod } from "./publication.ts";
import { periodsOf } from "./published.store.ts";
import { dimensionsOf, Table } from "./tables.ts";

/** The closed months, in order of time. `firstMonth` as in `ClosedMonth`. */
type ClosedMonths = readonly {
  month: IranianMonth;
  firstMonth?: IranianMonth | undefined;
  periods: readonly Period[];
}[];

type Parameter = { kind: PeriodKind; name: string | undefined; path: string };
type NamedPeriod = { period: Period; path: string };

/** The validation rule that a period's name breaks, by the kind of period. */
const notNamed: Record<PeriodKind, string> = {
  month: "not-a-month",
  quarter: "not-a-quarter",
  "four-quarters": "not-four-quarters",
};

/** The period that a query parameter names; undefined if the parameter is absent. Throws `invalid` for a wrong name. */
function parsePeriod({ kind, name, path }: Parameter): NamedPeriod | undefined {
  if (name === undefined) return undefined;
  if (!isPeriod({ kind, name })) throw invalidFault(path, notNamed[kind]);
  return { period: { kind, name }, path };
}

/**
 * The position of a period among the closed periods of its kind. Throws `invalid` if the period is not closed yet, or
 * lies before the first counted month and so is never closed.
 */
function periodIndex(months: ClosedMonths, { period, path }: NamedPeriod): number {
  const index = periodsOf(months, period.kind).findIndex(({ name }) => name === period.name);
  if (index >= 0) return index;
  const since = firstCountedMonth(months);
  const [begins = ""] = monthsOf(period);
  if (since && begins < since) throw invalidFault(path, "before-counting", { values: { since } });
  throw invalidFault(path, "period-not-closed");
}

/** The first month in which a complaint was filed; before the first complaint, the month after the last closed one. */
function firstCountedMonth(months: ClosedMonths): IranianMonth | undefined {
  const last = months.at(-1);
  return last && (last.firstMonth ?? addMonths(last.month, 1));
}

export const Format = z.enum(["json", "csv"]);

export const StatisticsQuery = z.strictObject({
  period: PeriodKind,
  table: Table,
  from: z.string().max(10).optional(),
  to: z.string().max(10).optional(),
  format: Format.optional(),
});
type StatisticsRequest = z.infer<typeof StatisticsQuery>;

/**
 * The closed periods that the query names; the last closed period where the query names none. Throws `invalid` for a wrong
 * name, a period that is not closed, a table that this kind of period does not have, and for more rows than fit into an
 * answer.
 */
export function requestedPeriods({ period: kind, table, from, to }: StatisticsRequest, months: ClosedMonths): Period[] {
  if (!tablesOfPeriod(kind).includes(table)) throw invalidFault("table", "not-for-this-period");
  const start = parsePeriod({ kind, name: from, path: "from" });
  const end = parsePeriod({ kind, name: to, path: "to" });
  // The names of one kind of period sort by time.
  if (start && end && start.period.name > end.period.name) throw invalidFault("to", "end-before-start");
  const closed = periodsOf(months, kind);
  const first = start && periodIndex(months, start);
  const last = end ? periodIndex(months, end) : closed.length - 1;
  return assertRowLimit(closed.slice(Math.max(0, first ?? last), last + 1), table);
}

/** The most rows of an answer with several periods. A single period always fits. */
const mostRows = (table: Table) => (dimensionsOf[table].length > 1 ? 1_000 : 400);

function assertRowLimit(periods: readonly Period[], table: Table): Period[] {
  const rows = dimensionsOf[table].reduce(
    (product, dimension) => product * figureIds[dimension].length,
    periods.length,
  );
  const limit = mostRows(table);
  if (periods.length > 1 && rows > limit) throw invalidFault("to", "too-many-rows", { values: { limit } });
  return [...periods];
}
