import type { Complaint } from "../../shared/domain/complaint.ts";
import { explainDeadlines } from "../../shared/domain/explanation.ts";
import { categoryOf } from "../../shared/runtime/category.ts";
import { confirmation, review } from "../../shared/runtime/province.static.ts";
import { readStory } from "../../shared/store/complaints.ts";
import { readCalendar } from "../../shared/store/office-hours.ts";
import type { Reply } from "./reply.ts";

/** The clocks of a complaint that is known to be the caller's to see. */
export async function deadlinesOf({ id }: Pick<Complaint, "id">, now: string): Promise<Reply> {
  const { complaint, events } = await readStory(id);
  const { countyId, filedAt, category, version } = complaint;
  const calendar = await readCalendar({ countyId, from: filedAt });
  const policies = { category: categoryOf(category), confirmation, review };
  const body = explainDeadlines({ complaint, events, ...policies, calendar, now });
  return { status: 200, body, headers: { etag: `"${version}"` } };
}
