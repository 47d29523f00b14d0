import type { Context, SQSRecord } from "aws-lambda";
import { applyEvents, type Change } from "#shared/complaints/change.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { changeWrites, eventWrites, headWrite, narrativeWrite } from "#shared/complaints/complaints.store.ts";
import { confidentialEntryWrites } from "#shared/complaints/confidential-log.store.ts";
import { file, type NewComplaint } from "#shared/complaints/filing.ts";
import { identityWrite, sharedIdentityWrite, smsPhoneWrite } from "#shared/identities/identities.store.ts";
import { table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aFiling, callCentrePrincipal, morning } from "./a-complaint.ts";

/** Lets so many calls to the table through and then none, as if the process had ended there. */
export function failTableCallsAfter(calls: number): () => void {
  let left = calls;
  const name = "the end of the process";
  table.middlewareStack.add(
    (next) => async (args) => {
      if (left-- <= 0) throw new Error(name);
      return next(args);
    },
    { step: "initialize", name },
  );
  return () => table.middlewareStack.remove(name);
}

/** Writes a complaint as if it had been filed. */
export async function writeComplaint({
  complaint,
  event,
  narrative,
  identity,
  consentEntry,
  callsAllowedEntry,
  callDigits,
  smsAllowedEntry,
  smsPhone,
}: NewComplaint): Promise<void> {
  await writeTransaction([
    headWrite({ complaint, condition: undefined }),
    ...eventWrites({ complaint, event }),
    narrativeWrite({ id: complaint.id, narrative }),
    ...(identity ? [identityWrite(complaint.id, identity)] : []),
    ...(identity && consentEntry ? [sharedIdentityWrite(complaint, identity)] : []),
    ...confidentialEntryWrites({
      id: complaint.id,
      entries: [consentEntry, callsAllowedEntry, callDigits?.entry, smsAllowedEntry].flatMap((note) => note ?? []),
      after: 0,
      notifiedSeparately: true,
    }),
    ...(smsPhone ? [smsPhoneWrite(complaint.id, smsPhone)] : []),
  ]);
}

let count = 0;

/** A complaint that stands in the tables as if it had been filed, with whoever files it. */
export async function aStoredComplaint(fields: Record<string, unknown> = {}): Promise<Complaint> {
  const id = `QZ-${String(count++).padStart(4, "0")}-MA11-0`;
  const deadlines = { acknowledgeBy: "2026-11-24T09:10:00.000Z", answerBy: "2026-11-26T06:10:00.000Z" };
  const filed = file(aFiling(fields), {
    id,
    by: callCentrePrincipal,
    now: morning,
    deadlines,
    identityDigest: String,
    digitsMac: String,
    mayMail: true,
  });
  await writeComplaint(filed);
  return filed.complaint;
}

/** Lets something happen to it that is written as it would be. */
export async function afterEvent(complaint: Complaint, payload: Parameters<typeof applyEvents>[1]["payloads"][number]) {
  const change: Change = applyEvents(complaint, { now: morning, by: { by: "system" }, payloads: [payload] });
  await writeTransaction(changeWrites(change));
  return change.complaint;
}

/** A queue's message as Lambda hands it over. */
export function aMessage(body: unknown, { id = "message-1", receives = 1 } = {}): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `receipt of ${id}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: "0",
      SenderId: "",
      ApproximateFirstReceiveTimestamp: "0",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:::queue",
    awsRegion: "us-east-1",
  };
}

export const aContext = { functionName: "a-function", awsRequestId: "a-request" } as Context;
