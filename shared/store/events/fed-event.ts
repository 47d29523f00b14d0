import * as z from "zod";
import { ComplaintEvent, eventId, NewerEvent, Snapshot } from "#shared/domain/complaint/event.ts";
import { PrivateEvent, privateEventId } from "#shared/domain/complaint/private-series.ts";

const held = z.object({ complaintId: z.string() });

/** An event as the table and the feeds hold it: with the id of its complaint. */
export const FedEvent = z.intersection(held, ComplaintEvent);
export type FedEvent = z.infer<typeof FedEvent>;

/** One of a newer version, as feeds show it: its name, and how the complaint stood after it. */
export const NewerFedEvent = NewerEvent.extend({
  complaintId: z.string(),
  type: z.string(),
  after: Snapshot,
});
export type NewerFedEvent = z.infer<typeof NewerFedEvent>;

/** What the stream tells of: events, and notes of a private series that somebody is mailed about. */
export const StreamedEvent = z.union([FedEvent, z.intersection(held, PrivateEvent)]);
export type StreamedEvent = z.infer<typeof StreamedEvent>;

/** The event's name in logs and lists. */
export function nameOf(event: StreamedEvent): string {
  const { complaintId } = event;
  return "version" in event ? eventId(complaintId, event.version) : privateEventId(complaintId, event.private);
}
