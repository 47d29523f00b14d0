import * as z from "zod";
import { invalidFault } from "#shared/domain/fault.ts";
import { dimensionsOf, Table } from "#shared/domain/statistics/counting/tables.ts";
import {
  addMonths,
  type IranianMonth,
  isPeriod,
  monthsOf,
  type Period,
  PeriodKind,
} from "#shared/domain/statistics/period.ts";
import { tablesOfPeriod } from "#shared/domain/statistics/publication/publication.ts";
import { periodsOf } from "#shared/persistence/statistics/published.ts";
import { figureIds } from "#shared/province/slices.static.ts";

/** The months that are closed, as far as it matters here; `since` as in `ClosedMonth`. */
export type ClosedMonths = readonly {
  month: IranianMonth;
  since?: IranianMonth | undefined;
  periods: readonly Period[];
}[];

type Parameter = { kind: PeriodKind; name: string | undefined; path: string };
type NamedPeriod = { period: Period; path: string };

/** The rule that a name breaks which is none of its kind. */
const notNamed: Record<PeriodKind, string> = {
  month: "not-a-month",
  quarter: "not-a-quarter",
  "four-quarters": "not-four-quarters",
};

/** The period that a parameter names; throws `invalid` where it names none of the kind. */
export function parsePeriod({ kind, name, path }: Parameter): NamedPeriod | undefined {
  if (name === undefined) return undefined;
  if (!isPeriod({ kind, name })) throw invalidFault(path, notNamed[kind]);
  return { period: { kind, name }, path };
}

/** Where it stands among the closed periods of its kind; throws `invalid` where it is not closed, or never will be. */
export function periodIndex(months: ClosedMonths, { period, path }: NamedPeriod): number {
  const place = periodsOf(months, period.kind).findIndex(({ name }) => name === period.name);
  if (place >= 0) return place;
  const since = firstCountedMonth(months);
  const [begins = ""] = monthsOf(period);
  if (since && begins < since) throw invalidFault(path, "before-counting", { values: { since } });
  throw invalidFault(path, "period-not-closed");
}

/** The first month that anything was filed in; where nothing was, the first that anything may yet be counted of. */
function firstCountedMonth(months: ClosedMonths): IranianMonth | undefined {
  const last = months.at(-1);
  return last && (last.since ?? addMonths(last.month, 1));
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
 * The periods that are asked for, of those that are closed; the last one where none is named. Throws `invalid` for a
 * period that is none, or not closed, or never will be, for a table that no period of the kind has, and for more than
 * fits into an answer.
 */
export function requestedPeriods({ period: kind, table, from, to }: StatisticsRequest, months: ClosedMonths): Period[] {
  if (!tablesOfPeriod(kind).includes(table)) throw invalidFault("table", "not-for-this-period");
  const start = parsePeriod({ kind, name: from, path: "from" });
  const end = parsePeriod({ kind, name: to, path: "to" });
  // Names of one kind sort by time.
  if (start && end && start.period.name > end.period.name) throw invalidFault("to", "end-before-start");
  const closed = periodsOf(months, kind);
  const first = start && periodIndex(months, start);
  const last = end ? periodIndex(months, end) : closed.length - 1;
  return assertRowLimit(closed.slice(Math.max(0, first ?? last), last + 1), table);
}

/** One period always fits into an answer; more of them, as long as they have no more rows. */
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
