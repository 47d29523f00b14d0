import * as z from "zod";
import {
  areCallsAllowed,
  callDueNow,
  daysWithoutContact,
  isCallingOver,
  isCallStillPossible,
  isPhoneNotReadToday,
  recordCall,
  recordDisputeByPhone,
  recordPhoneRead,
} from "#shared/domain/complaint/call-backs.ts";
import type { LogWriter } from "#shared/domain/complaint/change.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { CallGroup, Opinion } from "#shared/domain/complaint/confidential-log.ts";
import { ComplaintId } from "#shared/domain/complaint/identifier.ts";
import { dispute } from "#shared/domain/complaint/moves.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { CallContact } from "#shared/domain/confidentiality/identity.ts";
import { Fault } from "#shared/domain/fault.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { countReads } from "#shared/persistence/audit.ts";
import { callListEntryWrite, listCallsDue, readCallListEntry } from "#shared/persistence/complaints/call-backs.ts";
import { readHead } from "#shared/persistence/complaints/complaints.ts";
import { pressedWrites, readConfidentialRecord } from "#shared/persistence/complaints/confidential-log.ts";
import { readCallContact } from "#shared/persistence/complaints/identities.ts";
import { executeConfidentialCommand, type MoveRequest } from "#shared/persistence/complaints/moves.ts";
import { saveRetentionOrder } from "#shared/persistence/retention/orders.ts";
import { phoneReadsPerDay } from "#shared/province/slices.static.ts";
import { failureName, log } from "#shared/runtime/log.ts";
import { authenticateCallCentre } from "../http/authentication.ts";
import { ComplaintPath, Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { DisputeBody, reviewDeadlineFrom } from "./complaints/deadlines.ts";
import { createTextMasker } from "./complaints/masking.ts";

/** Whom to call now, and what about. */
export const Callback = Complaint.pick({ id: true, agencyId: true, category: true, language: true }).extend({
  ...CallContact.shape,
  callBefore: Instant,
  tries: z.int(),
  group: CallGroup,
});
export type Callback = z.infer<typeof Callback>;

/** Whether there is somebody to call now whose phone nobody has read today. */
export async function isCallbackPhoneUnread(id: string, now: string): Promise<boolean> {
  const [complaint, { confidentialLog }] = await Promise.all([readHead(id), readConfidentialRecord(id)]);
  return complaint !== undefined && isPhoneNotReadToday(complaint, { confidentialLog, now });
}

type CallbackReading = { id: string; by: PrincipalOf<"front-end">; now: string };

/** Answered only after the note that tells the citizen; undefined where there is nobody to call now. */
export async function readCallback({ id, by, now }: CallbackReading): Promise<Callback | undefined> {
  let callback: Callback | undefined;
  await executeConfidentialCommand({ path: { id }, principal: by, now }, async (complaint, stage) => {
    const due = callDueNow(complaint, stage);
    // Read again with each try: consent that was taken back before this read leaves nobody to call.
    const callee = due && (await readCallContact(id));
    callback = callee && Callback.parse({ ...complaint, ...callee, ...due });
    return { entries: callback && recordPhoneRead(complaint, stage) };
  });
  return callback;
}

const cursorQuery = { list: "callbacks" };

/** GET /v1/front-end/callbacks: whom to call now; the citizen sees that the phone was read. */
export const listCallbacks = route({
  caller: "front-end",
  summary: {
    en: "List whom to call back now; the citizens see that",
    fa: "فهرست شهروندانی که اکنون باید با آنان تماس گرفته شود (به شهروند اعلام می‌شود)",
  },
  query: Paging,
  answer: { status: 200, schema: pageOf(Callback).meta({ id: "CallbackPage" }) },
  problems: ["not-allowed", "cursor-invalid", "too-many"],
  quota: "phones",
  async run({ principal: by, query: { limit, cursor }, now }) {
    const { ids, next } = await listCallsDue({ now, limit, from: readCursor(cursor, cursorQuery) });
    const unread = await Promise.all(ids.map((id) => isCallbackPhoneUnread(id, now).catch(skipFaults)));
    const fresh = ids.filter((_, n) => unread[n]);
    const counting = {
      sub: by.clientId,
      now,
      name: "phones",
      maximum: phoneReadsPerDay,
      wanted: fresh.length,
    } as const;
    // Who was listed today already is listed again for nothing.
    const { granted, quota } = fresh.length > 0 ? await countReads(counting) : { granted: 0, quota: undefined };
    const withheld = fresh.slice(granted);
    const shown = ids.filter((id, n) => unread[n] !== undefined && !withheld.includes(id));
    const found = await Promise.all(shown.map((id) => readCallback({ id, by, now }).catch(skipFaults)));
    const items = found.flatMap((one) => one ?? []);
    return { status: 200, body: { items, nextCursor: writeCursor(next, cursorQuery) }, quota };
  },
});

/** One that cannot be read now must not hide the others. */
function skipFaults(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error;
  log.warn("callback left out", { failure: failureName(error) });
}

/**
 * A request without `If-Match`: whoever calls citizens back sees no version of a complaint, and a refusal by it would
 * tell of one that is not in the call that it is there.
 */
export function withoutIfMatch<M extends LogWriter>(request: MoveRequest<M>): MoveRequest<M> {
  return { ...request, ifMatch: undefined };
}

const CallResult = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("answered"), opinion: Opinion }),
  z.strictObject({ outcome: z.literal("refused") }),
  z.strictObject({ outcome: z.literal("no-contact") }),
]);

