import * as z from "zod";
import type { Principal } from "../people/principal.ts";
import { isSandbox } from "../province/directory.ts";
import { Instant } from "../time/calendar.ts";
import { Authority } from "../vocabulary.ts";
import { Complaint } from "./complaint.ts";
import type { ConfidentialEntry, ConfidentialEntryType } from "./confidential-log.ts";
import { Actor, type ComplaintEvent, type EventOf, type EventType, Snapshot } from "./event.ts";
import { messageFieldsAfter } from "./message-fields.ts";
import { promisesAfter } from "./promise-fields.ts";

/** The complaint after an event. State follows from events only here, for moves and for rebuilding alike. */
export function evolve(before: Complaint, event: ComplaintEvent): Complaint {
  const changed = { ...fieldsAfterEvent(event, before), ...fieldsChangedBy(event, before) };
  return { ...before, ...changed, ...messageFieldsAfter(event, before), promises: promisesAfter(event, before) };
}

/** The changes of an event besides its snapshot `after`. `fieldsAfterEvent` applies the snapshot of every event. */
function fieldsChangedBy(event: ComplaintEvent, before: Complaint): Partial<Complaint> {
  switch (event.type) {
    case "acknowledged":
      return { officer: event.officer };
    case "answered":
      return { officer: event.officer, cause: event.cause, answeredAt: event.at, answerFinding: event.finding };
    case "transferred":
      return { transferCount: before.transferCount + 1, acknowledgeFrom: event.at, ...leftByTransfer };
    case "extended":
      return { extended: true };
    case "accepted":
    case "withdrawn":
    case "expired":
      return { closure: event.type, closedAt: event.at };
    case "decided":
      return { cause: event.cause, closure: "decided", closedAt: event.at, decidedBy: event.person };
    case "rejected":
      return { closure: event.reason, closedAt: event.at, decidedBy: event.person };
    case "message-posted":
    case "statement-added":
    case "directive-given":
      return withOneMoreMessage(event, before);
    // A case that closed in silence is open again.
    case "disputed":
      return { closure: undefined, closedAt: undefined };
    case "issue-linked":
    case "issue-unlinked":
      return { issueId: event.type === "issue-linked" ? event.issueId : undefined };
    case "filed":
    case "escalated":
    case "attachment-added":
    case "visit-reported":
    case "promise-reminded":
    case "promise-reported":
    case "promise-objected":
    case "promise-judged":
    case "deadlines-changed":
      return {};
  }
}

const leftByTransfer = { officer: undefined, officeId: undefined, issueId: undefined };

function withOneMoreMessage({ by }: ComplaintEvent, { messageCounts }: Complaint): Partial<Complaint> {
  if (by !== "citizen" && by !== "agency" && by !== "inspector" && by !== "overseer") return {};
  return { messageCounts: { ...messageCounts, [by]: (messageCounts?.[by] ?? 0) + 1 } };
}

type HeadOnlyDeadlines = Pick<Complaint, "escalationExecution" | "confirmBy" | "reviewBy">;

function fieldsAfterEvent({ version, at, after }: ComplaintEvent, before: HeadOnlyDeadlines) {
  const { retaliation: _, confirmBy = before.confirmBy, reviewBy = before.reviewBy, nextLevelAt, ...standing } = after;
  // Without a next level no execution is in charge. One that still waits will find nothing to raise.
  const escalationExecution = nextLevelAt && before.escalationExecution;
  return { ...standing, version, lastEventAt: at, confirmBy, reviewBy, nextLevelAt, escalationExecution };
}

/**
 * Fields of the complaint that no event contains, so that no consumer of events learns the complainant, the accused or a renewed
 * secret. Nor do events contain `escalationExecution`: it belongs to the state machine, and a rebuilt complaint has none.
 */
export const StateOutsideEvents = Complaint.pick({
  id: true,
  identityDigests: true,
  secretGeneration: true,
  secretRenewedAt: true,
  accused: true,
});
export type StateOutsideEvents = Pick<Complaint, keyof typeof StateOutsideEvents.shape>;

/** A complaint after its first event. */
export function headAfterFiling(filed: EventOf<"filed">, stateOutsideEvents: StateOutsideEvents): Complaint {
  const { at, clientId = "", channel, origin } = filed;
  const filing = { ...origin, channel, filedBy: clientId, filedAt: at, acknowledgeFrom: at };
  return { ...stateOutsideEvents, ...filing, transferCount: 0, ...fieldsAfterEvent(filed, {}) };
}

/** Rebuilds a complaint from all its events in order. Undefined if the first event is not its filing. */
export function foldEvents(
  [filed, ...later]: ComplaintEvent[],
  stateOutsideEvents: StateOutsideEvents,
): Complaint | undefined {
  return filed?.type === "filed" ? later.reduce(evolve, headAfterFiling(filed, stateOutsideEvents)) : undefined;
}

/** Who can see events: in views and feeds, and by queue and mail. */
export type Viewer = Exclude<Principal["caller"], "admin" | "person" | "reviewer" | "personnel" | "employee">;

