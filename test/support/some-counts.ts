import type { PublishedCell } from "#functions/figures/publication.ts";
import {
  addComplaint,
  type Breakdown,
  breakdowns,
  type CellPlace,
  type CountedComplaint,
  type Counts,
  emptyCounts,
  type Measure,
} from "#functions/figures/tables.ts";

/** So many complaints that count alike: where nothing else is said, of the bank, in Qazvin, without a breakdown. */
export function complaints(size: number, { place, ...fields }: Partial<CountedComplaint> = {}): CountedComplaint[] {
  const { agency = "bank", county = "qazvin", category = "disrespect", cause = "conduct" }: CellPlace = place ?? {};
  const one = { measures: [], holders: [], place: { agency, county, category, cause }, ...fields };
  return Array.from({ length: size }, () => one);
}

/** So many complaints in each of some classes. */
export function complaintsIn(
  classes: Partial<Record<Measure, number>>,
  fields: Partial<CountedComplaint> = {},
): CountedComplaint[] {
  return Object.entries(classes).flatMap(([measure, size = 0]) =>
    complaints(size, { ...fields, measures: [measure as Measure] }),
  );
}

/** What complaints add up to, with so many reports of retaliation. */
export function countsOf(complaints: readonly CountedComplaint[], retaliationReports = 0): Counts {
  const counts = { ...emptyCounts(), retaliationReports };
  for (const one of complaints) addComplaint(counts, one);
  return counts;
}

type Some = Partial<Record<Breakdown, Record<string, number>>>;

/** A cell as it might be published: of each breakdown some classes are named, and all others are 0. */
export function aPublishedCell(some: Some = {}, fields: Partial<PublishedCell> = {}): PublishedCell {
  const all = Object.entries(some).map(([name, parts]) => {
    const none = breakdowns[name as Breakdown].map((one) => [one, 0]);
    return [name, { ...Object.fromEntries(none), ...parts }];
  });
  return { cell: "", count: 500, breakdowns: Object.fromEntries(all), ...fields };
}
