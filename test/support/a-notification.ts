import type { Context, SQSRecord } from "aws-lambda";
import { type Change, happen } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { file } from "#shared/domain/complaint/filing.ts";
import { writesOfChange } from "#shared/store/complaints/complaints.ts";
import { writeTogether } from "#shared/store/transaction.ts";
import { aFiling, morning, theCallCentre } from "./a-complaint.ts";
import { written } from "./written.ts";

let count = 0;

/** A complaint that stands in the tables as if it had been filed, with whoever files it. */
export async function aStoredComplaint(fields: Record<string, unknown> = {}): Promise<Complaint> {
  const id = `QZ-${String(count++).padStart(4, "0")}-MA11-0`;
  const deadlines = { acknowledgeBy: "2026-11-24T09:10:00.000Z", answerBy: "2026-11-26T06:10:00.000Z" };
  const filed = file(aFiling(fields), {
    id,
    by: theCallCentre,
    now: morning,
    deadlines,
    mark: String,
    mayMail: true,
  });
  await written(filed);
  return filed.complaint;
}

/** Lets something happen to it that is written as it would be. */
export async function afterEvent(complaint: Complaint, said: Parameters<typeof happen>[1]["says"][number]) {
  const change: Change = happen(complaint, { now: morning, by: { by: "clock" }, says: [said] });
  await writeTogether(writesOfChange(change));
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
