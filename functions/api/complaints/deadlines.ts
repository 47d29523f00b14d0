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

/** Answers how the deadlines of a complaint were computed. Throws `not-found` where the reader may not see it. */
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

/** The body of a dispute, by the citizen or by the call centre for the citizen. */
export const DisputeBody = z.strictObject({ reason: text({ min: 2, max: longestText }) });

/** The deadline for the inspectors' review of a dispute or report that comes in at `now`. */
export const reviewDeadlineFrom = (now: string) => addMilliseconds(now, milliseconds(review.duration));

/**
 * Reads the county's office hours and returns a function that computes the deadlines of a complaint filed at `now`. The
 * function throws where the category is unknown, so it is called after the filing is checked.
 */
export async function prepareDeadlines({ category, countyId }: Filing, now: string) {
  const calendar = await readCalendar({ countyId, from: now });
  return () => deadlinesAtFiling({ category: requireCategory(category), now, calendar });
}

type ProofInput = { pepper: string; now: string };

/**
 * For a retaliation report: the id of the earlier complaint, which its secret proves, and the report's review deadline.
 * Undefined for any other filing. Throws `unknown-earlier-complaint` where the proof is wrong.
 */
export async function proveRetaliation({ retaliationFor: proof }: Filing, { pepper, now }: ProofInput) {
  if (!proof) return undefined;
  const id = parseComplaintId(proof.id);
  const earlier = id && isSecretOf({ pepper, id, typed: proof.secret }) ? await readHead(id) : undefined;
  if (!id || !earlier || isSandbox(earlier)) throw new Fault("unknown-earlier-complaint");
  return { retaliationFor: id, reviewBy: reviewDeadlineFrom(now) };
}