const allViewers: readonly Viewer[] = ["citizen", "agency", "inspector", "overseer", "front-end"];
const allButFrontEnds: readonly Viewer[] = ["citizen", "agency", "inspector", "overseer"];
const citizenAndInspector: readonly Viewer[] = ["citizen", "inspector"];

/**
 * Who may see each type of event. Where the citizen may not see an event, the citizen's history shows `internal` instead,
 * so that its numbers have no gap. Other histories omit the event.
 */
export const audience: Record<EventType | ConfidentialEntryType, readonly Viewer[]> = {
  filed: allViewers,
  acknowledged: allViewers,
  transferred: allViewers,
  extended: allViewers,
  answered: allViewers,
  accepted: allViewers,
  disputed: allViewers,
  decided: allViewers,
  rejected: allViewers,
  withdrawn: allViewers,
  expired: allViewers,
  escalated: allViewers,
  "deadlines-changed": allViewers,
  "message-posted": allViewers,
  "attachment-added": allViewers,
  "visit-reported": allViewers,
  // A front end may belong to another agency: it learns neither of directives to this agency, nor of shared causes.
  "directive-given": allButFrontEnds,
  "issue-linked": allButFrontEnds,
  "issue-unlinked": allButFrontEnds,
  // Only the agency and the citizen are concerned by a promise.
  "promise-reminded": allButFrontEnds,
  "promise-reported": allButFrontEnds,
  "promise-objected": allButFrontEnds,
  "promise-judged": allButFrontEnds,
  // A statement is for the inspector who judges the employee. The employee must not reach the complainant with it.
  "statement-added": ["agency", "inspector"],
  // The confidential log: an office that knew of a visit would prepare for it, and an agency may run a front end.
  "visit-ordered": citizenAndInspector,
  "visit-planned": citizenAndInspector,
  "visit-cancelled": citizenAndInspector,
  "visit-overdue": citizenAndInspector,
  "identity-read": citizenAndInspector,
  "renewal-requested": citizenAndInspector,
  "secret-renewed": citizenAndInspector,
  "consent-given": citizenAndInspector,
  "consent-withdrawn": citizenAndInspector,
  "identity-erased": citizenAndInspector,
  "texts-erased": citizenAndInspector,
  // Inspectors see an opinion only if they must act on it (`historyFor`).
  "opinion-given": citizenAndInspector,
  "call-consent-given": citizenAndInspector,
  "call-consent-withdrawn": citizenAndInspector,
  "sms-consent-given": citizenAndInspector,
  "sms-consent-withdrawn": citizenAndInspector,
  "phone-read": citizenAndInspector,
  "notice-call-recorded": citizenAndInspector,
  "read-to-citizen": citizenAndInspector,
  "call-recorded": citizenAndInspector,
  "call-digits-chosen": citizenAndInspector,
  "call-opened": citizenAndInspector,
  "call-digits-wrong": citizenAndInspector,
  // An inspector who saw who answered could count the answers before the result.
  "issue-call-recorded": ["citizen"],
  "notice-opened": citizenAndInspector,
  "notice-agreed": ["citizen"],
  "notice-disagreed": ["citizen"],
  "notice-served": citizenAndInspector,
  "notice-ended": citizenAndInspector,
  "notice-due": ["inspector"],
  "dispute-lodged-by-phone": citizenAndInspector,
  // A hold often means a lawsuit, and an agency must not learn of it.
  "hold-set": citizenAndInspector,
  "hold-lifted": citizenAndInspector,
};

export function isVisibleTo(viewer: Viewer, { type }: { type: EventType | ConfidentialEntryType }): boolean {
  return audience[type].includes(viewer);
}

/** The agencies that receive an event: the agency that holds the complaint and, at a transfer, the previous agency. */
export function agenciesToNotify(event: ComplaintEvent | ConfidentialEntry): string[] {
  const { agencyId, retaliation } = event.after;
  if (retaliation || !isVisibleTo("agency", event)) return [];
  return event.type === "transferred" ? [event.fromAgencyId, agencyId] : [agencyId];
}

/** Who receives a mail: the citizen, the agency's inspection unit, or the authority of an escalation level. */
export const MailRole = z.enum(["citizen", "inspection-unit", ...Authority.options]);
export type MailRole = z.infer<typeof MailRole>;

/** The fields of the complaint that mails use besides those of the event. */
export const MailSubject = Complaint.pick({
  id: true,
  status: true,
  level: true,
  agencyId: true,
  filedBy: true,
  language: true,
  filedAt: true,
  confirmBy: true,
  reviewBy: true,
});
export type MailSubject = z.infer<typeof MailSubject>;

/** A type of event, or of entry of the confidential log. */
type AnyType = EventType | ConfidentialEntryType;

/**
 * Who gets a mail about each type of event. An agency gets no mail about its own actions, nor about events that require
 * nothing from it.
 */
