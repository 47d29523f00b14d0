import { type Breakdown, breakdowns } from "#shared/domain/statistics/breakdown.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";

type Some = Partial<Record<Breakdown, Record<string, number>>>;

/** A cell as it might be published: of each breakdown some classes are named, and all others are 0. */
export function aPublishedCell(some: Some = {}, fields: Partial<PublishedCell> = {}): PublishedCell {
  const all = Object.entries(some).map(([name, parts]) => {
    const none = breakdowns[name as Breakdown].map((one) => [one, 0]);
    return [name, { ...Object.fromEntries(none), ...parts }];
  });
  return { cell: "", count: 500, breakdowns: Object.fromEntries(all), ...fields };
}
