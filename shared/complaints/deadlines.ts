import type { DeadlinePolicy } from "../hours/deadline-policy.ts";
import { type Calendar, deadlineAfter } from "../hours/office-clock.ts";
import type { Category } from "../province/terms.ts";
import type { Instant } from "../time/calendar.ts";
import { localDate } from "../time/local-time.ts";
import { applyEvents, type Change } from "./change.ts";
import type { Complaint, Status } from "./complaint.ts";

/** When a complaint filed now must be acknowledged and answered; `acknowledgeBy` is never later than `answerBy`. */
export function deadlinesAtFiling({ category, now, calendar }: Terms): Pick<Complaint, "acknowledgeBy" | "answerBy"> {
  const answerBy = deadlineAfter({ start: now, policy: category.answer, calendar });
  const acknowledgeBy = deadlineAfter({ start: now, policy: category.acknowledge, calendar });
  return { acknowledgeBy: acknowledgeBy < answerBy ? acknowledgeBy : answerBy, answerBy };
}
type Terms = { category: Pick<Category, "acknowledge" | "answer" | "extension">; now: string; calendar: Calendar };

/**
 * The acknowledgement deadline of the receiving agency, counted from the transfer. It is never later than `answerBy`,
 * which a transfer does not move. Where the province no longer has the category, it equals `answerBy`.
 */
export function acknowledgeByAfterTransfer({
  category,
  now,
  calendar,
  answerBy,
}: Omit<Terms, "category"> & { category: Terms["category"] | undefined; answerBy: string }): string {
  if (!category) return answerBy;
  const acknowledgeBy = deadlineAfter({ start: now, policy: category.acknowledge, calendar });
  return acknowledgeBy < answerBy ? acknowledgeBy : answerBy;
}

/** The answer deadline plus the category's extension. The extension counts on the clock of the answer. */
export function extendedAnswerBy({ category, answerBy, calendar }: Omit<Terms, "now"> & { answerBy: string }): string {
  const { clock } = category.answer;
  return deadlineAfter({ start: answerBy, policy: { clock, duration: category.extension.duration }, calendar });
}

/** The change of a day's office hours that moves deadlines. `since` is the instant from which the change applies. */
export type HoursChangeCause = {
  date: string;
  reason: string;
  /** Whether special hours of the day were removed. */
  reverted: boolean;
  since: Instant;
  clientId: string;
  person: string;
};

type DeadlineMove = { cause: HoursChangeCause; category: Category | undefined; calendar: Calendar; now: Instant };
type DeadlineMoveOfCategory = DeadlineMove & { category: Category };
/** The clocks of an agency's steps. Review and confirmation count elapsed time, so office hours do not move them. */
type AgencyClock = "acknowledge" | "answer";

/** The statuses in which a clock runs. In the other statuses its deadline is met or no longer applies. */
const statusesOfRunningClock: Record<AgencyClock, readonly Status[]> = {
  acknowledge: ["filed"],
  answer: ["filed", "acknowledged"],
};
/** The clock whose breach escalates a complaint, by status. */
const clockOfEscalation: Partial<Record<Status, AgencyClock>> = { filed: "acknowledge", acknowledged: "answer" };

/**
 * Computes the running deadlines of a complaint again with the present office hours, from the start of each clock. Returns
 * undefined where no deadline changes. A deadline stays where it had passed when the hours changed, or where its breach is
 * recorded.
 */
export function moveDeadlines(complaint: Complaint, { category, ...move }: DeadlineMove): Change | undefined {
  // Without the category's durations no deadline can be computed again: the deadlines stay.
  if (!category) return undefined;
  const moveOfCategory = { ...move, category };
  const was = { acknowledgeBy: complaint.acknowledgeBy, answerBy: complaint.answerBy };
  const answerBy = newAnswerBy(complaint, moveOfCategory);
  const acknowledgeBy = newAcknowledgeBy(
    { ...complaint, answerBy },
    { ...moveOfCategory, answerMoved: answerBy !== was.answerBy },
  );
  if (answerBy === was.answerBy && acknowledgeBy === was.acknowledgeBy) return undefined;
  const { cause, now } = move;
  const { date, reason, reverted, clientId, person } = cause;
  return applyEvents(complaint, {
    changes: { acknowledgeBy, answerBy },
    now,
    by: { by: "admin", clientId, person },
    payloads: [{ type: "deadlines-changed", reason, date, previousDeadlines: was, ...(reverted && { reverted }) }],
  });
}

function newAnswerBy(complaint: Complaint, { cause, category, calendar }: DeadlineMoveOfCategory): Instant {
  const { filedAt, answerBy, extended } = complaint;
  const policy = category.answer;
  const isRecomputed = isAffected({ policy, start: filedAt, due: answerBy }, cause);
  if (!isRecomputed || !isRunning(complaint, "answer", cause)) return answerBy;
  const recomputed = deadlineAfter({ start: filedAt, policy, calendar });
  return extended ? extendedAnswerBy({ category, answerBy: recomputed, calendar }) : recomputed;
}

/**
 * The acknowledgement deadline, never later than `answerBy`. It is computed again also if only `answerBy` moved: the old
 * `answerBy` may have cut it short.
 */
function newAcknowledgeBy(
  complaint: Complaint,
  { cause, category, calendar, answerMoved }: DeadlineMoveOfCategory & { answerMoved: boolean },
): Instant {
  const { acknowledgeFrom: start, acknowledgeBy, answerBy } = complaint;
  const policy = category.acknowledge;
  const isRecomputed = answerMoved || isAffected({ policy, start, due: acknowledgeBy }, cause);
  if (!isRecomputed || !isRunning(complaint, "acknowledge", cause)) return acknowledgeBy;
  const recomputed = deadlineAfter({ start, policy, calendar });
  return recomputed < answerBy ? recomputed : answerBy;
}

function isRunning(complaint: Complaint, clock: AgencyClock, { since }: HoursChangeCause): boolean {
  const { status, nextLevelAt } = complaint;
  if (!statusesOfRunningClock[clock].includes(status)) return false;
  const breachRecorded = nextLevelAt !== undefined && clockOfEscalation[status] === clock;
  return !breachRecorded && complaint[`${clock}By`] > since;
}

/**
 * Whether the changed day lies between start and deadline. Other days do not move the deadline. Computing it anyway could
 * apply a different change of hours under the reason of this one.
 */
function isAffected({ policy, start, due }: CountedClock, { date }: HoursChangeCause): boolean {
  if (policy.clock !== "office-hours") return false;
  return localDate(start) <= date && date <= localDate(due);
}
type CountedClock = { policy: DeadlinePolicy; start: Instant; due: Instant };