const rolesByEvent = {
  filed: ["citizen", "inspection-unit"],
  acknowledged: ["citizen"],
  answered: ["citizen"],
  extended: ["citizen"],
  // Anybody with the secret can accept, dispute and withdraw. A citizen who did not do it must hear of it.
  accepted: ["citizen"],
  // The inspection unit of the receiving agency. The previous agency knows of its own transfer.
  transferred: ["citizen", "inspection-unit"],
  // The centre decides a dispute. The agency has answered already.
  disputed: ["citizen", "inspection-centre"],
  decided: ["citizen", "inspection-unit"],
  rejected: ["citizen", "inspection-unit"],
  // So that the agency stops working on it.
  withdrawn: ["citizen", "inspection-unit"],
  expired: ["citizen"],
  // A late agency must know which authority was informed. The citizen must know that somebody follows up the delay.
  escalated: ["citizen", "inspection-unit", "authority"],
  // The centre gets the mail about the escalation level that orders visits. An agency that knew would prepare the office.
  "visit-ordered": [],
  "visit-planned": [],
  "visit-cancelled": [],
  "visit-overdue": ["inspection-centre"],
  // Anybody with the secret can give and take back consent. After an erasure there is no address left.
  "consent-given": ["citizen"],
  "consent-withdrawn": ["citizen"],
  "identity-erased": [],
  "texts-erased": [],
  "visit-reported": ["citizen", "inspection-unit"],
  "message-posted": ["citizen", "inspection-unit"],
  "directive-given": ["citizen", "inspection-unit"],
  "promise-reminded": ["inspection-unit"],
  // The citizen has some days to object.
  "promise-reported": ["citizen"],
  "promise-objected": ["citizen", "inspection-centre"],
  "promise-judged": ["citizen", "inspection-unit"],
  // These require nothing from anybody.
  "attachment-added": [],
  "statement-added": [],
  "issue-linked": [],
  "issue-unlinked": [],
  "identity-read": ["citizen"],
  // The renewal itself is mailed.
  "renewal-requested": [],
  // A citizen who did not ask for a new secret must learn that the old one no longer works.
  "secret-renewed": ["citizen"],
  "opinion-given": [],
  // No mail mentions calls: somebody else who reads the citizen's mail would learn of them.
  "call-consent-given": [],
  "call-consent-withdrawn": [],
  "sms-consent-given": [],
  "sms-consent-withdrawn": [],
  "hold-set": [],
  "hold-lifted": [],
  "phone-read": [],
  "notice-call-recorded": [],
  "read-to-citizen": [],
  "call-recorded": [],
  "call-digits-chosen": [],
  "call-opened": [],
  "call-digits-wrong": [],
  "issue-call-recorded": [],
  "notice-opened": ["citizen"],
  "notice-agreed": [],
  "notice-disagreed": [],
  "notice-served": ["citizen"],
  "notice-ended": ["citizen"],
  "notice-due": ["inspection-centre"],
  // The dispute itself is mailed like any other.
  "dispute-lodged-by-phone": [],
  // Longer office hours make a deadline earlier.
  "deadlines-changed": ["citizen", "inspection-unit"],
} as const satisfies Record<AnyType, readonly (MailRole | "authority")[]>;

/** The fields of an event that mails use. No field contains a text that a person wrote, so no mail can quote one. */
export const MailTrigger = z.object({
  type: z.enum(Object.keys(rolesByEvent) as [AnyType, ...AnyType[]]),
  at: Instant,
  by: Actor,
  after: Snapshot,
  /** The authority that a late complaint was escalated to, or that gave a directive. */
  authority: Authority.optional(),
});
export type MailTrigger = z.infer<typeof MailTrigger>;

/** The roles that `rolesByEvent` names for one type of event. */
export type MailedRole<T extends MailTrigger["type"]> = (typeof rolesByEvent)[T][number];

/** The roles that are never mailed about a retaliation report: the agency's own people and the governors of counties. */
const rolesWithoutRetaliation: readonly MailRole[] = ["inspection-unit", "agency-head", "county-governor"];
/** The mail role of each author of messages: nobody gets a mail about their own message. */
const roleByAuthor: Partial<Record<MailTrigger["by"], MailRole>> = { citizen: "citizen", agency: "inspection-unit" };

/** The roles that get a mail about an event. Events of the sandbox are not mailed. */
export function rolesToMail({
  type,
  by,
  authority,
  after,
}: Pick<MailTrigger, "type" | "by" | "authority" | "after">): MailRole[] {
  if (isSandbox(after)) return [];
  return rolesOfEvent({ type, after })
    .flatMap((role) => (role === "authority" ? (authority ?? []) : role))
    .filter((role) => role !== "citizen" || after.citizenIsMailed)
    .filter((role) => !after.retaliation || !rolesWithoutRetaliation.includes(role))
    .filter((role) => type !== "message-posted" || role !== roleByAuthor[by]);
}

/**
 * The roles of `rolesByEvent`, with two exceptions that concern the centre: it reviews a retaliation report from the
 * start, and it must know that its own review is late.
 */
function rolesOfEvent({ type, after }: Pick<MailTrigger, "type" | "after">): readonly (MailRole | "authority")[] {
  if (type === "filed" && after.retaliation) return ["citizen", "inspection-centre"];
  if (type === "escalated" && after.status === "disputed") return ["citizen", "inspection-centre", "authority"];
  return rolesByEvent[type];
}
