import { eventId } from "#shared/domain/complaint/event.ts";
import { agenciesTold } from "#shared/domain/telling/audience.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { complaintKey, eventKey, privateEventKey, privateKey, readEventPlace } from "#shared/runtime/keys.ts";
import { readItem } from "../items.ts";
import { nameOf, StreamedEvent } from "./fed-event.ts";
import type { EventPlace, Undelivered } from "./undelivered.ts";

/** An event that can be read but could not be told. */
export function undeliveredEvent(event: StreamedEvent, parkedAt: Instant): Undelivered {
  const { at } = event;
  // What is noted in private is no admin's to know either.
  const type = "version" in event ? event.type : undefined;
  return { eventId: nameOf(event), type, time: at, agencyIds: agenciesTold(event), parkedAt, place: placeOf(event) };
}

function placeOf(event: StreamedEvent): EventPlace {
  const { complaintId } = event;
  return "version" in event
    ? { pk: complaintKey(complaintId), sk: eventKey(event.version) }
    : { pk: privateKey(complaintId), sk: privateEventKey(event.private) };
}

/** An item in an event's place that cannot be read as an event. */
export function undeliveredPoison(place: EventPlace, parkedAt: Instant): Undelivered {
  const read = readEventPlace(place);
  return { eventId: read ? eventId(read.id, read.version) : `${place.pk} ${place.sk}`, place, agencyIds: [], parkedAt };
}

/** The event as it was written; throws where it cannot be read. */
export async function readEvent(Key: EventPlace): Promise<StreamedEvent> {
  const item = await readItem(Key);
  return StreamedEvent.parse(item);
}
