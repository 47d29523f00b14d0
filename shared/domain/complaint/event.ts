import * as z from "zod";
import type { IsIdentityToken } from "../confidentiality/identity.ts";
import { maskText } from "../confidentiality/mask.ts";
import { Instant, LocalDate } from "../time/calendar.ts";
import { Authority, Channel, Slug } from "../vocabulary.ts";
import { Complaint, Finding, RejectionReason, storedShapes } from "./complaint.ts";

/** Those texts of an event that had to be masked, in masked form; also the texts as they come, before masking. */
export const MaskedTexts = z.object({
  text: z.string().optional(),
  reason: z.string().optional(),
  comment: z.string().optional(),
  actions: z.array(storedShapes.action).optional(),
});
export type MaskedTexts = z.infer<typeof MaskedTexts>;

/** Masks texts and returns only those that changed; undefined where none did. */
export function maskTexts({ actions, ...texts }: MaskedTexts, isGiven: IsIdentityToken): MaskedTexts | undefined {
  const masked = Object.entries(texts).flatMap(([name, text]) => {
    const blanked = text === undefined ? undefined : maskText(text, isGiven);
    return blanked === undefined ? [] : [[name, blanked] as const];
  });
  const promised = actions?.map((action) => ({ ...action, text: maskText(action.text, isGiven) ?? action.text }));
  const isPromiseMasked = promised?.some(({ text }, n) => text !== actions?.[n]?.text);
  if (masked.length === 0 && !isPromiseMasked) return undefined;
  return { ...Object.fromEntries(masked), ...(isPromiseMasked && { actions: promised }) };
}

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
const eventFields = {
  version: z.int().min(1),
  at: Instant,
  by: Actor,
  client: z.string().optional(),
  person: z.string().optional(),
  after: Snapshot,
  masked: MaskedTexts.optional(),
};

/** What a late complaint is late with. */
export const EscalationStep = z.enum(["acknowledge", "answer", "review"]);
export type EscalationStep = z.infer<typeof EscalationStep>;

const Deadlines = Complaint.pick({ acknowledgeBy: true, answerBy: true });

/** A file that was added to the complaint, under the name that it is served by: its own often names a person. */
const AddedAttachment = z.object({
  attachmentId: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  size: z.int(),
});
export type AddedAttachment = z.infer<typeof AddedAttachment>;

/** Where an inspector stood, in degrees (WGS 84). */
export const Location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
/** Whether an inspector saw what was complained of. */
export const VisitResult = z.enum(["confirmed", "not-confirmed", "undetermined"]);

/** What an inspector found at an office. */
export const VisitReport = z.object({
  visitId: z.string(),
  arrivedAt: Instant,
  location: Location.strip().optional(),
  found: VisitResult,
  text: z.string(),
});
export type VisitReport = z.infer<typeof VisitReport>;

/** What else the complaint begins with. Only for rebuilding it: histories leave it out. */
const FilingDetails = Complaint.pick({ language: true, officeId: true, retaliationFor: true });

/** What an answer and a decision say alike. Those of before there were causes name none. */
const judgementFields = {
  finding: Finding,
  cause: Slug.optional(),
  text: z.string(),
  actions: z.array(storedShapes.action),
};

/** Only for counting: histories leave it out. `phone`: the citizen left one. Earlier releases wrote a key beside it, which is ignored. */
const CountingDetails = z.object({ phone: z.literal(true).optional() });

function eventSchema<T extends string, S extends z.ZodRawShape>(type: T, payload: S) {
  return z.object({ type: z.literal(type), ...eventFields, ...payload });
}

/** Everything that can happen to a complaint, and what each event says of it. */
export const ComplaintEvent = z.discriminatedUnion("type", [
  // What was filed before events said it is read as Persian, with no more than that.
  eventSchema("filed", {
    channel: Channel,
    origin: FilingDetails.default({ language: "fa" }),
    counting: CountingDetails.optional(),
  }),
  eventSchema("acknowledged", { officer: storedShapes.officer }),
  eventSchema("answered", { officer: storedShapes.officer, ...judgementFields }),
  eventSchema("accepted", {}),
  eventSchema("transferred", { fromAgencyId: Slug, toAgencyId: Slug, reason: z.string() }),
  eventSchema("extended", { reason: z.string(), was: Instant }),
  eventSchema("disputed", { reason: z.string() }),
  eventSchema("withdrawn", { reason: z.string().optional() }),
  eventSchema("expired", {}),
  eventSchema("escalated", { level: z.int(), holder: Authority, owed: EscalationStep, dueAt: Instant }),
  eventSchema("decided", { ...judgementFields, upholdsAnswer: z.boolean().optional() }),
  eventSchema("rejected", { reason: RejectionReason, text: z.string() }),
  eventSchema("message-posted", { text: z.string(), officer: storedShapes.officer.optional() }),
  eventSchema("attachment-added", AddedAttachment.shape),
  eventSchema("visit-reported", VisitReport.shape),
  eventSchema("statement-added", { employee: storedShapes.employee, text: z.string() }),
  eventSchema("deadlines-moved", {
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
export const UnknownEvent = z.object({ version: eventFields.version, at: Instant });
export type UnknownEvent = z.infer<typeof UnknownEvent>;

/** The fields of one type of event, without `type` and those of every event. */
export type EventPayload<T extends EventType> = Omit<EventOf<T>, "type" | keyof typeof eventFields>;
/** The same for any type, with `type`. */
export type NewEvent = { [T in EventType]: { type: T } & EventPayload<T> }[EventType];

/** An event's number within its complaint, as its readers have it. */
export const EventId = z.string();

/** The event's number within its complaint, as consumers see it: `QZ-7K3M-9XPT-Q/3`. */
export function eventId(complaintId: string, version: number): string {
  return `${complaintId}/${version}`;
}
