import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import { eventId } from "#shared/domain/complaint/event.ts";
import { agenciesToNotify } from "#shared/domain/complaint/event-rules.ts";
import { undeliveredEventDays } from "#shared/domain/policy-numbers.ts";
import { Instant, SentInstant } from "#shared/domain/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  complaintKey,
  confidentialEntryKey,
  confidentialLogKey,
  eventKey,
  parseEventKey,
  partitions,
  undeliveredWorkQueueKey,
} from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { s3 } from "../objects.ts";
import { type Item, type Position, readItem, readItems, readPage, table } from "../table.ts";
import { putIfConditionHolds } from "../transaction.ts";
import { eventNameOf, StreamEvent } from "./feeds.ts";

/** An event's keys in the table. */
export const EventItemKey = z.object({ pk: z.string(), sk: z.string() });
export type EventItemKey = z.infer<typeof EventItemKey>;

/**
 * An event that at least one recipient did not receive. An event that could not be read has no type, time or agency. An
 * event whose note cannot be read has no place either.
 */
export const UndeliveredEvent = z.object({
  eventId: z.string(),
  place: EventItemKey.optional(),
  type: z.string().optional(),
  time: Instant.optional(),
  agencyIds: z.array(z.string()),
  parkedAt: Instant,
});
export type UndeliveredEvent = z.infer<typeof UndeliveredEvent>;

const keyOf = (id: string) => ({ pk: partitions.undelivered, sk: id });

/** Notes an event as undelivered, unless it is noted already or was sent again after it was parked. */
export async function recordUndelivered(undelivered: UndeliveredEvent): Promise<"noted" | "noted before"> {
  const { eventId: id, parkedAt } = undelivered;
  const lapses = isOfSandbox(undelivered) && { expiresAt: secondsOf(parkedAt) + undeliveredEventDays * daySeconds };
  const desk = { desk: undeliveredWorkQueueKey, deskAt: `${parkedAt}#${id}` };
  const isNews = {
    ConditionExpression: "attribute_not_exists(pk) OR redrivenAt < :parkedAt",
    ExpressionAttributeValues: { ":parkedAt": parkedAt },
  };
  return (await putIfConditionHolds(isNews, { ...undelivered, ...keyOf(id), ...desk, ...lapses }))
    ? "noted"
    : "noted before";
}

function isOfSandbox({ agencyIds }: UndeliveredEvent): boolean {
  return agencyIds.length > 0 && agencyIds.every((agencyId) => isSandbox({ agencyId }));
}

/** Notes that an event has been sent again: it is then in no list any more, and deleted later. */
export async function recordRedriven(undelivered: UndeliveredEvent, now: Instant): Promise<void> {
  const expiresAt = secondsOf(now) + undeliveredEventDays * daySeconds;
  const Item = { ...undelivered, ...keyOf(undelivered.eventId), redrivenAt: now, expiresAt };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/** One page of the undelivered events, the longest undelivered first. */
export async function listUndelivered({ limit, from }: { limit: number; from?: Position | undefined }) {
  const { items, next } = await readPage({ index: "desk", partition: undeliveredWorkQueueKey, limit, from });
  return { items: items.map(noted), next };
}

/** Those of the events, a hundred at the most, that are undelivered and have not been sent again. */
export async function readUndelivered(eventIds: string[]): Promise<UndeliveredEvent[]> {
  const items = await readItems(eventIds.map(keyOf));
  return items.filter(({ desk }) => desk === undeliveredWorkQueueKey).map(noted);
}

/** The event of a note. A note that cannot be read still says which event it is: left out, the event would never be sent. */
function noted(note: Item): UndeliveredEvent {
  const { success, data } = UndeliveredEvent.safeParse(note);
  if (success) return data;
  const { pk, sk, deskAt } = note;
  log.error("item unreadable", { pk, sk });
  const [parkedAt = ""] = String(deskAt).split("#");
  return { eventId: String(sk), agencyIds: [], parkedAt };
}

/** An event that can be read but could not be told. */
export function undeliveredEvent(event: StreamEvent, parkedAt: Instant): UndeliveredEvent {
  const { at } = event;
  // What is noted in private is no admin's to know either.
  const type = "version" in event ? event.type : undefined;
  return {
    eventId: eventNameOf(event),
    type,
    time: at,
    agencyIds: agenciesToNotify(event),
    parkedAt,
    place: itemKeyOf(event),
  };
}

function itemKeyOf(event: StreamEvent): EventItemKey {
  const { complaintId } = event;
  return "version" in event
    ? { pk: complaintKey(complaintId), sk: eventKey(event.version) }
    : { pk: confidentialLogKey(complaintId), sk: confidentialEntryKey(event.private) };
}

/** An item in an event's place that cannot be read as an event. */
export function undeliveredUnreadable(place: EventItemKey, parkedAt: Instant): UndeliveredEvent {
  const read = parseEventKey(place);
  return { eventId: read ? eventId(read.id, read.version) : `${place.pk} ${place.sk}`, place, agencyIds: [], parkedAt };
}

/** The event as it was written; throws where it cannot be read. */
export async function readEvent(Key: EventItemKey): Promise<StreamEvent> {
  const item = await readItem(Key);
  return StreamEvent.parse(item);
}

/** What Lambda writes into the bucket when it gives up on a batch; `payload` is the batch as JSON text. */
const ParkedObject = z.object({ timestamp: SentInstant, payload: z.string() });

const Image = z.record(z.string(), z.custom<AttributeValue>());
const Batch = z.object({
  Records: z.array(z.object({ dynamodb: z.object({ Keys: Image, NewImage: Image.optional() }) })),
});

/** The events in an object of the bucket of parked records; of an event that cannot be read, only its place. */
export async function readParkedRecords(key: string): Promise<UndeliveredEvent[]> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: env("PARKED_BUCKET"), Key: key }));
  const { timestamp, payload } = ParkedObject.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  return Batch.parse(JSON.parse(payload)).Records.map(({ dynamodb: { Keys, NewImage = {} } }) => {
    const event = StreamEvent.safeParse(unmarshall(NewImage)).data;
    if (event) return undeliveredEvent(event, timestamp);
    return undeliveredUnreadable(EventItemKey.parse(unmarshall(Keys)), timestamp);
  });
}
