import * as z from "zod";
import { invalid } from "#shared/domain/fault.ts";
import { type Period, PeriodKind } from "#shared/domain/statistics/period.ts";
import { tablesOf } from "#shared/domain/statistics/published.ts";
import { dimensionsOf, Table } from "#shared/domain/statistics/table.ts";
import { figureIds } from "#shared/province/slices.static.ts";
import { periodsOf } from "#shared/store/statistics/derived.ts";
import { type ClosedMonths, named, placeIn } from "./named-period.ts";

export const Format = z.enum(["json", "csv"]);

export const StatisticsQuery = z.strictObject({
  period: PeriodKind,
  table: Table,
  from: z.string().max(10).optional(),
  to: z.string().max(10).optional(),
  format: Format.optional(),
});
type Asked = z.infer<typeof StatisticsQuery>;

/**
 * The periods that are asked for, of those that are closed; the last one where none is named. Throws `invalid` for a
 * period that is none, or not closed, or never will be, for a table that no period of the kind has, and for more than
 * fits into an answer.
 */
export function askedPeriods({ period: kind, table, from, to }: Asked, months: ClosedMonths): Period[] {
  if (!tablesOf(kind).includes(table)) throw invalid("table", "not-for-this-period");
  const start = named({ kind, name: from, path: "from" });
  const end = named({ kind, name: to, path: "to" });
  // Names of one kind sort by time.
  if (start && end && start.period.name > end.period.name) throw invalid("to", "end-before-start");
  const closed = periodsOf(months, kind);
  const first = start && placeIn(months, start);
  const last = end ? placeIn(months, end) : closed.length - 1;
  return mustFit(closed.slice(Math.max(0, first ?? last), last + 1), table);
}

/** One period always fits into an answer; more of them, as long as they have no more rows. */
const mostRows = (table: Table) => (dimensionsOf[table].length > 1 ? 1_000 : 400);

function mustFit(periods: readonly Period[], table: Table): Period[] {
  const rows = dimensionsOf[table].reduce(
    (product, dimension) => product * figureIds[dimension].length,
    periods.length,
  );
  const limit = mostRows(table);
  if (periods.length > 1 && rows > limit) throw invalid("to", "too-many-rows", { values: { limit } });
  return [...periods];
}
