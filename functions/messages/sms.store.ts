import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Complaint } from "#shared/complaints/complaint.ts";
import { Snapshot } from "#shared/complaints/event.ts";
import { SmsState } from "#shared/messages/sms.ts";
import { smsRecordDays } from "#shared/policy-numbers.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  complaintKey,
  frontEndFeedKey,
  headKey,
  partitions,
  smsBatchesKey,
  smsBatchKey,
  smsCursorKey,
} from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readAll, readItem, readPartition, table } from "#shared/storage/table.ts";
import { ifNew, putOnce } from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";
import { SmsProviderKind } from "#shared/vocabulary.ts";
import { SmsRun, SmsUse } from "./sms-run.ts";

/** The messages of each front end in an Iranian month. */
const Use = z.object({ month: z.string(), byFrontEnd: z.record(z.string(), SmsUse) });
export type MonthlyUse = z.infer<typeof Use>;

/** How far the sender is. `finishedTo`: the end of the last run that was finished. */
const Cursor = z.object({ run: SmsRun.optional(), isFinished: z.boolean(), finishedTo: Instant.optional(), use: Use });
export type SmsCursor = z.infer<typeof Cursor>;

const cursorItem = { pk: partitions.sms, sk: smsCursorKey };

/** Undefined before the first run. */
export async function readSmsCursor(): Promise<SmsCursor | undefined> {
  const item = await readItem(cursorItem);
  return item && parseItem(Cursor, item);
}

export async function saveSmsCursor(cursor: SmsCursor): Promise<void> {
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item: { ...cursor, ...cursorItem } }));
}

/** A message and what became of it. It holds no phone. */
const StoredSms = z.object({
  id: z.string(),
  /** The front end whose messages of the month it counts among. */
  clientId: z.string().optional(),
  /** Absent if the message was not sent, because the front end's messages of the month are used up. */
  reference: z.string().optional(),
  state: SmsState,
  provider: SmsProviderKind.optional(),
  providerMessageId: z.string().optional(),
  /** Whether the case was answered when the message was sent: then a delivered message is a notice of the answer. */
  isAnswer: z.boolean().optional(),
});
export type StoredSms = z.infer<typeof StoredSms>;

/** Messages that are sent together. `use`: the messages of all front ends in the month, these included. */
const Batch = z.object({
  date: z.string(),
  run: z.string(),
  number: z.int(),
  to: Instant,
  at: Instant,
  messages: z.array(StoredSms),
  use: Use,
});
export type SmsBatch = z.infer<typeof Batch>;

const itemOf = (batch: SmsBatch) => ({
  ...batch,
  pk: smsBatchesKey(batch.date),
  sk: smsBatchKey(batch),
  expiresAt: secondsOf(batch.at) + smsRecordDays * daySeconds,
});

/**
 * The batches of a day in Tehran, in the order in which they were written. Those of an earlier hour are surely seen; a state
 * that was written a moment ago may not be.
 */
export async function readSmsBatches(date: string): Promise<SmsBatch[]> {
  const items = await readPartition(smsBatchesKey(date), undefined, { ConsistentRead: false });
  return items.map((item) => parseItem(Batch, item));
}

/** Writes a batch before its messages are sent. False where another run wrote the same number. */
export function writeNewSmsBatch(batch: SmsBatch): Promise<boolean> {
  return putOnce(ifNew, itemOf(batch));
}

export async function saveSmsBatch(batch: SmsBatch): Promise<void> {
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item: itemOf(batch) }));
}

const FeedEvent = z.object({
  complaintId: z.string(),
  type: z.string(),
  at: Instant,
  by: z.string(),
  after: Snapshot.pick({ agencyId: true }),
});
export type SmsFeedEvent = z.infer<typeof FeedEvent>;

/**
 * The events of these types in a front end's feed, after `since` and until `to`. Only the named attributes are read, since
 * IAM lets this reader see no others: events also hold texts.
 */
export async function readFeedForSms(
  clientId: string,
  { types, since, to }: { types: readonly string[]; since: string; to: string },
): Promise<SmsFeedEvent[]> {
  const items = await readAll({
    IndexName: "workQueue",
    ConsistentRead: false,
    // A feed's sort key is the time with the number of the event. `~` sorts after every number.
    KeyConditionExpression: "#queue = :queue AND #queueAt BETWEEN :since AND :to",
    FilterExpression: `#type IN (${types.map((_, n) => `:type${n}`).join(", ")})`,
    Select: "SPECIFIC_ATTRIBUTES",
    ProjectionExpression: "#id, #type, #at, #by, #after",
    ExpressionAttributeNames: {
      "#queue": "workQueue",
      "#queueAt": "workQueueAt",
      "#id": "complaintId",
      "#type": "type",
      "#at": "at",
      "#by": "by",
      "#after": "after",
    },
    ExpressionAttributeValues: {
      ":queue": frontEndFeedKey(clientId),
      ":since": `${since}~`,
      ":to": `${to}~`,
      ...Object.fromEntries(types.map((type, n) => [`:type${n}`, type])),
    },
  });
  return items.map((item) => parseItem(FeedEvent, item));
}

/** News that stands in no feed: `sk` is the time and the complaint. */
const NewsItem = z.object({ complaintId: z.string(), at: Instant });

/** News after `since` and until `to` that stands in no feed, such as a renewed code. */
export async function readSmsNews({ since, to }: { since: string; to: string }) {
  const items = await readAll({
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :since AND :to",
    ExpressionAttributeValues: { ":pk": partitions.smsNews, ":since": `${since}~`, ":to": `${to}~` },
  });
  return items.map((item) => parseItem(NewsItem, item));
}

const Head = Complaint.pick({ status: true, agencyId: true, filedBy: true, filedAt: true, answeredAt: true });

/** Reads the five attributes of a complaint that IAM lets the sender of SMS read; undefined if the complaint was erased. */
export async function readHeadForSms(id: string): Promise<z.infer<typeof Head> | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :pk AND sk = :sk",
      ExpressionAttributeValues: { ":pk": complaintKey(id), ":sk": headKey },
      Select: "SPECIFIC_ATTRIBUTES",
      ProjectionExpression: "#status, agencyId, filedBy, filedAt, answeredAt",
      ExpressionAttributeNames: { "#status": "status" },
    }),
  );
  return Items[0] && parseItem(Head, Items[0]);
}
