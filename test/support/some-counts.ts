import type { Measure } from "#shared/domain/statistics/breakdown.ts";
import { addComplaint, type Counted, type Counts, noCounts } from "#shared/domain/statistics/counts.ts";
import type { Place } from "#shared/domain/statistics/table.ts";

/** So many complaints that count alike: where nothing else is said, of the bank, in Qazvin, without a breakdown. */
export function complaints(size: number, { place, ...fields }: Partial<Counted> = {}): Counted[] {
  const { agency = "bank", county = "qazvin", category = "disrespect", cause = "conduct" }: Place = place ?? {};
  const one = { measures: [], holders: [], place: { agency, county, category, cause }, ...fields };
  return Array.from({ length: size }, () => one);
}

/** So many complaints in each of some classes. */
export function complaintsIn(classes: Partial<Record<Measure, number>>, fields: Partial<Counted> = {}): Counted[] {
  return Object.entries(classes).flatMap(([measure, size = 0]) =>
    complaints(size, { ...fields, measures: [measure as Measure] }),
  );
}

/** What complaints add up to, with so many reports of retaliation. */
export function countsOf(complaints: readonly Counted[], retaliations = 0): Counts {
  const counts = { ...noCounts(), retaliations };
  for (const one of complaints) addComplaint(counts, one);
  return counts;
}
