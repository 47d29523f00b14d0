import * as z from "zod";
import type { Closure, Complaint } from "#shared/complaints/complaint.ts";

/**
 * How many complaints of one day an agency has about a subject, of those that one front end filed. A subject is a category and a
 * county with a space between, or a cause. Only answered and decided complaints have a cause.
 */
export const DayCount = z.object({ agencyId: z.string(), subject: z.string(), filedBy: z.string(), count: z.int() });
export type DayCount = z.infer<typeof DayCount>;

/** The counts of a day, while its complaints are added one by one. */
export type DayTally = Map<string, DayCount>;

type CountedComplaint = Pick<
  Complaint,
  "agencyId" | "category" | "countyId" | "cause" | "closure" | "filedBy" | "retaliationFor"
>;

/** Such an end says nothing about the agency's work. */
const uncountedClosures: readonly Closure[] = ["withdrawn", "out-of-scope", "not-a-complaint"];

/**
 * Adds a complaint to the counts of its day. A report of retaliation never counts: an issue would show it to the agency. Nor
 * does a cause of `personalCauses`: an employee would be judged unheard.
 */
export function addToDay(
  tally: DayTally,
  { agencyId, category, countyId, cause, closure, filedBy, retaliationFor }: CountedComplaint,
  { personalCauses }: { personalCauses: readonly string[] },
): void {
  if (retaliationFor || (closure && uncountedClosures.includes(closure))) return;
  const causes = cause === undefined || personalCauses.includes(cause) ? [] : [cause];
  for (const subject of [`${category} ${countyId}`, ...causes]) {
    const key = `${agencyId} ${subject} ${filedBy}`;
    const count = (tally.get(key)?.count ?? 0) + 1;
    tally.set(key, { agencyId, subject, filedBy, count });
  }
}

/** The category and county, or the cause, of a subject. */
type Subject = { category: string; countyId: string } | { cause: string };

export function parseSubject(subject: string): Subject {
  const [first = "", countyId] = subject.split(" ");
  return countyId === undefined ? { cause: first } : { category: first, countyId };
}
