import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { agenciesTold } from "../domain/access.ts";
import type { Instant } from "../domain/complaint.ts";
import { eventId } from "../domain/event.ts";
import { env } from "../runtime/env.ts";
import { FedEvent } from "./fed-event.ts";
import { complaintKey, eventKey, table } from "./table.ts";
import type { EventPlace, Undelivered } from "./undelivered.ts";

/** An event that could be read and not be told. */
export function undeliveredEvent(event: FedEvent, parkedAt: Instant): Undelivered {
  const { complaintId, version, type, at } = event;
  return {
    ...{ eventId: eventId(complaintId, version), type, time: at, agencyIds: agenciesTold(event), parkedAt },
    place: { pk: complaintKey(complaintId), sk: eventKey(version) },
  };
}

/** What stands at a place where an event should, and is none that anybody could read. */
export function undeliveredPoison(place: EventPlace, parkedAt: Instant): Undelivered {
  const [, complaintId, version] = /^C#([A-Z0-9-]+) E#(\d{6})$/.exec(`${place.pk} ${place.sk}`) ?? [];
  const id = complaintId ? eventId(complaintId, Number(version)) : `${place.pk} ${place.sk}`;
  return { eventId: id, place, agencyIds: [], parkedAt };
}

/** The event as it was written; throws where it cannot be read. */
export async function readEvent(Key: EventPlace): Promise<FedEvent> {
  const { Item } = await table.send(new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key, ConsistentRead: true }));
  return FedEvent.parse(Item);
}
