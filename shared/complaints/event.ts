import * as z from "zod";
import { IssueId } from "../identifier.ts";
import type { IsIdentityToken } from "../identities/identity.ts";
import { maskText } from "../identities/mask.ts";
import { Instant, LocalDate } from "../time/calendar.ts";
import { Authority, Channel, Slug } from "../vocabulary.ts";
import { Complaint, Finding, RejectionReason, storedShapes } from "./complaint.ts";

/** The texts of an event in masked form, without those that needed no masking. Also holds texts before masking. */
export const MaskedTexts = z.object({
  text: z.string().optional(),
  reason: z.string().optional(),
  comment: z.string().optional(),
  actions: z.array(storedShapes.action).optional(),
});
export type MaskedTexts = z.infer<typeof MaskedTexts>;

/** Masks texts and returns only the texts that changed. Undefined if no text changed. */
export function maskTexts(
  { actions, ...texts }: MaskedTexts,
  isIdentityToken: IsIdentityToken,
): MaskedTexts | undefined {
  const maskedTexts = Object.entries(texts).flatMap(([name, text]) => {
    const maskedText = text === undefined ? undefined : maskText(text, isIdentityToken);
    return maskedText === undefined ? [] : [[name, maskedText] as const];
  });
  const maskedActions = actions?.map((action) => ({
    ...action,
    text: maskText(action.text, isIdentityToken) ?? action.text,
  }));
  const isAnyActionMasked = maskedActions?.some(({ text }, n) => text !== actions?.[n]?.text);
  if (maskedTexts.length === 0 && !isAnyActionMasked) return undefined;
  return { ...Object.fromEntries(maskedTexts), ...(isAnyActionMasked && { actions: maskedActions }) };
}

/** The kind of actor that caused an event. Every reader of the event may know it. */
export const Actor = z.enum(["citizen", "agency", "inspector", "overseer", "front-end", "admin", "system"]);
export type Actor = z.infer<typeof Actor>;

/**
 * The state of the complaint right after the event, so that consumers need not read the complaint. Snapshots and payloads
 * together rebuild the complaint. `confirmBy` is present only while answered, `reviewBy` only while disputed.
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
  nextLevelAt: true,
  citizenIsMailed: true,
}).extend({
  /** Present in events of a retaliation report, which no agency may see. */
  retaliation: z.literal(true).optional(),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Fields of every event. `client` is the application and `person` the human who acted: only the centre reads the two. */
const eventFields = {
  version: z.int().min(1),
  at: Instant,
  by: Actor,
  clientId: z.string().optional(),
  person: z.string().optional(),
  after: Snapshot,
  maskedTexts: MaskedTexts.optional(),
};

/** The step that is overdue in a late complaint. */
export const EscalationStep = z.enum(["acknowledge", "answer", "review"]);
export type EscalationStep = z.infer<typeof EscalationStep>;

const Deadlines = Complaint.pick({ acknowledgeBy: true, answerBy: true });

/** A file that was added to the complaint. `fileName` is the download name: the original name often names a person. */
const AddedAttachment = z.object({
  attachmentId: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  size: z.int(),
});
export type AddedAttachment = z.infer<typeof AddedAttachment>;

/** The inspector's position, in degrees (WGS 84). */
export const Location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
/** Whether the inspector saw the fault that the citizen complains about. */
export const VisitResult = z.enum(["confirmed", "not-confirmed", "undetermined"]);

/** An inspector's report of a visit to an office. */
export const VisitReport = z.object({
  visitId: z.string(),
  arrivedAt: Instant,
  location: Location.strip().optional(),
  visitResult: VisitResult,
  text: z.string(),
});
export type VisitReport = z.infer<typeof VisitReport>;

/** Further fields of a new complaint, only for rebuilding it. Histories do not contain them. */
const FilingDetails = Complaint.pick({ language: true, officeId: true, retaliationFor: true });

/** Fields that answers and decisions share. Events from before causes existed have no cause. */
const judgementFields = {
  finding: Finding,
  cause: Slug.optional(),
  text: z.string(),
  actions: z.array(storedShapes.action),
};

