import * as z from "zod";
import { longestReason } from "../policy-numbers.ts";
import { comparableName, latinDigits, normalizeText, singleLineText, text } from "../text.ts";
import { Instant, LocalDate } from "../time/calendar.ts";
import { Channel, Slug } from "../vocabulary.ts";
import { ComplaintId } from "./identifier.ts";

export const Status = z.enum(["filed", "acknowledged", "answered", "disputed", "closed"]);
export type Status = z.infer<typeof Status>;

export const Finding = z.enum(["founded", "unfounded", "undetermined"]);

/** Why an inspector closes a case without a finding. */
export const RejectionReason = z.enum(["out-of-scope", "not-a-complaint"]);
export type RejectionReason = z.infer<typeof RejectionReason>;

/** How a closed complaint ended. */
export const Closure = z.enum(["confirmed", "unconfirmed", "decided", "withdrawn", ...RejectionReason.options]);
export type Closure = z.infer<typeof Closure>;

/** A personnel number in the form in which it is compared: Latin digits, capitals, no spaces. */
const PersonnelId = text({
  max: 30,
  form: (typed) => normalizeText(latinDigits(typed).toUpperCase()).replace(/\s/g, "").normalize("NFC"),
});

/** The person at the agency who handles the complaint. */
export const Officer = z.strictObject({
  name: singleLineText({ min: 2, max: 100 }),
  personnelId: PersonnelId.optional(),
});
export type Officer = z.infer<typeof Officer>;

/** The person complained of, of whom a citizen may know no more than the desk. */
export const Employee = z
  .strictObject({
    name: singleLineText({ min: 2, max: 100 }).optional(),
    personnelId: PersonnelId.optional(),
    desk: singleLineText({ max: 100 }).optional(),
  })
  .refine((employee) => Object.keys(employee).length > 0, { params: { rule: "person-missing" } })
  .meta({ minProperties: 1 });
export type Employee = z.infer<typeof Employee>;

export const PromisedAction = z.strictObject({ text: text({ min: 2, max: longestReason }), by: LocalDate.optional() });
export type PromisedAction = z.infer<typeof PromisedAction>;

/** What was taken once is read, though it might be refused today, and though it is longer where it is masked. */
const storedText = z.string();
/** The same three as they are stored: a field that a newer version has added is passed over, where a caller's is refused. */
export const storedShapes = {
  officer: z.object({ name: storedText, personnelId: storedText.optional() }),
  employee: z.object({ name: storedText.optional(), personnelId: storedText.optional(), desk: storedText.optional() }),
  action: z.object({ text: storedText, by: LocalDate.optional() }),
};

/**
 * Fields of a stored item that this code does not know: a newer version's. They are written back as they were, so that a
 * move by older code loses none.
 */
export const UnknownFields = z.record(z.string(), z.unknown()).optional();

/**
 * An inspector's visit to the office. One that the ladder ordered has no `plannedAt`: whoever goes chooses the time. It
 * is no part of the complaint: until it is reported, no agency may notice it.
 */
export const Visit = z.object({
  visitId: z.string(),
  orderedAt: Instant,
  plannedAt: Instant.optional(),
  reportedAt: Instant.optional(),
  newer: UnknownFields,
});
export type Visit = z.infer<typeof Visit>;

/**
 * A complaint as it stands after its last event, stored as its head: what the rules need and nothing a person wrote, so
 * that a move reads and writes one small item.
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
  /** Client id of the front end that filed it. */
  filedBy: z.string(),
  filedAt: Instant,
  /** Time of the last event. */
  movedAt: Instant,
  /** When the acknowledge clock started: at filing, or at the last transfer. */
  acknowledgeFrom: Instant,
  /** A retaliation report owes neither acknowledgement nor answer: both deadlines are then its `reviewBy`. */
  acknowledgeBy: Instant,
  answerBy: Instant,
  /** Whether `answerBy` was extended, which happens once at the most. */
  extended: z.literal(true).optional(),
  /** How often it was transferred, by agencies and inspectors. */
  transfers: z.int().min(0),
  confirmBy: Instant.optional(),
  reviewBy: Instant.optional(),
  /** How far it has climbed the escalation ladder. */
  level: z.int().min(0),
  /** While it is late: when the next rung is due. */
  nextRungAt: Instant.optional(),
  /** While it is late: name of the state machine's execution that waits for the next rung. */
  inCharge: z.string().optional(),
  officer: storedShapes.officer.optional(),
  /** How many messages and statements each side has written. */
  said: z.partialRecord(z.enum(["citizen", "agency", "inspector"]), z.int()).optional(),
  closure: Closure.optional(),
  closedAt: Instant.optional(),
  /** The inspector who decided or rejected it. */
  decidedBy: z.string().optional(),
  /** The earlier complaint that the citizen was made to pay for; no agency learns of a complaint that has it. */
  retaliationFor: ComplaintId.optional(),
  /** Whether the citizen is mailed, which is decided at filing: else no mail to the citizen is queued. */
  isMailed: z.literal(true).optional(),
  /** Keyed digests of what the citizen gave of themselves, by which later texts are masked without knowing it. */
  identityMarks: z.array(z.string()),
  /** The employee complained of, in comparable form. */
  accused: z.object({ name: z.string().optional(), personnelId: z.string().optional() }).optional(),
  newer: UnknownFields,
});
export type Complaint = z.infer<typeof Complaint>;

/** What was written at filing. An item of its own, since it never changes and moves need not read it. */
export const Narrative = z.object({
  description: z.string(),
  occurredAt: Instant.optional(),
  employee: storedShapes.employee.optional(),
  /** The texts that had to be masked, for readers who may not know the citizen. */
  masked: z.object({ description: z.string().optional(), employee: storedShapes.employee.optional() }).optional(),
});
export type Narrative = z.infer<typeof Narrative>;

/** By when the next step is due; lists are sorted by it. */
export function currentDeadline(complaint: Complaint): Instant {
  const { acknowledgeBy, answerBy, confirmBy = answerBy, reviewBy = answerBy } = complaint;
  const due: Record<Status, Instant> = {
    filed: acknowledgeBy,
    acknowledged: answerBy,
    answered: confirmBy,
    disputed: reviewBy,
    closed: confirmBy,
  };
  return due[complaint.status];
}

/** Whether the agency has answered an open complaint. A retaliation report begins as disputed, and was never answered. */
export function isAnsweredByAgency({ status, retaliationFor }: Complaint): boolean {
  return status === "answered" || (status === "disputed" && !retaliationFor);
}

/** The employee complained of, in the form that officers are compared with. */
export function accusedFrom({ name, personnelId }: Employee): Complaint["accused"] {
  return { name: name && comparableName(name), personnelId };
}

/** Whether the officer is the employee complained of: by the personnel id or by the name. */
export function isAccused(complaint: Complaint, officer: Officer): boolean {
  const { accused } = complaint;
  const sameId = accused?.personnelId !== undefined && accused.personnelId === officer.personnelId;
  // The name counts even where the personnel ids differ: one mistyped digit would otherwise let the accused answer.
  return sameId || (accused?.name !== undefined && accused.name === comparableName(normalizeText(officer.name)));
}
