import { applyEvents, type Change } from "../complaint/change.ts";
import type { Complaint, Status } from "../complaint/complaint.ts";
import type { Instant } from "../time/calendar.ts";
import type { DeadlinePolicy } from "../time/duration.ts";
import { localDate } from "../time/local-time.ts";
import { type Calendar, deadlineAfter } from "../time/office-clock.ts";
import type { Category } from "./terms.ts";

/** When a complaint filed now must be acknowledged and answered; `acknowledgeBy` is never later than `answerBy`. */
export function deadlinesAtFiling({ category, now, calendar }: Terms): Pick<Complaint, "acknowledgeBy" | "answerBy"> {
  const answerBy = deadlineAfter({ start: now, policy: category.answer, calendar });
  const acknowledgeBy = deadlineAfter({ start: now, policy: category.acknowledge, calendar });
  return { acknowledgeBy: acknowledgeBy < answerBy ? acknowledgeBy : answerBy, answerBy };
}
type Terms = { category: Pick<Category, "acknowledge" | "answer" | "extension">; now: string; calendar: Calendar };

/**
 * A fresh clock for the receiving agency to acknowledge; never later than `answerBy`, which a transfer does not move,
 * and just that where the province no longer has the category.
 */
export function acknowledgeByAfterTransfer({
  category,
  now,
  calendar,
  answerBy,
}: Omit<Terms, "category"> & { category: Terms["category"] | undefined; answerBy: string }): string {
  if (!category) return answerBy;
  const fresh = deadlineAfter({ start: now, policy: category.acknowledge, calendar });
  return fresh < answerBy ? fresh : answerBy;
}

/** The answer's deadline with the category's extension added, on the answer's own clock. */
export function extendedAnswerBy({ category, answerBy, calendar }: Omit<Terms, "now"> & { answerBy: string }): string {
  const { clock } = category.answer;
  return deadlineAfter({ start: answerBy, policy: { clock, duration: category.extension.duration }, calendar });
}

/** The change of a day's office hours that makes deadlines move; `since` is the instant from which it acts. */
export type HoursChangeCause = {
  date: string;
  reason: string;
  /** Whether hours set before were taken back. */
  lifted: boolean;
  since: Instant;
  client: string;
  person: string;
};

type DeadlineMove = { cause: HoursChangeCause; category: Category | undefined; calendar: Calendar; now: Instant };
type DeadlineMoveOfCategory = DeadlineMove & { category: Category };
/** The clocks that an agency owes; review and confirmation are always elapsed, so hours do not touch them. */
type AgencyClock = "acknowledge" | "answer";

/** In which statuses a clock runs; in any other it was met, or nobody owes it any more. */
const statusesOfRunningClock: Record<AgencyClock, readonly Status[]> = {
  acknowledge: ["filed"],
  answer: ["filed", "acknowledged"],
};
/** For which late clock a complaint climbs the ladder, by its status. */
const clockOfEscalation: Partial<Record<Status, AgencyClock>> = { filed: "acknowledge", acknowledged: "answer" };

/**
 * Counts the running deadlines of a complaint again, from the clocks' start, by the hours as they are now. Undefined
 * where none changes. A clock that had run out when the hours changed stays as it is, and so does one whose breach is
 * recorded.
 */
export function moveDeadlines(complaint: Complaint, { category, ...moving }: DeadlineMove): Change | undefined {
  // Without the category's durations nothing can be counted again; the deadlines stand as they were promised.
  if (!category) return undefined;
  const following = { ...moving, category };
  const was = { acknowledgeBy: complaint.acknowledgeBy, answerBy: complaint.answerBy };
  const answerBy = newAnswerBy(complaint, following);
  const acknowledgeBy = newAcknowledgeBy(
    { ...complaint, answerBy },
    { ...following, answerMoved: answerBy !== was.answerBy },
  );
  if (answerBy === was.answerBy && acknowledgeBy === was.acknowledgeBy) return undefined;
  const { cause, now } = following;
  const { date, reason, lifted, client, person } = cause;
  return applyEvents(complaint, {
    changes: { acknowledgeBy, answerBy },
    now,
    by: { by: "admin", client, person },
    payloads: [{ type: "deadlines-moved", reason, date, was, ...(lifted && { lifted }) }],
  });
}

function newAnswerBy(complaint: Complaint, { cause, category, calendar }: DeadlineMoveOfCategory): Instant {
  const { filedAt, answerBy, extended } = complaint;
  const policy = category.answer;
  const touched = isAffected({ policy, start: filedAt, due: answerBy }, cause);
  if (!touched || !isRunning(complaint, "answer", cause)) return answerBy;
  const counted = deadlineAfter({ start: filedAt, policy, calendar });
  return extended ? extendedAnswerBy({ category, answerBy: counted, calendar }) : counted;
}

/** Never later than `answerBy`; counted again wherever that moved, since the old `answerBy` may have cut it short. */
function newAcknowledgeBy(
  complaint: Complaint,
  { cause, category, calendar, answerMoved }: DeadlineMoveOfCategory & { answerMoved: boolean },
): Instant {
  const { acknowledgeFrom: start, acknowledgeBy, answerBy } = complaint;
  const policy = category.acknowledge;
  const touched = answerMoved || isAffected({ policy, start, due: acknowledgeBy }, cause);
  if (!touched || !isRunning(complaint, "acknowledge", cause)) return acknowledgeBy;
  const counted = deadlineAfter({ start, policy, calendar });
  return counted < answerBy ? counted : answerBy;
}

function isRunning(complaint: Complaint, clock: AgencyClock, { since }: HoursChangeCause): boolean {
  const { status, nextRungAt } = complaint;
  if (!statusesOfRunningClock[clock].includes(status)) return false;
  const breachRecorded = nextRungAt !== undefined && clockOfEscalation[status] === clock;
  return !breachRecorded && complaint[`${clock}By`] > since;
}

/**
 * Whether the changed day lies between start and deadline. Any other day changes nothing; to count anyway could apply
 * some other change and give this one's reason for it.
 */
function isAffected({ policy, start, due }: CountedClock, { date }: HoursChangeCause): boolean {
  if (policy.clock !== "office-hours") return false;
  return localDate(start) <= date && date <= localDate(due);
}
type CountedClock = { policy: DeadlinePolicy; start: Instant; due: Instant };
