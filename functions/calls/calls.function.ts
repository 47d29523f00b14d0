import * as z from "zod";
import { endsCalls } from "#shared/complaints/answer-notices.ts";
import {
  callDueNow,
  callProgress,
  type DueCall,
  phoneReadToday,
  recordCall,
  recordDisputeByPhone,
  recordPhoneRead,
} from "#shared/complaints/call-backs.ts";
import { areCallsAllowed, digitsMacThatHolds } from "#shared/complaints/call-consent.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { Complaint } from "#shared/complaints/complaint.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { pressuredWrites } from "#shared/complaints/confidential-log.store.ts";
import { Opinion, OutcomeWithoutOpinion } from "#shared/complaints/confidential-log.ts";
import { DisputeBody, reviewDeadlineFrom } from "#shared/complaints/dispute.api.ts";
import { dispute } from "#shared/complaints/moves.ts";
import { saveRetentionOrder } from "#shared/complaints/retention-orders.store.ts";
import { createTextMasker } from "#shared/complaints/text-masker.store.ts";
import { Fault } from "#shared/fault.ts";
import { emptyCallContactWrite, readCallContact } from "#shared/identities/identities.store.ts";
import { CallContact } from "#shared/identities/identity.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { phoneReadsPerDay } from "#shared/province/slices.static.ts";
import { errorName, log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { countReads } from "../audit/audit.store.ts";
import { authenticateCallCentre } from "../http/authentication.ts";
import { Paging, pageOf } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { readIssueCall, takeOffCallList } from "../issues/issue-calls.store.ts";
import { readCallCursor, writeCallCursor } from "./call-cursor.api.ts";
import { CallId, CallPath, callIdOf } from "./call-id.api.ts";
import {
  callQuestion,
  type ListedCall,
  listCallsDue,
  readCallListEntry,
  readCallState,
  updateCallList,
} from "./call-list.store.ts";
import { recordAnswerAboutIssue } from "./issue-answer.api.ts";
import { openCallAsFrontEnd } from "./open-call.api.ts";
import { CallProgress, complaintCommand } from "./progress.api.ts";

/**
 * A citizen to call today. Purpose, agency and issue of the call are not in the list: somebody else may pick up the phone. The operator
 * reads them after the citizen's digits (`hasDigits`: whether the citizen has any). The end of the calling period is not in the list
 * either: the operator could find the issue by it.
 */
export const Callback = Complaint.pick({ language: true }).extend({
  callId: CallId,
  ...CallContact.shape,
  hasDigits: z.boolean(),
  daysTried: z.int(),
});
export type Callback = z.infer<typeof Callback>;

/** A citizen with two calls due is on the list once, where the first of them stands: otherwise the list would show that there are two. */
const standsFor = ({ isAboutIssue }: ListedCall, due: DueCall) => isAboutIssue === (due.purpose === "issue");

/** Whether this complaint's citizen is to be called now and the phone number has not been read today. */
async function isPhoneUnread(listed: ListedCall, now: string): Promise<boolean> {
  const [state, { issueCall }] = await Promise.all([readCallState(listed.id, now), readIssueCall(listed.id, now)]);
  if (!state) return false;
  const due = callDueNow(state.complaint, { ...state.question, issueCall });
  return due !== undefined && standsFor(listed, due) && !phoneReadToday(state.question);
}

type CallbackReading = { listed: ListedCall; by: PrincipalOf<"front-end">; now: string };

/**
 * Returns the call-back with the phone number, after the reading is recorded in the confidential log, which the citizen
 * sees. Undefined if nobody is to be called for this complaint now: then the complaint leaves the list.
 */
async function readCallback({ listed, by, now }: CallbackReading): Promise<Callback | undefined> {
  const { id } = listed;
  let callback: Callback | undefined;
  let due: DueCall | undefined;
  let isAllowed = true;
  const callId = await callIdOf(id);
  const [entry, { entry: round, issueCall }] = await Promise.all([readCallListEntry(id), readIssueCall(id, now)]);
  await executeConfidentialCommand({ path: { id }, principal: by, now }, async (complaint, context) => {
    isAllowed = areCallsAllowed(context.confidentialLog);
    due = callDueNow(complaint, { ...(await callQuestion(complaint, { ...context, entry })), issueCall });
    // The contact is read again in each try: the citizen may have withdrawn the consent since.
    const callee = due && standsFor(listed, due) ? await readCallContact(id) : undefined;
    const hasDigits = digitsMacThatHolds(callee, context.confidentialLog) !== undefined;
    callback = callee && Callback.parse({ ...complaint, ...callee, ...due, callId, hasDigits });
    return { entries: callback && due && recordPhoneRead(complaint, { ...context, due }) };
  });
  if (!due) await updateCallList(id, now);
  // A citizen who ended the calls may agree again, or choose new digits, while the round lasts.
  if (!due && round && isAllowed) await takeOffCallList(round, id);
  return callback;
}

/** GET /v1/front-end/calls: the citizens to call now. Each citizen sees that the phone number was read. */
export const listCallbacks = route({
  caller: "front-end",
  summary: {
    en: "List whom to call back now; the citizens see that",
    fa: "فهرست شهروندانی که اکنون باید با آنان تماس گرفته شود (به شهروند اعلام می‌شود)",
  },
  query: Paging,
  answer: { status: 200, schema: pageOf(Callback).meta({ id: "CallPage" }) },
  problems: ["not-allowed", "cursor-invalid", "too-many-requests"],
  quota: "phones",
  async run({ principal: by, query: { limit, cursor }, now }) {
    const page = await listCallsDue({ now, limit, from: await readCallCursor(cursor) });
    const { next } = page;
    const { calls } = page;
    const unread = await Promise.all(calls.map((call) => isPhoneUnread(call, now).catch(skipFaults)));
    const firstReadToday = calls.filter((_, n) => unread[n]);
    const counting = {
      sub: by.clientId,
      now,
      name: "phones",
      maximum: phoneReadsPerDay,
      wanted: firstReadToday.length,
    } as const;
    // A phone number that was already read today does not count against the limit again.
    const { granted, quota } =
      firstReadToday.length > 0 ? await countReads(counting) : { granted: 0, quota: undefined };
    const overLimit = firstReadToday.slice(granted);
    const readable = calls.filter((call, n) => unread[n] !== undefined && !overLimit.includes(call));
    const callbacks = await Promise.all(readable.map((listed) => readCallback({ listed, by, now }).catch(skipFaults)));
    // Sorted by call id: the order of the end times would say more about a case.
    const items = callbacks.flatMap((callback) => callback ?? []).sort((a, b) => (a.callId < b.callId ? -1 : 1));
    return { status: 200, body: { items, nextCursor: await writeCallCursor(next) }, quota };
  },
});

/** A complaint that cannot be read now must not hide the other complaints. */
const skipFaults = logFaults("call left out of the list");

/** Returns a handler that logs a fault and goes on. */
function logFaults(message: string) {
  return (error: unknown): undefined => {
    if (!(error instanceof Fault)) throw error;
    log.warn(message, { errorName: errorName(error) });
  };
}

const CallResult = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("answered"), opinion: Opinion }),
  z.strictObject({ outcome: OutcomeWithoutOpinion }),
]);

