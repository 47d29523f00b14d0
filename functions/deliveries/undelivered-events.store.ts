import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { eventId } from "#shared/complaints/event.ts";
import { Fault } from "#shared/fault.ts";
import { sandboxComplaintDays, undeliveredEventDays } from "#shared/policy-numbers.ts";
import { isSandbox } from "#shared/province/directory.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  complaintKey,
  confidentialEntryKey,
  confidentialLogKey,
  eventKey,
  issueKey,
  parseEventKey,
  partitions,
  undeliveredWorkQueueKey,
} from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { s3 } from "#shared/storage/objects.ts";
import { type Item, type Position, readItem, readItems, readPage, table } from "#shared/storage/table.ts";
import { hasLapsed, putIfConditionHolds } from "#shared/storage/transaction.ts";
import { Instant, SentInstant } from "#shared/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";
import { eventNameOf, recipientsOf, StreamEvent } from "./feeds.store.ts";

/** An event's keys in the table. */
export const EventItemKey = z.object({ pk: z.string(), sk: z.string() });
export type EventItemKey = z.infer<typeof EventItemKey>;

/**
 * The record of an event that at least one recipient did not receive. If the event cannot be read, the record has no type,
 * time or agency. If the record itself cannot be read, it has no `itemKey` either.
 */
export const UndeliveredEvent = z.object({
  eventId: z.string(),
  itemKey: EventItemKey.optional(),
  type: z.string().optional(),
  time: Instant.optional(),
  agencyIds: z.array(z.string()),
  failedAt: Instant,
});
export type UndeliveredEvent = z.infer<typeof UndeliveredEvent>;

const keyOf = (id: string) => ({ pk: partitions.undelivered, sk: id });

/**
 * Records an event as undelivered, unless it is recorded already or was sent again after it was parked. The record of a
 * sandbox event expires about when its complaint does: an expired event is not sent again.
 */
export async function recordUndelivered(undelivered: UndeliveredEvent): Promise<"noted" | "noted before"> {
  const { eventId: id, failedAt, time = failedAt } = undelivered;
  const expiry = isOfSandbox(undelivered) && { expiresAt: secondsOf(time) + sandboxComplaintDays * daySeconds };
  const workQueue = { workQueue: undeliveredWorkQueueKey, workQueueAt: `${failedAt}#${id}` };
  const isNotRecorded = {
    ConditionExpression: "attribute_not_exists(pk) OR redrivenAt < :failedAt",
    ExpressionAttributeValues: { ":failedAt": failedAt },
  };
  return (await putIfConditionHolds(isNotRecorded, { ...undelivered, ...keyOf(id), ...workQueue, ...expiry }))
    ? "noted"
    : "noted before";
}

function isOfSandbox({ agencyIds }: UndeliveredEvent): boolean {
  return agencyIds.length > 0 && agencyIds.every((agencyId) => isSandbox({ agencyId }));
}

/** Records that an event has been sent again: its record leaves the list, and expires later. */
export async function recordRedriven(undelivered: UndeliveredEvent, now: Instant): Promise<void> {
  const expiresAt = secondsOf(now) + undeliveredEventDays * daySeconds;
  const Item = { ...undelivered, ...keyOf(undelivered.eventId), redrivenAt: now, expiresAt };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

type UndeliveredQuery = { limit: number; from?: Position | undefined; now: Instant };

/** One page of the undelivered events, the longest undelivered first. Without expired ones, a page may have fewer items. */
export async function listUndelivered({ now, ...query }: UndeliveredQuery) {
  const { items, next } = await readPage({ index: "workQueue", partition: undeliveredWorkQueueKey, ...query });
  return { items: items.filter((item) => !hasLapsed(item, now)).map(recordFrom), next };
}

/** Of up to a hundred events, the records of those that are undelivered, have not been sent again, and have not expired. */
export async function readUndelivered(eventIds: string[], now: Instant): Promise<UndeliveredEvent[]> {
  const items = await readItems(eventIds.map(keyOf));
  return items.filter((item) => item.workQueue === undeliveredWorkQueueKey && !hasLapsed(item, now)).map(recordFrom);
}

/** Parses a record. One that cannot be read is not dropped: its key still names the event, which must be sent again. */
function recordFrom(item: Item): UndeliveredEvent {
  const { success, data } = UndeliveredEvent.safeParse(item);
  if (success) return data;
  const { pk, sk, workQueueAt } = item;
  log.error("item unreadable", { pk, sk });
  const [failedAt = ""] = String(workQueueAt).split("#");
  return { eventId: String(sk), agencyIds: [], failedAt };
}

/** The record of an event that can be read but could not be delivered. */
export function undeliveredEvent(event: StreamEvent, failedAt: Instant): UndeliveredEvent {
  const { at } = event;
  // Admins must not learn the type of a confidential entry.
  const type = "version" in event ? event.type : undefined;
  return {
    eventId: eventNameOf(event),
    type,
    time: at,
    agencyIds: recipientsOf(event),
    failedAt,
    itemKey: itemKeyOf(event),
  };
}

function itemKeyOf(event: StreamEvent): EventItemKey {
  if (!("complaintId" in event)) return { pk: issueKey(event.issueId), sk: eventKey(event.version) };
  const { complaintId } = event;
  return "version" in event
    ? { pk: complaintKey(complaintId), sk: eventKey(event.version) }
    : { pk: confidentialLogKey(complaintId), sk: confidentialEntryKey(event.entryNumber) };
}

/** The record of an item that cannot be read as an event. */
export function undeliveredUnreadable(place: EventItemKey, failedAt: Instant): UndeliveredEvent {
  const eventRef = parseEventKey(place);
  return {
    eventId: eventRef ? eventId(eventRef.id, eventRef.version) : `${place.pk} ${place.sk}`,
    itemKey: place,
    agencyIds: [],
    failedAt,
  };
}

/** The event as it was written; throws if it cannot be read or has expired with its sandbox complaint. */
export async function readEvent(Key: EventItemKey, now: Instant): Promise<StreamEvent> {
  const item = await readItem(Key);
  if (hasLapsed(item, now)) throw new Fault("not-found");
  return StreamEvent.parse(item);
}

/** The object that Lambda writes into the bucket when it gives up on a batch. `payload` is the batch as JSON text. */
const ParkedObject = z.object({ timestamp: SentInstant, payload: z.string() });

const Image = z.record(z.string(), z.custom<AttributeValue>());
const Batch = z.object({
  Records: z.array(z.object({ dynamodb: z.object({ Keys: Image, NewImage: Image.optional() }) })),
});

/** The events in an object with parked records; for an event that cannot be read, its key alone. */
export async function readParkedRecords(key: string): Promise<UndeliveredEvent[]> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: env("FAILED_RECORDS_BUCKET"), Key: key }));
  const { timestamp, payload } = ParkedObject.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  return Batch.parse(JSON.parse(payload)).Records.map(({ dynamodb: { Keys, NewImage = {} } }) => {
    const event = StreamEvent.safeParse(unmarshall(NewImage)).data;
    if (event) return undeliveredEvent(event, timestamp);
    return undeliveredUnreadable(EventItemKey.parse(unmarshall(Keys)), timestamp);
  });
}
