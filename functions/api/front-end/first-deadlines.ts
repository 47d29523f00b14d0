import type { Filing } from "#shared/domain/complaint/filing.ts";
import { deadlinesAtFiling } from "#shared/domain/deadlines/deadlines.ts";
import { knownCategory } from "#shared/province/category.ts";
import { readCalendar } from "#shared/store/hours/office-hours.ts";

/** Tells when what is filed now must be acknowledged and answered, by the county's hours. */
export async function firstDeadlines({ category, countyId }: Filing, now: string) {
  const calendar = await readCalendar({ countyId, from: now });
  return () => deadlinesAtFiling({ category: knownCategory(category), now, calendar });
}
