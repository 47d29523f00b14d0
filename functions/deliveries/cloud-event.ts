import * as z from "zod";
import { type ComplaintEvent, EventId, eventId, Snapshot } from "#shared/complaints/event.ts";
import { ComplaintId, IssueId } from "#shared/identifier.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Slug } from "#shared/vocabulary.ts";
import { IssueSnapshot } from "../issues/issue.ts";

const EventState = Snapshot.pick({
  status: true,
  category: true,
  countyId: true,
  acknowledgeBy: true,
  answerBy: true,
  level: true,
});

/**
 * A message of an agency's queue and feed, CloudEvents 1.0 in JSON. It has the state of the complaint, but never a text or
 * the complainant's identity.
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
    /** Only in a transfer: the current agency, and the previous agency, which can no longer read the complaint. */
    agencyId: Slug.optional(),
    fromAgencyId: Slug.optional(),
  }),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

/** A message about an issue of the agency. `version` has no gaps: the agency gets every event of its issues. */
export const IssueCloudEvent = CloudEvent.extend({
  type: z.string(),
  subject: IssueId,
  data: z.object({ issueId: IssueId, version: z.int().min(1), ...IssueSnapshot.shape }),
});
export type IssueCloudEvent = z.infer<typeof IssueCloudEvent>;

/** An event in the feed of the front end that filed the complaint: of any type, since newer code may write new ones. */
export const FrontEndFeedEvent = z.object({
  frontEndEventId: z.string(),
  complaintId: z.string(),
  type: z.string(),
  at: Instant,
  after: Snapshot.pick({ status: true }),
});
export type FrontEndFeedEvent = z.infer<typeof FrontEndFeedEvent>;

/** A message to a front end's webhook about a complaint that it filed: the fields of `GET /v1/front-end/events`. */
export const FilingCloudEvent = CloudEvent.extend({
  type: z.string(),
  data: z.object({ complaintId: ComplaintId, status: Snapshot.shape.status }),
});

const validationType = "ir.foad.webhook.validation.v1";

/** The first message to a webhook's address: it proves that the address takes messages. */
export const ValidationEvent = CloudEvent.omit({ subject: true }).extend({
  id: z.string(),
  type: z.literal(validationType),
  data: z.object({}),
});

/** The message to an agency about an event. */
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

type IssueEventInput = {
  origin: EventOrigin;
  event: { issueId: string; version: number; at: string; type: string; after: z.infer<typeof IssueSnapshot> };
};

/** The message to an agency about an event of an issue. */
export function issueCloudEvent({ origin, event }: IssueEventInput): IssueCloudEvent {
  const { issueId, version, at, type, after } = event;
  return {
    ...envelope({ origin, id: eventId(issueId, version), type: `ir.foad.issue.${type}.v1`, at }),
    subject: issueId,
    data: { issueId, version, ...after },
  };
}

/** A message of an agency's queue, feed or webhook. */
export const AgencyCloudEvent = z.union([CloudEvent, IssueCloudEvent]);

type AgencyEvent = IssueEventInput["event"] | (CloudEventSource & { complaintId: string });

/** The message to an agency about an event of its feed. */
export function agencyCloudEvent({ origin, event }: { origin: EventOrigin; event: AgencyEvent }) {
  if ("complaintId" in event) return cloudEvent({ origin, complaintId: event.complaintId, event });
  return issueCloudEvent({ origin, event });
}

type FilingEventInput = { origin: EventOrigin; event: FrontEndFeedEvent };

/** The message about an event to the front end that filed the complaint. */
export function filingEvent({ origin, event }: FilingEventInput): z.infer<typeof FilingCloudEvent> {
  const { frontEndEventId, complaintId, after, at, type } = event;
  return {
    ...envelope({ origin, id: frontEndEventId, type: typeOf(type), at }),
    subject: complaintId,
    data: { complaintId, status: after.status },
  };
}

/** The message that validates a webhook. */
export function validationEvent(envelopeInput: Omit<Envelope, "type">): z.infer<typeof ValidationEvent> {
  return { ...envelope({ ...envelopeInput, type: validationType }), type: validationType, data: {} };
}

const typeOf = (type: string) => `ir.foad.complaint.${type}.v1`;

/** The province that sends the events. `restores`: the instants to which its tables were restored. */
type EventOrigin = { provinceId: string; restores: readonly string[] };

/**
 * The CloudEvents source. A restore loses events, and later events get their numbers again. Events after the restored
 * instant therefore have another source: source and id together never name two events.
 */
function sourceOf({ provinceId, restores }: EventOrigin, at: string): string {
  const restoresBefore = restores.filter((to) => at > to).length;
  return restoresBefore > 0 ? `foad/${provinceId}/restored-${restoresBefore}` : `foad/${provinceId}`;
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

/** `type` is any text: an event of a newer version of this code is delivered under its own type. */
type CloudEventSource = Pick<ComplaintEvent, "version" | "at" | "after"> & { type: string; fromAgencyId?: string };
type CloudEventInput = { origin: EventOrigin; complaintId: string; event: CloudEventSource };
