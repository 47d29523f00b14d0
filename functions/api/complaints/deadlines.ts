import * as z from "zod";
import type { Reply } from "#functions/http/reply.ts";
import { assertAccess, type Reader } from "#shared/domain/complaint/access.ts";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import type { Filing } from "#shared/domain/complaint/filing.ts";
import { isSecretOf, parseComplaintId } from "#shared/domain/complaint/identifier.ts";
import { deadlinesAtFiling } from "#shared/domain/deadlines/deadlines.ts";
import { type Deadlines, explainDeadlines } from "#shared/domain/deadlines/explanation.ts";
import { Fault } from "#shared/domain/fault.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { assertNotErasedFor } from "#shared/domain/retention/forgetting.ts";
import { text } from "#shared/domain/text.ts";
import { addMilliseconds, milliseconds } from "#shared/domain/time/duration.ts";
import type { ComplaintRecord } from "#shared/domain/views/complaint-views.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/persistence/complaints/complaints.ts";
import { readCalendar } from "#shared/persistence/office-hours.ts";
import { categoryOf, requireCategory } from "#shared/province/category.ts";
import { confirmation, retention, review } from "#shared/province/slices.static.ts";

/** Explains the clocks of a complaint; throws `not-found` where the reader may not see it. */
export async function deadlinesReply(id: string, { by, now }: { by: Reader; now: string }): Promise<Reply> {
  const complaint = await readHead(id);
  assertAccess(complaint, by);
  assertNotErasedFor(complaint, { viewer: by.caller, now, retention });
  const body = await explainClocks(await readComplaintRecordUpTo(complaint), now);
  return { status: 200, body, headers: { etag: `"${complaint.version}"` } };
}

/** How the deadlines of a story come about. */
export async function explainClocks(
  { complaint, events }: Pick<ComplaintRecord, "complaint" | "events">,
  now: string,
): Promise<Deadlines> {
  const { countyId, filedAt, category } = complaint;
  const calendar = await readCalendar({ countyId, from: filedAt });
  const policies = { category: categoryOf(category), confirmation, review };
  return explainDeadlines({ complaint, events, ...policies, calendar, now });
}

/** Why the citizen disputes, said alone or in a call. */
export const DisputeBody = z.strictObject({ reason: text({ min: 2, max: longestText }) });

/** When what comes to the inspectors then must be reviewed. */
export const reviewDeadlineFrom = (now: string) => addMilliseconds(now, milliseconds(review.duration));

/** Tells when what is filed now must be acknowledged and answered, by the county's hours. */
export async function prepareDeadlines({ category, countyId }: Filing, now: string) {
  const calendar = await readCalendar({ countyId, from: now });
  return () => deadlinesAtFiling({ category: requireCategory(category), now, calendar });
}

type ProofInput = { pepper: string; now: string };

/** For a retaliation report: the earlier complaint, proved by its secret, and when the report must be reviewed. */
export async function proveRetaliation({ retaliationFor: proof }: Filing, { pepper, now }: ProofInput) {
  if (!proof) return undefined;
  const id = parseComplaintId(proof.id);
  const earlier = id && isSecretOf({ pepper, id, typed: proof.secret }) ? await readHead(id) : undefined;
  if (!id || !earlier || isSandbox(earlier)) throw new Fault("unknown-complaint");
  return { retaliationFor: id, reviewBy: reviewDeadlineFrom(now) };
}