/** POST /v1/front-end/calls/{callId}: records the result of a call to a citizen. An opinion needs an opened call. */
export const recordCallback = route({
  caller: "front-end",
  summary: { en: "Record what came of calling somebody back", fa: "ثبت نتیجهٔ تماس با شهروند" },
  path: CallPath,
  body: CallResult,
  answer: { status: 200, schema: CallProgress },
  problems: ["not-allowed", "call-not-opened", "idempotency-key-reused"],
  async run({ body: callResult, ...request }) {
    const command = await complaintCommand(request);
    const { id } = command.path;
    // An entry's draw never changes, so it may be read early. It is read for every id, so that the time of a refusal does
    // not reveal which complaints exist.
    const [call, { entry: round, issueCall }] = await Promise.all([
      readCallListEntry(id),
      readIssueCall(id, request.now),
    ]);
    await executeConfidentialCommand(command, async (found, context) => {
      if (!call && !round) throw new Fault("not-found");
      const entries = recordCall(found, { ...context, callResult, probability: call?.probability, issueCall });
      const [callEntry] = entries;
      if (!callEntry) return { entries };
      const { confidentialLog } = context;
      const additionalWrites = [...pressuredWrites(found, { confidentialLog, entry: callEntry })];
      if (endsCalls(callResult)) {
        // The order is saved before the tables change. Otherwise a restored table would have the phone number again.
        await saveRetentionOrder({ id, at: context.now, type: "call-consent-withdrawn" });
        additionalWrites.push(emptyCallContactWrite(id));
      }
      return { entries, additionalWrites };
    });
    // The result is recorded. If the list keeps the call, each reader still finds that nothing is to be asked.
    await updateCallList(id, request.now).catch(logFaults(logEvents.callListNotUpdated));
    const state = await readCallState(id, request.now);
    if (!state) throw new Fault("not-found");
    return {
      status: 200,
      body: { ...request.path, ...callProgress(state.complaint, { ...state.question, issueCall }) },
    };
  },
});

const DisputeByPhone = Complaint.pick({ status: true }).extend({ callId: CallId });

/**
 * POST /v1/front-end/calls/{callId}/dispute: the citizen disputes the answer during an opened call. The event looks like the
 * citizen's own dispute. Only the confidential log records that it came through the call centre.
 */
export const lodgeDisputeByPhoneAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Dispute the answer for a citizen who is being called", fa: "ثبت اعتراض از طرف شهروند هنگام تماس" },
  path: CallPath,
  body: DisputeBody,
  answer: { status: 200, schema: DisputeByPhone.meta({ id: "DisputeLodged" }) },
  problems: ["not-allowed", "call-not-opened", "wrong-state", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const maskedTextsOf = await createTextMasker({ reason: body.reason });
    const { complaint } = await executeConfidentialCommand(await complaintCommand(request), (complaint, context) => {
      const entry = recordDisputeByPhone(complaint, context);
      const by = { caller: "citizen" as const, complaintId: complaint.id };
      const reviewBy = reviewDeadlineFrom(context.now);
      const change = dispute(complaint, {
        ...body,
        by,
        now: context.now,
        reviewBy,
        maskedTexts: maskedTextsOf(complaint),
      });
      return { entries: entry, change };
    });
    return { status: 200, body: DisputeByPhone.parse({ ...(await readHead(complaint.id)), ...request.path }) };
  },
});

/** The only function that shows phone numbers for call-backs. Of an identity it can read phone, name and the digest of the digits, and empty these. */
export const routes = {
  "GET /v1/front-end/calls": listCallbacks,
  "POST /v1/front-end/calls/{callId}": recordCallback,
  "POST /v1/front-end/calls/{callId}/opening": openCallAsFrontEnd,
  "POST /v1/front-end/calls/{callId}/issue-answer": recordAnswerAboutIssue,
  "POST /v1/front-end/calls/{callId}/dispute": lodgeDisputeByPhoneAsFrontEnd,
};
export const handler = serve({ routes, authenticate: authenticateCallCentre });