/**
 * Only for counting: histories do not contain it. `phoneGiven`: the citizen left a phone number. Earlier releases also wrote a
 * key, which is ignored.
 */
const CountingDetails = z.object({ phoneGiven: z.literal(true).optional() });

function eventSchema<T extends string, S extends z.ZodRawShape>(type: T, payload: S) {
  return z.object({ type: z.literal(type), ...eventFields, ...payload });
}

/** Every type of event that can happen to a complaint, with its payload. Made when the first event is read: many functions read none. */
export const ComplaintEvent = z.lazy(() =>
  z.discriminatedUnion("type", [
    // Filings from before `origin` existed are read as Persian.
    eventSchema("filed", {
      channel: Channel,
      origin: FilingDetails.default({ language: "fa" }),
      statistics: CountingDetails.optional(),
    }),
    eventSchema("acknowledged", { officer: storedShapes.officer }),
    eventSchema("answered", { officer: storedShapes.officer, ...judgementFields }),
    eventSchema("accepted", {}),
    eventSchema("transferred", { fromAgencyId: Slug, toAgencyId: Slug, reason: z.string() }),
    eventSchema("extended", { reason: z.string(), previousAnswerBy: Instant }),
    eventSchema("disputed", { reason: z.string() }),
    eventSchema("withdrawn", { reason: z.string().optional() }),
    eventSchema("expired", {}),
    eventSchema("escalated", { level: z.int(), authority: Authority, step: EscalationStep, dueAt: Instant }),
    eventSchema("decided", { ...judgementFields, upholdsAnswer: z.boolean().optional() }),
    eventSchema("rejected", { reason: RejectionReason, text: z.string() }),
    eventSchema("message-posted", { text: z.string(), officer: storedShapes.officer.optional() }),
    eventSchema("attachment-added", AddedAttachment.shape),
    eventSchema("visit-reported", VisitReport.shape),
    eventSchema("statement-added", { employee: storedShapes.employee, text: z.string() }),
    // An overseer gives the agency a directive. `authority`: the overseer's office. `name`: the person, where known.
    eventSchema("directive-given", { text: z.string(), authority: Authority, name: z.string().optional() }),
    // The agency is reminded of promised actions that are due soon. `numbers`: as in `StoredPromise`.
    eventSchema("promise-reminded", { numbers: z.array(z.int().min(1)) }),
    // The agency says that it has done a promised action.
    eventSchema("promise-reported", { number: z.int().min(1), officer: storedShapes.officer, text: z.string() }),
    // The citizen says that the action was not done.
    eventSchema("promise-objected", { number: z.int().min(1), text: z.string() }),
    // An inspector says whether it was done.
    eventSchema("promise-judged", { number: z.int().min(1), kept: z.boolean(), text: z.string() }),
    eventSchema("deadlines-changed", {
      reason: z.string(),
      date: LocalDate,
      /** Present if special office hours were removed again. `reason` is then the reason of the removed hours. */
      reverted: z.literal(true).optional(),
      previousDeadlines: Deadlines,
    }),
    // An inspector linked the complaint to an issue, which is a cause that it shares with others, or ended the link.
    eventSchema("issue-linked", { issueId: IssueId }),
    eventSchema("issue-unlinked", { issueId: IssueId }),
  ]),
);
export type ComplaintEvent = z.infer<typeof ComplaintEvent>;
export type EventType = ComplaintEvent["type"];

export type EventOf<T extends EventType> = Extract<ComplaintEvent, { type: T }>;

/** The own fields of one type of event: without `type` and without the fields of every event. */
export type EventPayload<T extends EventType> = Omit<EventOf<T>, "type" | keyof typeof eventFields>;
/** The own fields of any type of event, with `type`. */
export type NewEvent = { [T in EventType]: { type: T } & EventPayload<T> }[EventType];

/** An event's id, as `eventId` builds it. */
export const EventId = z.string();

/** The id of an event: complaint id and event number, such as `QZ-7K3M-9XPT-Q/3`. */
export function eventId(complaintId: string, version: number): string {
  return `${complaintId}/${version}`;
}
