import * as z from "zod";
import { type Complaint, isDueSoon, lateSince, type SoonUntil } from "#shared/complaints/complaint.ts";
import { ownValue } from "#shared/own-value.ts";
import { Instant } from "#shared/time/calendar.ts";
import { type ListedNames, Name } from "#shared/vocabulary.ts";

/**
 * Counts of open complaints. `dueSoon`: the next step of the agency or the inspectors is due within two office hours and not
 * late. `answered`: it is the citizen's turn.
 */
const Counts = z.object({ open: z.int(), dueSoon: z.int(), late: z.int(), answered: z.int(), disputed: z.int() });
type Counts = z.infer<typeof Counts>;

const CountsOf = Counts.extend({ id: z.string(), name: Name.optional() });

/** The numbers of a caller's open complaints: exactly those that the caller's lists show. */
export const Summary = Counts.extend({
  /** When they were counted: for an agency now, for others at most half a minute ago. */
  countedAt: Instant,
  levels: z.array(Counts.extend({ level: z.int() })),
  agencies: z.array(CountsOf),
  counties: z.array(CountsOf),
  categories: z.array(CountsOf),
});
export type Summary = z.infer<typeof Summary>;

type SummaryTerms = {
  now: Instant;
  names: ListedNames;
  soonUntil: SoonUntil;
};

export async function summaryOf(complaints: AsyncIterable<Complaint>, terms: SummaryTerms): Promise<Summary> {
  const total = noCounts();
  const groups = { level: new Groups(), agency: new Groups(), county: new Groups(), category: new Groups() };
  for await (const complaint of complaints) {
    const { level, agencyId, countyId, category } = complaint;
    const counted = [
      total,
      groups.level.of(String(level)),
      groups.agency.of(agencyId),
      groups.county.of(countyId),
      groups.category.of(category),
    ];
    for (const counts of counted) addTo(counts, complaint, terms);
  }
  const rows = (dimension: "agency" | "county" | "category") =>
    groups[dimension].rows().map(([id, counts]) => ({ id, name: ownValue(terms.names[dimension], id), ...counts }));
  return {
    countedAt: terms.now,
    ...total,
    levels: groups.level
      .rows()
      .map(([level, counts]) => ({ level: Number(level), ...counts }))
      .sort((one, other) => one.level - other.level),
    agencies: rows("agency"),
    counties: rows("county"),
    categories: rows("category"),
  };
}

const noCounts = (): Counts => ({ open: 0, dueSoon: 0, late: 0, answered: 0, disputed: 0 });

/** Counts by a key. */
class Groups {
  private readonly counts = new Map<string, Counts>();

  of(key: string): Counts {
    const counts = this.counts.get(key) ?? noCounts();
    this.counts.set(key, counts);
    return counts;
  }

  rows(): [string, Counts][] {
    return [...this.counts].sort(([one], [other]) => (one < other ? -1 : 1));
  }
}

function addTo(counts: Counts, complaint: Complaint, { now, soonUntil }: SummaryTerms): void {
  counts.open++;
  if (lateSince(complaint, now) !== undefined) counts.late++;
  if (isDueSoon(complaint, { now, soonUntil })) counts.dueSoon++;
  if (complaint.status === "answered") counts.answered++;
  if (complaint.status === "disputed") counts.disputed++;
}
