import * as z from "zod";
import { invalid } from "#shared/domain/fault.ts";
import { isPeriod, type Period, PeriodKind } from "#shared/domain/statistics/period.ts";
import { tablesOf } from "#shared/domain/statistics/published.ts";
import { dimensionsOf, Table } from "#shared/domain/statistics/table.ts";
import { figureValues } from "#shared/province/slices.static.ts";

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
 * period that is none, or not closed, for a table that no period of the kind has, and for more than fits into an answer.
 */
export function askedPeriods({ period: kind, table, from, to }: Asked, closed: readonly Period[]): Period[] {
  if (!tablesOf({ kind, name: "" }).includes(table)) throw invalid("table", "not-by-month");
  const first = placeIn(closed, { kind, name: from, path: "from" });
  const last = placeIn(closed, { kind, name: to, path: "to" }) ?? closed.length - 1;
  if (first !== undefined && first > last) throw invalid("to", "ends-after-start");
  return mustFit(closed.slice(Math.max(0, first ?? last), last + 1), table);
}

type Named = { kind: PeriodKind; name: string | undefined; path: string };

function placeIn(closed: readonly Period[], { kind, name, path }: Named): number | undefined {
  if (name === undefined) return undefined;
  if (!isPeriod({ kind, name })) throw invalid(path, `named-as-${kind}`);
  const place = closed.findIndex((period) => period.name === name);
  if (place < 0) throw invalid(path, "not-closed");
  return place;
}

/** One period always fits into an answer; more of them, as long as they have no more rows. */
const mostRows = (table: Table) => (dimensionsOf[table].length > 1 ? 1_000 : 400);

function mustFit(periods: readonly Period[], table: Table): Period[] {
  const rows = dimensionsOf[table].reduce(
    (product, dimension) => product * figureValues[dimension].length,
    periods.length,
  );
  if (periods.length > 1 && rows > mostRows(table)) throw invalid("to", "too-many-rows");
  return [...periods];
}
