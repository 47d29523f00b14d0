import * as z from "zod";
import { comparableName, latinDigits, normalizeText, text } from "../text.ts";
import { LocalDate } from "../time/calendar.ts";
import { Instant } from "../time/instant.ts";
import { Channel, Slug } from "../vocabulary.ts";
import { ComplaintId } from "./identifier.ts";

export const Status = z.enum(["filed", "acknowledged", "answered", "disputed", "closed"]);
export type Status = z.infer<typeof Status>;

/** How a closed complaint ended. */
export const Closure = z.enum(["confirmed", "unconfirmed", "decided", "withdrawn", "out-of-scope"]);
export type Closure = z.infer<typeof Closure>;

export const Finding = z.enum(["founded", "unfounded", "undetermined"]);

/** Why an inspector closes a case without a finding. */
export const RejectionReason = z.enum(["out-of-scope", "not-a-complaint"]);

/** A number a person carries at work, as it is compared: Latin digits, capitals, no spaces. */
const PersonnelId = text({ max: 30 }).overwrite((typed) => latinDigits(typed).toUpperCase().replace(/\s/g, ""));

/** The agency's person who handles a complaint. */
export const Officer = z.strictObject({ name: text({ min: 2, max: 100 }), personnelId: PersonnelId.optional() });
export type Officer = z.infer<typeof Officer>;

/** The person complained of; may be known by no more than a desk. */
export const Employee = z
  .strictObject({
    name: text({ min: 2, max: 100 }).optional(),
    personnelId: PersonnelId.optional(),
    desk: text({ max: 100 }).optional(),
  })
  .refine((employee) => Object.keys(employee).length > 0, { params: { rule: "somebody" } })
  .meta({ minProperties: 1 });
export type Employee = z.infer<typeof Employee>;

export const PromisedAction = z.strictObject({ text: text({ min: 2, max: 1_000 }), by: LocalDate.optional() });
export type PromisedAction = z.infer<typeof PromisedAction>;

/** An inspector's way to the office; one that the ladder ordered is planned by whoever goes. */
export const Visit = z.object({
  visitId: z.string(),
  orderedAt: Instant,
  plannedAt: Instant.optional(),
  reportedAt: Instant.optional(),
});
export type Visit = z.infer<typeof Visit>;

/**
 * A complaint as it stands after its last event: what the rules need and nothing a person wrote, so that a move
 * reads and writes one small item.
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
  /** The front end that filed it. */
  filedBy: z.string(),
  filedAt: Instant,
  /** Time of the last event. */
  movedAt: Instant,
  /** When the acknowledge clock started: at filing, or at the last transfer. */
  acknowledgeFrom: Instant,
  /** A retaliation report owes neither of the two; both then stand at `reviewBy`. */
  acknowledgeBy: Instant,
  answerBy: Instant,
  /** Whether the answer's clock was extended; it is once at the most. */
  extended: z.literal(true).optional(),
  /** How often an agency or inspector sent it on. */
  transfers: z.int().min(0),
  confirmBy: Instant.optional(),
  reviewBy: Instant.optional(),
  /** How far it has climbed the escalation ladder. */
  level: z.int().min(0),
  /** While it is late: when the next rung is due. */
  nextRungAt: Instant.optional(),
  /** While it is late: the execution that waits for the next rung. */
  inCharge: z.string().optional(),
  officer: Officer.optional(),
  visits: z.array(Visit),
  /** How many messages and statements each has written. */
  said: z.partialRecord(z.enum(["citizen", "agency", "inspector"]), z.int()).optional(),
  closure: Closure.optional(),
  closedAt: Instant.optional(),
  /** The inspector who decided or rejected it. */
  decidedBy: z.string().optional(),
  rating: z.int().min(1).max(5).optional(),
  /** The earlier complaint that the citizen was made to pay for; no agency learns of a complaint that has it. */
  retaliationFor: ComplaintId.optional(),
  /** Whether the agency may know who complains. */
  identityShared: z.boolean(),
  /** Whether the citizen left an e-mail address, so that nobody looks for one in vain. */
  hasEmail: z.literal(true).optional(),
  /** Keyed digests of the citizen's name and numbers, by which later texts are masked without knowing them. */
  identityMarks: z.array(z.string()),
  /** The employee complained of, in comparable form. */
  accused: z.object({ name: z.string().optional(), personnelId: z.string().optional() }).optional(),
});
export type Complaint = z.infer<typeof Complaint>;

/** What was written when the complaint was filed; never changes, so no move pays for it. */
export const Narrative = z.object({
  description: z.string(),
  occurredAt: Instant.optional(),
  employee: Employee.optional(),
  /** The texts as whoever may not know the citizen reads them, where something had to be masked. */
  masked: z.object({ description: z.string().optional(), employee: Employee.optional() }).optional(),
});
export type Narrative = z.infer<typeof Narrative>;

/** When what is owed now is due: the order of an inbox. */
export function owedBy(complaint: Complaint): Instant {
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

/** The employee in the form officers are compared with. */
export function accusedOf({ name, personnelId }: Employee): Complaint["accused"] {
  return { name: name && comparableName(name), personnelId };
}

/** Whether the officer is the employee complained of: the same personnel id, else the same name. */
export function isAccused(complaint: Complaint, officer: Officer): boolean {
  const { accused } = complaint;
  const sameId = accused?.personnelId !== undefined && accused.personnelId === officer.personnelId;
  // Also where both have a number: one digit mistyped would otherwise let the accused answer.
  return sameId || (accused?.name !== undefined && accused.name === comparableName(normalizeText(officer.name)));
}
