import * as z from "zod";
import { LocalDate } from "../time/calendar.ts";
import { Instant } from "../time/instant.ts";
import { Channel, Holder, Slug } from "../vocabulary.ts";
import { Complaint, Employee, Finding, Officer, PromisedAction, RejectionReason } from "./complaint.ts";
import { MaskedTexts } from "./masked-texts.ts";

/** Who made it happen, as everybody may know it. */
export const Actor = z.enum(["citizen", "agency", "inspector", "admin", "clock"]);
export type Actor = z.infer<typeof Actor>;

/** How the complaint stood right after the event: what a consumer is told without asking again. */
export const Snapshot = Complaint.pick({
  status: true,
  agencyId: true,
  category: true,
  countyId: true,
  acknowledgeBy: true,
  answerBy: true,
  level: true,
  hasEmail: true,
}).extend({
  /** No agency is told. */
  retaliation: z.literal(true).optional(),
});

/** Fields of every event. `client` and `person` say which application and human acted; nobody outside the centre reads them. */
const base = {
  version: z.int().min(1),
  at: Instant,
  by: Actor,
  client: z.string().optional(),
  person: z.string().optional(),
  after: Snapshot,
  masked: MaskedTexts.optional(),
};

/** What a late complaint was late with. */
export const Owed = z.enum(["acknowledge", "answer", "review"]);
export type Owed = z.infer<typeof Owed>;

const Deadlines = Complaint.pick({ acknowledgeBy: true, answerBy: true });

/** A file that stands with the complaint. */
const Added = z.object({ attachmentId: z.string(), fileName: z.string(), contentType: z.string(), size: z.int() });
export type Added = z.infer<typeof Added>;

/** Where an inspector stood, in degrees (WGS 84). */
export const Location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
/** Whether what was complained of was seen. */
export const Found = z.enum(["confirmed", "not-confirmed", "undetermined"]);

/** What an inspector found at an office. */
export const Reported = z.object({
  visitId: z.string(),
  arrivedAt: Instant,
  location: Location.optional(),
  found: Found,
  text: z.string(),
});
export type Reported = z.infer<typeof Reported>;

/** What each type of event says. */
const says = {
  filed: { channel: Channel },
  acknowledged: { officer: Officer },
  answered: { officer: Officer, finding: Finding, text: z.string(), actions: z.array(PromisedAction) },
  accepted: { rating: z.int(), comment: z.string().optional() },
  transferred: { fromAgencyId: Slug, toAgencyId: Slug, reason: z.string() },
  extended: { reason: z.string(), was: Instant },
  disputed: { reason: z.string(), rating: z.int().optional() },
  withdrawn: { reason: z.string().optional() },
  expired: {},
  escalated: { level: z.int(), holder: Holder, owed: Owed, dueAt: Instant },
  decided: { finding: Finding, text: z.string(), actions: z.array(PromisedAction) },
  rejected: { reason: RejectionReason, text: z.string() },
  "message-posted": { text: z.string(), officer: Officer.optional() },
  "attachment-added": Added.shape,
  "visit-ordered": { visitId: z.string(), plannedAt: Instant.optional() },
  "visit-reported": Reported.shape,
  "statement-added": { employee: Employee, text: z.string() },
  "identity-read": { inspector: z.string() },
  "deadlines-moved": {
    reason: z.string(),
    date: LocalDate,
    /** Hours that were set before were taken back; the reason is theirs. */
    lifted: z.literal(true).optional(),
    was: Deadlines,
  },
};

export const ComplaintEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("filed"), ...base, ...says.filed }),
  z.object({ type: z.literal("acknowledged"), ...base, ...says.acknowledged }),
  z.object({ type: z.literal("answered"), ...base, ...says.answered }),
  z.object({ type: z.literal("accepted"), ...base, ...says.accepted }),
  z.object({ type: z.literal("transferred"), ...base, ...says.transferred }),
  z.object({ type: z.literal("extended"), ...base, ...says.extended }),
  z.object({ type: z.literal("disputed"), ...base, ...says.disputed }),
  z.object({ type: z.literal("withdrawn"), ...base, ...says.withdrawn }),
  z.object({ type: z.literal("expired"), ...base, ...says.expired }),
  z.object({ type: z.literal("escalated"), ...base, ...says.escalated }),
  z.object({ type: z.literal("decided"), ...base, ...says.decided }),
  z.object({ type: z.literal("rejected"), ...base, ...says.rejected }),
  z.object({ type: z.literal("message-posted"), ...base, ...says["message-posted"] }),
  z.object({ type: z.literal("attachment-added"), ...base, ...says["attachment-added"] }),
  z.object({ type: z.literal("visit-ordered"), ...base, ...says["visit-ordered"] }),
  z.object({ type: z.literal("visit-reported"), ...base, ...says["visit-reported"] }),
  z.object({ type: z.literal("statement-added"), ...base, ...says["statement-added"] }),
  z.object({ type: z.literal("identity-read"), ...base, ...says["identity-read"] }),
  z.object({ type: z.literal("deadlines-moved"), ...base, ...says["deadlines-moved"] }),
]);
export type ComplaintEvent = z.infer<typeof ComplaintEvent>;
export type EventType = ComplaintEvent["type"];

/** What an event of one type says, with its type and without what all events have. */
export type Spoken = { [T in EventType]: Omit<Extract<ComplaintEvent, { type: T }>, keyof typeof base> }[EventType];

/** The event's number within its complaint, as consumers see it: `QZ-7K3M-9XPT-Q/3`. */
export function eventId(complaintId: string, version: number): string {
  return `${complaintId}/${version}`;
}