const CallRecorded = z.object({ id: ComplaintId, tries: z.int(), callAgain: z.boolean() });

/** POST /v1/front-end/callbacks/{id}: what came of calling a citizen. */
export const recordCallback = route({
  caller: "front-end",
  summary: { en: "Record what came of calling somebody back", fa: "ثبت نتیجهٔ تماس با شهروند" },
  path: ComplaintPath,
  body: CallResult,
  answer: { status: 200, schema: CallRecorded.meta({ id: "CallRecorded" }) },
  problems: ["not-allowed", "idempotency-key-reused"],
  async run({ body: ringing, ...request }) {
    const { id } = request.path;
    // A draw never changes. It is read of whatever is asked for, so that a refusal takes as long for all.
    const call = await readCallListEntry(id);
    const { complaint } = await executeConfidentialCommand(withoutIfMatch(request), async (found, stage) => {
      if (!call) throw new Fault("not-found");
      const entries = recordCall(found, { ...stage, callResult: ringing, probability: call.probability });
      const [called] = entries;
      if (!called) return { entries };
      if (ringing.outcome === "refused") await saveRetentionOrder({ id, at: stage.now, type: "calls-ended" });
      const { confidentialLog } = stage;
      const isOver = isCallingOver([...confidentialLog, { ...called, private: confidentialLog.length + 1 }]);
      return {
        entries,
        additionalWrites: [
          ...(isOver ? [callListEntryWrite(call)] : []),
          ...pressedWrites(found, { confidentialLog, entry: called }),
        ],
      };
    });
    const { confidentialLog: series } = await readConfidentialRecord(id);
    const callAgain =
      areCallsAllowed(series) && isCallStillPossible(complaint, { confidentialLog: series, now: request.now });
    return { status: 200, body: { id, tries: daysWithoutContact(series), callAgain } };
  },
});

const DisputeByPhone = Complaint.pick({ id: true, status: true });

/**
 * POST /v1/front-end/callbacks/{id}/dispute: whoever is called disputes the answer. To everybody else it is the
 * citizen's own dispute; through whom it came stands in the private series alone.
 */
export const lodgeDisputeByPhoneAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Dispute the answer for a citizen who is being called", fa: "ثبت اعتراض از طرف شهروند هنگام تماس" },
  path: ComplaintPath,
  body: DisputeBody,
  answer: { status: 200, schema: DisputeByPhone.meta({ id: "DisputeCarried" }) },
  problems: ["not-allowed", "wrong-state", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await createTextMasker({ reason: body.reason });
    const { complaint } = await executeConfidentialCommand(withoutIfMatch(request), (complaint, stage) => {
      const note = recordDisputeByPhone(complaint, stage);
      const by = { caller: "citizen" as const, complaintId: complaint.id };
      const reviewBy = reviewDeadlineFrom(stage.now);
      const change = dispute(complaint, { ...body, by, now: stage.now, reviewBy, masked: masked(complaint) });
      return { entries: note, change };
    });
    return { status: 200, body: DisputeByPhone.parse(await readHead(complaint.id)) };
  },
});

/** The only function that shows the phones of those who are to be called, and reads no more of an identity than phone and name. */
export const routes = {
  "GET /v1/front-end/callbacks": listCallbacks,
  "POST /v1/front-end/callbacks/{id}": recordCallback,
  "POST /v1/front-end/callbacks/{id}/dispute": lodgeDisputeByPhoneAsFrontEnd,
};
export const handler = serve({ routes, authenticate: authenticateCallCentre });
