import { assertAccess, type Reader } from "#shared/complaints/access.ts";
import type { ComplaintRecord } from "#shared/complaints/complaint-record.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/complaints/complaints.store.ts";
import { deadlinesAtFiling } from "#shared/complaints/deadlines.ts";
import { type Deadlines, explainDeadlines } from "#shared/complaints/explanation.ts";
import type { Filing } from "#shared/complaints/filing.ts";
import { assertNotErasedFor } from "#shared/complaints/forgetting.ts";
import { categoryOf, requireCategory } from "#shared/province/category.ts";
import { confirmation, retention, review } from "#shared/province/slices.static.ts";
import { readCalendar } from "../hours/office-hours.store.ts";
import type { Reply } from "../http/reply.ts";

/** Answers how the deadlines of a complaint were computed. Throws `not-found` if the reader may not see it. */
export async function deadlinesReply(id: string, { by, now }: { by: Reader; now: string }): Promise<Reply> {
  const complaint = await readHead(id);
  assertAccess(complaint, by);
  assertNotErasedFor(complaint, { viewer: by.caller, now, retention });
  const body = await explainClocks(await readComplaintRecordUpTo(complaint), now);
  return { status: 200, body, headers: { etag: `"${complaint.version}"` } };
}

/** Explains how each deadline of a complaint follows from its events and the county's office hours. */
export async function explainClocks(
  { complaint, events }: Pick<ComplaintRecord, "complaint" | "events">,
  now: string,
): Promise<Deadlines> {
  const { countyId, filedAt, category } = complaint;
  const calendar = await readCalendar({ countyId, from: filedAt });
  const policies = { category: categoryOf(category), confirmation, review };
  return explainDeadlines({ complaint, events, ...policies, calendar, now });
}

/**
 * Reads the county's office hours and returns a function that computes the deadlines of a complaint filed at `now`. The
 * function throws if the category is unknown, so it is called after the filing is checked.
 */
export async function prepareDeadlines({ category, countyId }: Filing, now: string) {
  const calendar = await readCalendar({ countyId, from: now });
  return () => deadlinesAtFiling({ category: requireCategory(category), now, calendar });
}
