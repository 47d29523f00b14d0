import { Fault, invalidFault } from "../fault.ts";
import type { DeadlinePolicy } from "../hours/deadline-policy.ts";
import { type Calendar, deadlineAfter } from "../hours/office-clock.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { furthestVisitDays, mostVisitPlans, mostVisits } from "../policy-numbers.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { assertCaller } from "./access.ts";
import { attributionOf, type CommandContext, createEntry } from "./change.ts";
import type { Complaint, Visit } from "./complaint.ts";
import type { ConfidentialEntry, ConfidentialEntryOf, NewEntry } from "./confidential-log.ts";
import { assertNotClosed, refuseWithoutOpenVisit, wrongStateFault } from "./refusals.ts";

type InspectorContext = CommandContext<PrincipalOf<"inspector">> & { confidentialLog: readonly ConfidentialEntry[] };

/** When a visit must be reported. It counts from the order, or from the planned time if that is later. */
export type VisitTerms = { policy: DeadlinePolicy; calendar: Calendar };

export function reportDeadline({ policy, calendar }: VisitTerms, start: Instant): Instant {
  return deadlineAfter({ start, policy, calendar });
}

type VisitOrder = InspectorContext & {
  visitId: string;
  inspector: string;
  plannedAt: Instant;
  terms: VisitTerms;
};

/** An inspector orders a visit to the office, at a time that lies in the future. */
export function orderVisit(
  complaint: Complaint,
  { by, now, confidentialLog, visitId, inspector, plannedAt, terms }: VisitOrder,
): NewEntry {
  assertCaller(complaint, { by, callers: ["inspector"] });
  assertNotClosed(complaint);
  const ordered = confidentialLog.filter(({ type }) => type === "visit-ordered");
  if (ordered.length >= mostVisits) throw wrongStateFault(complaint, "visit-limit");
  refuseImpossiblePlan(plannedAt, now);
  const reportBy = reportDeadline(terms, plannedAt);
  const payload = { type: "visit-ordered" as const, visitId, inspector, plannedAt, reportBy };
  return createEntry(complaint, { now, by: attributionOf(by), payload });
}

function refuseImpossiblePlan(plannedAt: Instant, now: Instant): void {
  if (plannedAt < now) throw invalidFault("plannedAt", "in-the-past");
  if (plannedAt > addMilliseconds(now, furthestVisitDays * dayMs))
    throw invalidFault("plannedAt", "too-far-ahead", { values: { limit: furthestVisitDays } });
}

type OpenVisitCommand = InspectorContext & { visit: Visit | undefined };

/**
 * An inspector plans a visit, moves it, or assigns it to a colleague. The deadline of its report stays. Returns the entry and
 * the visit as it is then. Throws `not-found`, `wrong-state` and `invalid`.
 */
export function planVisit(
  complaint: Complaint,
  { visit, plannedAt, inspector, ...command }: OpenVisitCommand & { plannedAt: Instant; inspector: string },
): { entry: NewEntry; visit: Visit } {
  const open = openVisit(complaint, { visit, ...command });
  const { now, by, confidentialLog } = command;
  if (confidentialLog.filter(({ type }) => type === "visit-planned").length >= mostVisitPlans)
    throw wrongStateFault(complaint, "visit-limit");
  refuseImpossiblePlan(plannedAt, now);
  // A visit that is late already may be planned for any time.
  if (now < open.reportBy && plannedAt > open.reportBy) throw invalidFault("plannedAt", "after-report-deadline");
  const payload = { type: "visit-planned" as const, visitId: open.visitId, inspector, plannedAt };
  const entry = createEntry(complaint, { now, by: attributionOf(by), payload });
  return { entry, visit: { ...open, inspector, plannedAt } };
}

/** An inspector cancels a visit that an inspector ordered. The clock's visit must be made. */
export function cancelVisit(
  complaint: Complaint,
  { visit, reason, ...command }: OpenVisitCommand & { reason: string },
): { entry: NewEntry; visit: Visit } {
  const open = openVisit(complaint, { visit, ...command });
  if (open.byClock) throw wrongStateFault(complaint, "visit-by-clock");
  const payload = { type: "visit-cancelled" as const, visitId: open.visitId, reason };
  const entry = createEntry(complaint, { now: command.now, by: attributionOf(command.by), payload });
  return { entry, visit: { ...open, cancelledAt: entry.at } };
}

function openVisit(complaint: Complaint, { by, visit }: OpenVisitCommand): Visit {
  assertCaller(complaint, { by, callers: ["inspector"] });
  const refusal = refuseWithoutOpenVisit(complaint, { visit });
  if (refusal) throw refusal;
  assertNotClosed(complaint);
  if (!visit) throw new Fault("not-found");
  return visit;
}

/**
 * Records once that a visit was not reported in time. Undefined if that stands in the log, the visit is over or not due, or
 * its complaint is closed.
 */
export function noteOverdueVisit(
  complaint: Complaint,
  { visit, confidentialLog, now }: { visit: Visit; confidentialLog: readonly ConfidentialEntry[]; now: Instant },
): NewEntry | undefined {
  if (!isVisitOpen(visit) || complaint.status === "closed" || now < visit.reportBy) return undefined;
  if (isNotedOverdue(visit, confidentialLog)) return undefined;
  const payload = { type: "visit-overdue" as const, visitId: visit.visitId };
  return createEntry(complaint, { now, by: { by: "system" }, payload });
}

/** Whether the log says already that the visit was not reported in time. */
export function isNotedOverdue({ visitId }: Visit, confidentialLog: readonly ConfidentialEntry[]): boolean {
  return confidentialLog.some((entry) => entry.type === "visit-overdue" && entry.visitId === visitId);
}

export const isVisitOpen = ({ reportedAt, cancelledAt }: Visit) => !reportedAt && !cancelledAt;

/** The visit that an order begins. */
export function visitFromEntry(entry: Omit<ConfidentialEntryOf<"visit-ordered">, "entryNumber">): Visit {
  const { visitId, at, by, inspector, plannedAt, reportBy } = entry;
  return { visitId, orderedAt: at, inspector, plannedAt, reportBy, ...(by === "system" && { byClock: true as const }) };
}
