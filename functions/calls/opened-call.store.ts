import * as z from "zod";
import { assertOpenedCall, purposeOf } from "#shared/complaints/call-opening.ts";
import { Complaint, Finding, lateDisputeBy, storedShapes } from "#shared/complaints/complaint.ts";
import { readComplaintRecord } from "#shared/complaints/complaints.store.ts";
import { CallGroup, CallPurpose } from "#shared/complaints/confidential-log.ts";
import { Fault } from "#shared/fault.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Issue } from "../issues/issue.ts";
import { readIssueCall } from "../issues/issue-calls.store.ts";
import { CallId } from "./call-id.api.ts";
import { readCallState } from "./call-list.store.ts";

/** The agency's answer as far as it is said in a call. `disputeBy`: until when the citizen may dispute it; absent if no longer. */
const AnswerInCall = z.object({
  finding: Finding,
  actions: z.array(storedShapes.action),
  disputeBy: Instant.optional(),
});

/**
 * What a call is about. `purpose`: why the phone number was listed. A call for an opinion has a `group`, a call about an issue the
 * title of the issue. No `answer` once an inspector has decided.
 */
export const OpenedCall = Complaint.pick({ agencyId: true, category: true, filedAt: true }).extend({
  callId: CallId,
  purpose: CallPurpose,
  group: CallGroup.optional(),
  issueTitle: Issue.shape.title.optional(),
  answer: AnswerInCall.optional(),
});

/** Reads what the operator may say once the call is open. Throws `not-found` and `call-not-opened`. */
export async function readOpenedCall(id: string, now: string) {
  const [state, { issueCall }] = await Promise.all([readCallState(id, now), readIssueCall(id, now)]);
  if (!state) throw new Fault("not-found");
  const { agencyId, category, filedAt } = state.complaint;
  const phoneRead = assertOpenedCall(state.question);
  const isLinked = issueCall?.issueId === state.complaint.issueId;
  const purpose = purposeOf(phoneRead);
  const issueTitle = purpose === "issue" && isLinked ? issueCall?.issueTitle : undefined;
  const about = { purpose, group: phoneRead.group, issueTitle };
  return { agencyId, category, filedAt, ...about, answer: await answerInCall(state.complaint, now) };
}

async function answerInCall(complaint: Complaint, now: string): Promise<z.infer<typeof AnswerInCall> | undefined> {
  const { id, answerFinding: finding, decidedBy, status, confirmBy } = complaint;
  if (!finding || decidedBy) return undefined;
  const { events } = await readComplaintRecord(id);
  const answered = events.findLast((event) => event.type === "answered");
  const disputeBy = status === "answered" ? confirmBy : lateDisputeBy(complaint);
  const actions = answered?.maskedTexts?.actions ?? answered?.actions ?? [];
  return { finding, actions, ...(disputeBy && disputeBy > now && { disputeBy }) };
}
