import type { DeadlinePolicy } from "../hours/deadline-policy.ts";
import type { Calendar } from "../hours/office-clock.ts";
import { isSandbox } from "../province/directory.ts";
import type { EscalationLevels } from "../province/terms.ts";
import type { Instant } from "../time/calendar.ts";
import { minuteMs } from "../time/duration.ts";
import type { Authority } from "../vocabulary.ts";
import { applyEvents, type Change, createEntry } from "./change.ts";
import { type Complaint, currentDeadline, type Status } from "./complaint.ts";
import type { NewEntry } from "./confidential-log.ts";
import type { EscalationStep } from "./event.ts";
import { levelAbove, nextLevelAfter } from "./level-above.ts";
import { reportDeadline } from "./visits.ts";

/** The step that can be late in each status. In the other statuses a complaint is not escalated. */
const escalationStepOf: Record<Status, EscalationStep | undefined> = {
  filed: "acknowledge",
  acknowledged: "answer",
  answered: undefined,
  disputed: "review",
  closed: undefined,
};

/** The first authority for a late review. The centre itself is late then, so the authority must be above the centre. */
const firstAuthorityAboveCentre: Authority = "governor-general";

/**
 * When the clock must act on a complaint next: at the deadline; while the complaint is late, at the next escalation level;
 * while it is answered, at the end of the confirmation window. Undefined if time changes nothing, and in the sandbox.
 */
export function nextDueAt(complaint: Complaint, levels: EscalationLevels): Instant | undefined {
  if (complaint.status === "closed" || isSandbox(complaint)) return undefined;
  if (complaint.status === "answered") return complaint.confirmBy;
  if (complaint.level >= levels.length) return undefined;
  return complaint.nextLevelAt ?? currentDeadline(complaint);
}

type EscalationInput = {
  /** When the level to raise was due, as the execution knows it. If `nextDueAt` differs, the complaint has changed. */
  due: Instant;
  /** Name of the state machine's execution that raises the complaint. */
  execution: string;
  now: Instant;
  escalationLevels: EscalationLevels;
  calendar: Calendar;
  /** The id of the visit, where this level orders a visit, and when it must be reported. */
  visitId: string;
  visitPolicy: DeadlinePolicy;
};

/**
 * Raises a late complaint by one escalation level. Returns undefined if the complaint changed meanwhile or has reached
 * this level already. The wait for the next level counts from the instant `due`, not from `now`.
 */
export function escalate(
  complaint: Complaint,
  { due, execution, now, escalationLevels, calendar, visitId, visitPolicy }: EscalationInput,
): (Change & { entries: NewEntry[] }) | undefined {
  const overdueStep = escalationStepOf[complaint.status];
  if (!overdueStep || nextDueAt(complaint, escalationLevels) !== due || now < due) return undefined;
  const first = complaint.status === "disputed" ? firstAuthorityAboveCentre : undefined;
  const reached = levelAbove({ ...complaint, first }, escalationLevels);
  if (!reached) return undefined;
  const { level, authority, ordersVisit } = reached;
  const nextLevelAt = nextLevelAfter(level, { levels: escalationLevels, due, calendar });
  const by = { by: "system" } as const;
  const { complaint: raised, events } = applyEvents(complaint, {
    now,
    by,
    changes: { level, nextLevelAt },
    payloads: [{ type: "escalated", level, authority, step: overdueStep, dueAt: due }],
  });
  const reportBy = reportDeadline({ policy: visitPolicy, calendar }, now);
  const entries = ordersVisit
    ? [createEntry(raised, { now, by, payload: { type: "visit-ordered", visitId, reportBy } })]
    : [];
  return { complaint: { ...raised, escalationExecution: nextLevelAt && execution }, events, entries };
}

/** How late the execution in charge may be before another execution replaces it. */
export const restartAfterMs = 5 * minuteMs;

type DueEscalation = Pick<Complaint, "id" | "level" | "escalationExecution"> & { dueAt: Instant };

/**
 * The name of the execution to start for a due complaint. Undefined while the execution in charge is less than five minutes
 * late. The name changes every five minutes, and Step Functions starts only one execution per name, so several sweeps
 * start one execution.
 */
export function executionNameFor(
  { id, level, escalationExecution, dueAt }: DueEscalation,
  now: Instant,
): string | undefined {
  const overdue = Date.parse(now) - Date.parse(dueAt);
  if (escalationExecution && overdue < restartAfterMs) return undefined;
  const attempt = Math.floor(overdue / restartAfterMs);
  return `${id}-${level}-${dueAt.replace(/\D/g, "")}-${attempt}`;
}
