import type { Reply } from "#functions/pipelines/reply.ts";
import { mustConcern, type Reader } from "#shared/domain/complaint/access.ts";
import { type Deadlines, explainDeadlines } from "#shared/domain/deadlines/explanation.ts";
import { mustBeShown } from "#shared/domain/telling/untold-hold.ts";
import type { Story } from "#shared/domain/telling/view.ts";
import { categoryOf } from "#shared/province/category.ts";
import { confirmation, retention, review } from "#shared/province/slices.static.ts";
import { readHead, readStoryUpTo } from "#shared/store/complaints/complaints.ts";
import { readCalendar } from "#shared/store/hours/office-hours.ts";

/** Explains the clocks of a complaint; throws `not-found` where the reader may not see it. */
export async function deadlinesOf(id: string, { by, now }: { by: Reader; now: string }): Promise<Reply> {
  const complaint = await readHead(id);
  mustConcern(complaint, by);
  mustBeShown(complaint, { to: by.caller, now, retention });
  const body = await clocksOf(await readStoryUpTo(complaint), now);
  return { status: 200, body, headers: { etag: `"${complaint.version}"` } };
}

/** How the deadlines of a story come about. */
export async function clocksOf(
  { complaint, events }: Pick<Story, "complaint" | "events">,
  now: string,
): Promise<Deadlines> {
  const { countyId, filedAt, category } = complaint;
  const calendar = await readCalendar({ countyId, from: filedAt });
  const policies = { category: categoryOf(category), confirmation, review };
  return explainDeadlines({ complaint, events, ...policies, calendar, now });
}
