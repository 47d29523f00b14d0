import { closesAt } from "#functions/figures/publication.ts";
import { compressJson } from "#functions/figures/published.store.ts";
import { partitions, periodKey } from "#shared/runtime/keys.ts";
import { monthsOf } from "#shared/time/period.ts";

/** The items by which it is known that a quarter is closed, and what count is published of each agency in it. */
export function closedQuarter(name: string, counts: Record<string, number>) {
  const period = { kind: "quarter", name } as const;
  const month = monthsOf(period).at(-1) ?? "";
  const at = closesAt(month);
  const closed = { month, periods: [period], edition: "planted", asOf: at, closedAt: at };
  return [
    { ...closed, pk: partitions.closed, sk: month },
    { pk: partitions.agencyCounts, sk: periodKey({ period, edition: "planted" }), figures: compressJson(counts) },
  ];
}
