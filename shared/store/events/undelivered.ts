import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { isSandbox } from "#shared/domain/complaint/sandbox.ts";
import { undeliveredEventDays } from "#shared/domain/policy-numbers.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { env } from "#shared/runtime/env.ts";
import { partitions, undeliveredDeskKey } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { type Item, readTogether } from "../items.ts";
import { type Position, readPage } from "../pages.ts";
import { table } from "../table.ts";
import { putIf } from "../transaction.ts";

/** An event's keys in the table. */
export const EventPlace = z.object({ pk: z.string(), sk: z.string() });
export type EventPlace = z.infer<typeof EventPlace>;

/**
 * An event that at least one recipient did not receive. An event that could not be read has no type, time or agency. An
 * event whose note cannot be read has no place either.
 */
export const Undelivered = z.object({
  eventId: z.string(),
  place: EventPlace.optional(),
  type: z.string().optional(),
  time: Instant.optional(),
  agencyIds: z.array(z.string()),
  parkedAt: Instant,
});
export type Undelivered = z.infer<typeof Undelivered>;

const keyOf = (id: string) => ({ pk: partitions.undelivered, sk: id });

/** Notes an event as undelivered, unless it is noted already or was sent again after it was parked. */
export async function noteUndelivered(undelivered: Undelivered): Promise<"noted" | "noted before"> {
  const { eventId: id, parkedAt } = undelivered;
  const lapses = isOfSandbox(undelivered) && { expiresAt: secondsOf(parkedAt) + undeliveredEventDays * daySeconds };
  const desk = { desk: undeliveredDeskKey, deskAt: `${parkedAt}#${id}` };
  const isNews = {
    ConditionExpression: "attribute_not_exists(pk) OR redrivenAt < :parkedAt",
    ExpressionAttributeValues: { ":parkedAt": parkedAt },
  };
  return (await putIf(isNews, { ...undelivered, ...keyOf(id), ...desk, ...lapses })) ? "noted" : "noted before";
}

function isOfSandbox({ agencyIds }: Undelivered): boolean {
  return agencyIds.length > 0 && agencyIds.every((agencyId) => isSandbox({ agencyId }));
}

/** Notes that an event has been sent again: it is then in no list any more, and deleted later. */
export async function noteRedriven(undelivered: Undelivered, now: Instant): Promise<void> {
  const expiresAt = secondsOf(now) + undeliveredEventDays * daySeconds;
  const Item = { ...undelivered, ...keyOf(undelivered.eventId), redrivenAt: now, expiresAt };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/** One page of the undelivered events, the longest undelivered first. */
export async function listUndelivered({ limit, from }: { limit: number; from?: Position | undefined }) {
  const { items, next } = await readPage({ index: "desk", partition: undeliveredDeskKey, limit, from });
  return { items: items.map(noted), next };
}

/** Those of the events, a hundred at the most, that are undelivered and have not been sent again. */
export async function readUndelivered(eventIds: string[]): Promise<Undelivered[]> {
  const items = await readTogether(eventIds.map(keyOf));
  return items.filter(({ desk }) => desk === undeliveredDeskKey).map(noted);
}

/** The event of a note. A note that cannot be read still says which event it is: left out, the event would never be sent. */
function noted(note: Item): Undelivered {
  const { success, data } = Undelivered.safeParse(note);
  if (success) return data;
  const { pk, sk, deskAt } = note;
  log.error("item unreadable", { pk, sk });
  const [parkedAt = ""] = String(deskAt).split("#");
  return { eventId: String(sk), agencyIds: [], parkedAt };
}
