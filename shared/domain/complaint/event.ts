import * as z from "zod";
import { LocalDate } from "../time/calendar.ts";
import { Instant } from "../time/instant.ts";
import { Channel, Holder, Slug } from "../vocabulary.ts";
import { Complaint, Finding, RejectionReason, stored } from "./complaint.ts";
import { MaskedTexts } from "./masked-texts.ts";

/** Who made an event happen, as everybody may know it. */
export const Actor = z.enum(["citizen", "agency", "inspector", "front-end", "admin", "clock"]);
export type Actor = z.infer<typeof Actor>;

/**
 * How the complaint stood right after the event. Consumers need not ask again, and the complaint can be rebuilt from it
 * and from what each type of event says. `confirmBy` is there only while answered, `reviewBy` only while disputed.
 */
export const Snapshot = Complaint.pick({
  status: true,
  agencyId: true,
  category: true,
  countyId: true,
  acknowledgeBy: true,
  answerBy: true,
  confirmBy: true,
  reviewBy: true,
  level: true,
  nextRungAt: true,
  isMailed: true,
}).extend({
  /** Whether it is a retaliation report, of which no agency is told. */
  retaliation: z.literal(true).optional(),
});
export type Snapshot = z.infer<typeof Snapshot>;

/**
 * Fields of every event. `client` and `person` are the application and the human who acted; only the centre reads them.
 */
const base = {
  version: z.int().min(1),
  at: Instant,
  by: Actor,
  client: z.string().optional(),
  person: z.string().optional(),
  after: Snapshot,
  masked: MaskedTexts.optional(),
};

/** What a late complaint is late with. */
export const Owed = z.enum(["acknowledge", "answer", "review"]);
export type Owed = z.infer<typeof Owed>;

const Deadlines = Complaint.pick({ acknowledgeBy: true, answerBy: true });

/** A file that was added to the complaint, under the name that it is served by: its own often names a person. */
const Added = z.object({ attachmentId: z.string(), fileName: z.string(), contentType: z.string(), size: z.int() });
export type Added = z.infer<typeof Added>;

/** Where an inspector stood, in degrees (WGS 84). */
export const Location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
/** Whether an inspector saw what was complained of. */
export const Found = z.enum(["confirmed", "not-confirmed", "undetermined"]);

/** What an inspector found at an office. */
export const Reported = z.object({
  visitId: z.string(),
  arrivedAt: Instant,
  location: Location.strip().optional(),
  found: Found,
  text: z.string(),
});
export type Reported = z.infer<typeof Reported>;

/** What else the complaint begins with. Only for rebuilding it: histories leave it out. */
const Origin = Complaint.pick({ language: true, officeId: true, retaliationFor: true });

/** What an answer and a decision say alike. Those of before there were causes name none. */
const judged = { finding: Finding, cause: Slug.optional(), text: z.string(), actions: z.array(stored.action) };

/** Only for counting: histories leave it out. `phone`: the citizen left one. Earlier releases wrote a key beside it, which is ignored. */
const Counting = z.object({ phone: z.literal(true).optional() });

function event<T extends string, S extends z.ZodRawShape>(type: T, says: S) {
  return z.object({ type: z.literal(type), ...base, ...says });
}

/** Everything that can happen to a complaint, and what each event says of it. */
export const ComplaintEvent = z.discriminatedUnion("type", [
  // What was filed before events said it is read as Persian, with no more than that.
  event("filed", { channel: Channel, origin: Origin.default({ language: "fa" }), counting: Counting.optional() }),
  event("acknowledged", { officer: stored.officer }),
  event("answered", { officer: stored.officer, ...judged }),
  event("accepted", {}),
  event("transferred", { fromAgencyId: Slug, toAgencyId: Slug, reason: z.string() }),
  event("extended", { reason: z.string(), was: Instant }),
  event("disputed", { reason: z.string() }),
  event("withdrawn", { reason: z.string().optional() }),
  event("expired", {}),
  event("escalated", { level: z.int(), holder: Holder, owed: Owed, dueAt: Instant }),
  event("decided", { ...judged, upholdsAnswer: z.boolean().optional() }),
  event("rejected", { reason: RejectionReason, text: z.string() }),
  event("message-posted", { text: z.string(), officer: stored.officer.optional() }),
  event("attachment-added", Added.shape),
  event("visit-reported", Reported.shape),
  event("statement-added", { employee: stored.employee, text: z.string() }),
  event("deadlines-moved", {
    reason: z.string(),
    date: LocalDate,
    /** Whether hours set before were taken back; `reason` is then the one they were set for. */
    lifted: z.literal(true).optional(),
    was: Deadlines,
  }),
]);
export type ComplaintEvent = z.infer<typeof ComplaintEvent>;
export type EventType = ComplaintEvent["type"];

export type EventOf<T extends EventType> = Extract<ComplaintEvent, { type: T }>;

/**
 * An event that a newer version of this code wrote, of a type or with a value that this one does not know. Only the
 * version that wrote it knows what it says, and to whom.
 */
export const NewerEvent = z.object({ version: base.version, at: Instant });
export type NewerEvent = z.infer<typeof NewerEvent>;

/** The fields of one type of event, without `type` and those of every event. */
export type SaidBy<T extends EventType> = Omit<EventOf<T>, "type" | keyof typeof base>;
/** The same for any type, with `type`. */
export type Spoken = { [T in EventType]: { type: T } & SaidBy<T> }[EventType];

/** An event's number within its complaint, as its readers have it. */
export const EventId = z.string();

/** The event's number within its complaint, as consumers see it: `QZ-7K3M-9XPT-Q/3`. */
export function eventId(complaintId: string, version: number): string {
  return `${complaintId}/${version}`;
}
