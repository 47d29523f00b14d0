import { type CountingTerms, countComplaint } from "#functions/figures/counted-complaint.ts";
import type { Breakdown, CountedComplaint } from "#functions/figures/tables.ts";
import type { CountedProvince } from "#shared/province/counted-province.ts";
import { aCalendar } from "./a-calendar.ts";
import type { EventStory } from "./a-story.ts";

/** Two banks, of which one runs a front end, a waterworks that was joined to a new one, and a town hall. */
export const aCountedProvince: CountedProvince = {
  agencies: [
    { id: "bank", peerGroup: "banks" },
    { id: "other-bank", peerGroup: "banks" },
    { id: "old-water", peerGroup: "utilities", retiredFrom: "2026-12-01", successorId: "water" },
    { id: "water", peerGroup: "utilities" },
    { id: "town-hall" },
  ],
  answerClocks: { "postponed-without-reason": "elapsed", disrespect: "office-hours" },
  operators: { "bank-app": "bank", "hall-desk": "town-hall" },
};

/** Long after everything that a story tells. */
export const afterEveryClosing = "2027-02-01T00:00:00.000Z";

/** Every county's; made once, since a thousand stories are counted on it. */
const calendar = aCalendar();
export const calendarOf = (countyId: string) => ({ ...calendar, countyId });

/** What a story counts as, by its events before an instant. */
export function countAs(
  story: EventStory,
  terms: Partial<CountingTerms> = {},
): CountedComplaint | "retaliation" | undefined {
  return countComplaint(story, { asOf: afterEveryClosing, calendarOf, province: aCountedProvince, ...terms });
}

/** The same for a story that is in the tables. */
export function countOne(story: EventStory, terms: Partial<CountingTerms> = {}): CountedComplaint {
  const one = countAs(story, terms);
  if (!one || one === "retaliation") throw new Error("the story is in no table");
  return one;
}

/** The class of a breakdown that a story is in. */
export function classIn(
  breakdown: Breakdown,
  story: EventStory,
  terms: Partial<CountingTerms> = {},
): string | undefined {
  const found = countOne(story, terms).measures.filter((measure) => measure.startsWith(`${breakdown}:`));
  if (found.length > 1) throw new Error(`in ${found.join(" and ")} at once`);
  return found[0]?.slice(breakdown.length + 1);
}
