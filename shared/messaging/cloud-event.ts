import * as z from "zod";
import { type ComplaintEvent, EventId, eventId, Snapshot } from "../domain/complaint/event.ts";
import { ComplaintId } from "../domain/complaint/identifier.ts";
import { Instant } from "../domain/time/calendar.ts";
import { Slug } from "../domain/vocabulary.ts";

const EventState = Snapshot.pick({
  status: true,
  category: true,
  countyId: true,
  acknowledgeBy: true,
  answerBy: true,
  level: true,
});

/**
 * A message of an agency's queue and feed, CloudEvents 1.0 in JSON: where the complaint stands, never what anybody
 * wrote or who complains.
 */
export const CloudEvent = z.object({
  specversion: z.literal("1.0"),
  id: EventId,
  source: z.string(),
  type: z.string(),
  subject: ComplaintId,
  time: Instant,
  datacontenttype: z.literal("application/json"),
  data: z.object({
    complaintId: ComplaintId,
    version: z.int().min(1),
    ...EventState.shape,
    /** Of a transfer alone: who holds it now, and who gave it away and sees no more of it. */
    agencyId: Slug.optional(),
    fromAgencyId: Slug.optional(),
  }),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

/** What a front end's webhook is posted of a complaint that it filed: no more than `GET /v1/front-end/events` says. */
export const FilingCloudEvent = CloudEvent.extend({
  type: z.string(),
  data: z.object({ complaintId: ComplaintId, version: z.int().min(1), status: Snapshot.shape.status }),
});

const validationType = "ir.foad.webhook.validation.v1";

/** Posted to a webhook's address before anything else. */
export const ValidationEvent = CloudEvent.omit({ subject: true }).extend({
  id: z.string(),
  type: z.literal(validationType),
  data: z.object({}),
});

/** The event as agencies are told of it. */
export function cloudEvent({ origin, complaintId, event }: CloudEventInput): CloudEvent {
  const { after, at, type, version, fromAgencyId } = event;
  return {
    ...envelope({ origin, id: eventId(complaintId, version), type: typeOf(type), at }),
    subject: complaintId,
    data: {
      complaintId,
      version,
      ...EventState.parse(after),
      ...(fromAgencyId && { agencyId: after.agencyId, fromAgencyId }),
    },
  };
}

type FilingEventInput = Omit<CloudEventInput, "event"> & {
  event: Omit<CloudEventSource, "after"> & { after: Pick<CloudEventSource["after"], "status"> };
};

/** The event as the front end is told of it that filed the complaint. */
export function filingEvent(input: FilingEventInput): z.infer<typeof FilingCloudEvent> {
  const { origin, complaintId, event } = input;
  const { after, at, type, version } = event;
  return {
    ...envelope({ origin, id: eventId(complaintId, version), type: typeOf(type), at }),
    subject: complaintId,
    data: { complaintId, version, status: after.status },
  };
}

export function validationEvent(sent: Omit<Envelope, "type">): z.infer<typeof ValidationEvent> {
  return { ...envelope({ ...sent, type: validationType }), type: validationType, data: {} };
}

const typeOf = (type: string) => `ir.foad.complaint.${type}.v1`;

/** Whose events they are; `restores`: to which instants its tables were restored. */
export type EventOrigin = { provinceId: string; restores: readonly string[] };

/**
 * Numbers of what was lost in a restore are given again. What happened after the instant that was restored has a source of
 * its own, so that source and id together are never those of another event.
 */
function sourceOf({ provinceId, restores }: EventOrigin, at: string): string {
  const restored = restores.filter((to) => at > to).length;
  return restored > 0 ? `foad/${provinceId}/restored-${restored}` : `foad/${provinceId}`;
}

type Envelope = { origin: EventOrigin; id: string; type: string; at: string };

function envelope({ origin, id, type, at }: Envelope) {
  return {
    specversion: "1.0" as const,
    id,
    source: sourceOf(origin, at),
    type,
    time: at,
    datacontenttype: "application/json" as const,
  };
}

/** Of whatever type: one that a newer version wrote into an agency's feed is told by its name. */
type CloudEventSource = Pick<ComplaintEvent, "version" | "at" | "after"> & { type: string; fromAgencyId?: string };
type CloudEventInput = { origin: EventOrigin; complaintId: string; event: CloudEventSource };
