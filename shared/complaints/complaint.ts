import * as z from "zod";
import { ComplaintId, IssueId } from "../identifier.ts";
import { type Officer, PersonnelId } from "../people/people.ts";
import { lateDisputeDays, longestReason } from "../policy-numbers.ts";
import { UnknownFields } from "../storage/newer-items.ts";
import { comparableName, normalizeText, singleLineText, text } from "../text.ts";
import { Instant, LocalDate } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { Channel, Slug } from "../vocabulary.ts";

export const Status = z.enum(["filed", "acknowledged", "answered", "disputed", "closed"]);
export type Status = z.infer<typeof Status>;

export const Finding = z.enum(["founded", "unfounded", "undetermined"]);
export type Finding = z.infer<typeof Finding>;

/** Why an inspector closes a case without a finding. */
export const RejectionReason = z.enum(["out-of-scope", "not-a-complaint"]);
export type RejectionReason = z.infer<typeof RejectionReason>;

/** How a closed complaint ended. */
export const Closure = z.enum(["accepted", "expired", "decided", "withdrawn", ...RejectionReason.options]);
export type Closure = z.infer<typeof Closure>;

/** The employee whom the complaint is about. A citizen may know only the employee's counter. */
export const Employee = z
  .strictObject({
    name: singleLineText({ min: 2, max: 100 }).optional(),
    personnelId: PersonnelId.optional(),
    counter: singleLineText({ max: 100 }).optional(),
  })
  .refine((employee) => Object.keys(employee).length > 0, { params: { rule: "person-missing" } })
  .meta({ minProperties: 1 });
export type Employee = z.infer<typeof Employee>;

export const PromisedAction = z.strictObject({
  text: text({ min: 2, max: longestReason }),
  dueOn: LocalDate.optional(),
});
export type PromisedAction = z.infer<typeof PromisedAction>;

/** Stored texts are read without the limits of requests: limits change, and masking makes a text longer. */
const storedText = z.string();
/** Stored officers, employees and actions. Unknown fields are ignored here, because a newer version may have added them. */
export const storedShapes = {
  officer: z.object({ name: storedText, personnelId: storedText.optional() }),
  employee: z.object({
    name: storedText.optional(),
    personnelId: storedText.optional(),
    counter: storedText.optional(),
  }),
  action: z.object({ text: storedText, dueOn: LocalDate.optional() }),
};

/**
 * An inspector's visit to the office. A visit that an escalation ordered has no `plannedAt`: its inspector chooses the
 * time. Visits are stored outside the complaint, because no agency may notice a visit before it is reported.
 */
export const Visit = z.object({
  visitId: z.string(),
  orderedAt: Instant,
  /** Present if an escalation ordered the visit: nobody can cancel it. */
  byClock: z.literal(true).optional(),
  /** The inspector who is to make the visit; absent until an inspector plans it. */
  inspector: z.string().optional(),
  plannedAt: Instant.optional(),
  /** Until when it must be reported. Planning it anew does not move this. */
  reportBy: Instant,
  reportedAt: Instant.optional(),
  cancelledAt: Instant.optional(),
  newer: UnknownFields,
});
export type Visit = z.infer<typeof Visit>;

/**
 * A promised action of an answer or a decision, as far as the rules need it. Its number is its place among all promised actions
 * of the complaint, counted from 1: those of the answer first, then those of the decision.
 */
export const StoredPromise = z.object({
  promisedAt: Instant,
  /** The day until whose end the action is promised; absent if the agency names none. */
  dueOn: LocalDate.optional(),
  /** When the agency was reminded. */
  remindedAt: Instant.optional(),
  /** When the agency reported that it kept the promise. */
  reportedAt: Instant.optional(),
  /** When the citizen objected to the report. */
  objectedAt: Instant.optional(),
  /** When an inspector said whether the promise was kept. */
  judgedAt: Instant.optional(),
});
export type StoredPromise = z.infer<typeof StoredPromise>;

/**
 * The state of a complaint after its last event, stored as its head. It holds the fields for the rules and no text that a
 * person wrote, so that a move reads and writes one small item.
 */
