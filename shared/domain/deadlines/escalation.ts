import { applyEvents, type Change, createEntry } from "../complaint/change.ts";
import { type Complaint, currentDeadline, type Status } from "../complaint/complaint.ts";
import type { NewEntry } from "../complaint/confidential-log.ts";
import { isSandbox } from "../complaint/directory.ts";
import type { EscalationStep } from "../complaint/event.ts";
import type { Instant } from "../time/calendar.ts";
import { minuteMs } from "../time/duration.ts";
import { type Calendar, deadlineAfter } from "../time/office-clock.ts";
import type { Authority } from "../vocabulary.ts";
import type { EscalationLevels } from "./terms.ts";

/** What can be late in which status; a complaint in any other does not climb. */
const escalationStepOf: Record<Status, EscalationStep | undefined> = {
  filed: "acknowledge",
  acknowledged: "answer",
  answered: undefined,
  disputed: "review",
  closed: undefined,
};

/** Where a late review goes first: the centre itself is late with it, so somebody above the centre must hear. */
const firstHolderAboveCentre: Authority = "governor-general";

/**
 * When the clock must act on a complaint next: at its deadline, while it is late at the next rung, while answered at
 * the end of the confirmation window. Undefined where time changes nothing any more, and in the sandbox.
 */
export function nextDueAt(complaint: Complaint, ladder: EscalationLevels): Instant | undefined {
  if (complaint.status === "closed" || isSandbox(complaint)) return undefined;
  if (complaint.status === "answered") return complaint.confirmBy;
  if (complaint.level >= ladder.length) return undefined;
  return complaint.nextRungAt ?? currentDeadline(complaint);
}

type EscalationInput = {
  /** When the rung to raise was due, as the caller knows it: another instant now means that the complaint moved on. */
  due: Instant;
  /** Name of the state machine's execution that raises it. */
  execution: string;
  now: Instant;
  ladder: EscalationLevels;
  calendar: Calendar;
  /** For the visit, should this rung order one. */
  visitId: string;
};

/**
 * Raises a late complaint by one rung; undefined where it has moved on or this rung was raised before. The wait for the
 * next rung counts from the instant this one was due, not from when it was raised.
 */
export function escalate(
  complaint: Complaint,
  { due, execution, now, ladder, calendar, visitId }: EscalationInput,
): (Change & { notes: NewEntry[] }) | undefined {
  const late = escalationStepOf[complaint.status];
  if (!late || nextDueAt(complaint, ladder) !== due || now < due) return undefined;
  const level = nextLevel(complaint, ladder);
  const [escalationLevel, next] = [ladder[level - 1], ladder[level]];
  if (!escalationLevel) return undefined;
  const nextRungAt = next?.after && deadlineAfter({ start: due, policy: next.after, calendar });
  const by = { by: "clock" } as const;
  const { complaint: raised, events } = applyEvents(complaint, {
    now,
    by,
    changes: { level, nextRungAt },
    payloads: [{ type: "escalated", level, holder: escalationLevel.holder, owed: late, dueAt: due }],
  });
  const entries = escalationLevel.ordersVisit
    ? [createEntry(raised, { now, by, payload: { type: "visit-ordered", visitId } })]
    : [];
  return { complaint: { ...raised, inCharge: nextRungAt && execution }, events, notes: entries };
}

/** One rung up; a late review goes at least above the centre, and the rungs it skips are never raised. */
function nextLevel({ level, status }: Complaint, ladder: EscalationLevels): number {
  if (status !== "disputed") return level + 1;
  const above = ladder.findIndex(({ holder }) => holder === firstHolderAboveCentre) + 1;
  return Math.max(level + 1, above);
}

/** How late the execution in charge may be before another one takes its place. */
export const restartAfterMs = 5 * minuteMs;

type DueEscalation = Pick<Complaint, "id" | "level" | "inCharge"> & { dueAt: Instant };

/**
 * The name of the execution to start for a due complaint; undefined while the one in charge is not overdue itself. A
 * name holds for five minutes and can start only one execution, so of several sweeps only the first starts one.
 */
export function executionNameFor({ id, level, inCharge, dueAt }: DueEscalation, now: Instant): string | undefined {
  const overdue = Date.parse(now) - Date.parse(dueAt);
  if (inCharge && overdue < restartAfterMs) return undefined;
  const attempt = Math.floor(overdue / restartAfterMs);
  return `${id}-${level}-${dueAt.replace(/\D/g, "")}-${attempt}`;
}