export const Complaint = z.object({
  id: ComplaintId,
  status: Status,
  /** Number of the last event. */
  version: z.int().min(1),
  agencyId: Slug,
  countyId: Slug,
  officeId: Slug.optional(),
  category: Slug,
  channel: Channel,
  language: z.enum(["fa", "en"]),
  /** Client id of the front end that filed the complaint. */
  filedBy: z.string(),
  filedAt: Instant,
  /** Time of the last event. */
  lastEventAt: Instant,
  /** When the acknowledgement deadline started to run: at filing, or at the last transfer. */
  acknowledgeFrom: Instant,
  /** In a retaliation report no agency must acknowledge or answer: both deadlines then equal `reviewBy`. */
  acknowledgeBy: Instant,
  answerBy: Instant,
  /** Present if `answerBy` was extended. It is extended once at most. */
  extended: z.literal(true).optional(),
  /** Number of transfers, by agencies and inspectors. */
  transferCount: z.int().min(0),
  /** When the agency answered. */
  answeredAt: Instant.optional(),
  /** The finding of the agency's answer. */
  answerFinding: Finding.optional(),
  confirmBy: Instant.optional(),
  reviewBy: Instant.optional(),
  /** Number of the highest escalation level that was reached; 0 at the start. */
  level: z.int().min(0),
  /** While the complaint is late: when the next escalation level is due. */
  nextLevelAt: Instant.optional(),
  /** While the complaint is late: name of the state machine's execution that waits for the next escalation level. */
  escalationExecution: z.string().optional(),
  officer: storedShapes.officer.optional(),
  /** How many messages, statements and directives each side has written. */
  messageCounts: z.partialRecord(z.enum(["citizen", "agency", "inspector", "overseer"]), z.int()).optional(),
  /** How many messages the citizen has written since an agency last acted on the complaint. */
  newMessages: z.int().optional(),
  /** When the agency wrote to the citizen, while the citizen has not reacted and the agency has not answered the complaint. */
  awaitingReplySince: Instant.optional(),
  /** The cause that the last answer or decision names. */
  cause: Slug.optional(),
  /** The promised actions of answer and decision, in the order of their numbers; absent if there are none. */
  promises: z.array(StoredPromise).optional(),
  closure: Closure.optional(),
  closedAt: Instant.optional(),
  /** The inspector who decided or rejected the complaint. */
  decidedBy: z.string().optional(),
  /** The issue to which an inspector linked the complaint: others have the same cause. A transfer ends the link. */
  issueId: IssueId.optional(),
  /** Makes this a retaliation report, which no agency may see: the complaint for which the agency retaliated. */
  retaliationFor: ComplaintId.optional(),
  /** Present if the citizen gets mails, which is decided at filing. */
  citizenIsMailed: z.literal(true).optional(),
  /** Keyed digests of the citizen's identity. Later texts are masked with them, without reading the identity. */
  identityDigests: z.array(z.string()),
  /** Which of the complaint's secrets opens it, where an inspector renewed it; absent while it is the first. */
  secretGeneration: z.int().min(1).optional(),
  /** When an inspector last renewed the secret. */
  secretRenewedAt: Instant.optional(),
  /** The employee whom the complaint is about, in the form that is compared. */
  accused: z.object({ name: z.string().optional(), personnelId: z.string().optional() }).optional(),
  newer: UnknownFields,
});
export type Complaint = z.infer<typeof Complaint>;

/** The texts of the filing. They are a separate item, because they never change and moves do not need them. */
export const Narrative = z.object({
  description: z.string(),
  occurredAt: Instant.optional(),
  employee: storedShapes.employee.optional(),
  /** The texts in masked form, for readers who may not know the citizen. Texts that needed no masking are absent. */
  maskedTexts: z.object({ description: z.string().optional(), employee: storedShapes.employee.optional() }).optional(),
});
export type Narrative = z.infer<typeof Narrative>;

/** A step that has a deadline. `confirm` is the citizen's time to accept or dispute the answer. */
export const Step = z.enum(["acknowledge", "answer", "confirm", "review"]);
export type Step = z.infer<typeof Step>;

const stepByStatus: Record<Status, Step> = {
  filed: "acknowledge",
  acknowledged: "answer",
  answered: "confirm",
  disputed: "review",
  closed: "confirm",
};

/** The deadline of the next step; of a closed complaint, the last one. */
export function currentDeadline(complaint: Complaint): Instant {
  return complaint[`${stepByStatus[complaint.status]}By`] ?? complaint.answerBy;
}

/** The next step of an open complaint, and its deadline; undefined for a closed complaint. */
export function nextStep(complaint: Complaint): { step: Step; by: Instant } | undefined {
  if (complaint.status === "closed") return undefined;
  return { step: stepByStatus[complaint.status], by: currentDeadline(complaint) };
}

/** Since when the agency or the inspectors are late with their step; undefined while nobody is. A citizen is never late. */
export function lateSince(complaint: Complaint, now: Instant): Instant | undefined {
  const { step, by } = nextStep(complaint) ?? {};
  return step !== "confirm" && by !== undefined && by <= now ? by : undefined;
}

/** Until when a step in a county counts as due soon. */
export type SoonUntil = (countyId: string) => Instant;

/** Whether the next step of the agency or the inspectors is due soon, and not late. */
export function isDueSoon(complaint: Complaint, { now, soonUntil }: { now: Instant; soonUntil: SoonUntil }): boolean {
  const { step, by } = nextStep(complaint) ?? {};
  if (by === undefined || step === "confirm" || by <= now) return false;
  return by <= soonUntil(complaint.countyId);
}

/** Whether the agency has answered an open complaint. A retaliation report starts as disputed without any answer. */
export function isAnsweredByAgency({ status, retaliationFor }: Complaint): boolean {
  return status === "answered" || (status === "disputed" && !retaliationFor);
}

/** Until when the citizen may dispute the answer of a case that closed in silence; undefined if it did not. */
export function lateDisputeBy({ closure, closedAt }: Pick<Complaint, "closure" | "closedAt">): Instant | undefined {
  return closure === "expired" && closedAt ? addMilliseconds(closedAt, lateDisputeDays * dayMs) : undefined;
}

/** The employee whom the complaint is about, in the form in which `isAccused` compares officers with it. */
export function accusedFrom({ name, personnelId }: Employee): Complaint["accused"] {
  return { name: name && comparableName(name), personnelId };
}

/** Whether the officer is the employee whom the complaint is about, by personnel id or by name. */
export function isAccused(complaint: Complaint, officer: Officer): boolean {
  const { accused } = complaint;
  const sameId = accused?.personnelId !== undefined && accused.personnelId === officer.personnelId;
  // The name counts even if the personnel ids differ: one mistyped digit would otherwise let the accused answer.
  return sameId || (accused?.name !== undefined && accused.name === comparableName(normalizeText(officer.name)));
}
