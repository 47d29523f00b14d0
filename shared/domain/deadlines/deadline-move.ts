import { type Change, happen } from "../complaint/change.ts";
import type { Complaint, Status } from "../complaint/complaint.ts";
import type { Instant } from "../time/instant.ts";
import { localDate } from "../time/local-time.ts";
import { type Calendar, deadlineAfter } from "../time/office-clock.ts";
import type { Policy } from "../time/policy.ts";
import type { Category } from "./category.ts";
import { extendedAnswerBy } from "./deadlines.ts";

/** The change of a day's hours that deadlines follow: who made it, why, and the instant from which it acts. */
export type Cause = {
  date: string;
  reason: string;
  /** Whether hours set before were taken back. */
  lifted: boolean;
  since: Instant;
  client: string;
  person: string;
};

type Following = { cause: Cause; category: Category; calendar: Calendar; now: Instant };
type Clock = "acknowledge" | "answer";

/** In which states a clock runs; in any other it was met, or nobody owes it any more. */
const runs: Record<Clock, readonly Status[]> = { acknowledge: ["filed"], answer: ["filed", "acknowledged"] };
/** What the ladder is climbed for. */
const climbsFor: Partial<Record<Status, Clock>> = { filed: "acknowledge", acknowledged: "answer" };

/**
 * The running deadlines of an open complaint as the day's hours are now, counted again from their start. Undefined where
 * none changes. A clock that had run out when the hours changed is not touched, nor is a breach that has been recorded.
 */
export function moveDeadlines(complaint: Complaint, following: Following): Change | undefined {
  const was = { acknowledgeBy: complaint.acknowledgeBy, answerBy: complaint.answerBy };
  const answerBy = newAnswerBy(complaint, following);
  const acknowledgeBy = newAcknowledgeBy(
    { ...complaint, answerBy },
    { ...following, answerMoved: answerBy !== was.answerBy },
  );
  if (answerBy === was.answerBy && acknowledgeBy === was.acknowledgeBy) return undefined;
  const { cause, now } = following;
  const { date, reason, lifted, client, person } = cause;
  return happen(complaint, {
    becomes: { acknowledgeBy, answerBy },
    now,
    by: { by: "admin", client, person },
    says: [{ type: "deadlines-moved", reason, date, was, ...(lifted && { lifted }) }],
  });
}

function newAnswerBy(complaint: Complaint, { cause, category, calendar }: Following): Instant {
  const { filedAt, answerBy, extended } = complaint;
  const policy = category.answer;
  const holds =
    !isRunning(complaint, "answer", cause) || !isTouched({ policy, start: filedAt, due: answerBy, calendar }, cause);
  if (holds) return answerBy;
  const counted = deadlineAfter({ start: filedAt, policy, calendar });
  return extended ? extendedAnswerBy({ category, answerBy: counted, calendar }) : counted;
}

/** Never later than the answer, and free again of an earlier answer's bound. */
function newAcknowledgeBy(
  complaint: Complaint,
  { cause, category, calendar, answerMoved }: Following & { answerMoved: boolean },
): Instant {
  const { acknowledgeFrom: start, acknowledgeBy, answerBy } = complaint;
  const policy = category.acknowledge;
  const touched = answerMoved || isTouched({ policy, start, due: acknowledgeBy, calendar }, cause);
  if (!touched || !isRunning(complaint, "acknowledge", cause)) return acknowledgeBy;
  const counted = deadlineAfter({ start, policy, calendar });
  return counted < answerBy ? counted : answerBy;
}

function isRunning(complaint: Complaint, clock: Clock, { since }: Cause): boolean {
  const { status, nextRungAt } = complaint;
  if (!runs[clock].includes(status)) return false;
  const breachRecorded = nextRungAt !== undefined && climbsFor[status] === clock;
  return !breachRecorded && complaint[`${clock}By`] > since;
}

/** A day outside of what was counted changes nothing; so a complaint is not moved for another reason than the one told. */
function isTouched({ policy, start, due, calendar }: Counted, { date }: Cause): boolean {
  const { timeZone } = calendar.officeHours;
  if (policy.clock !== "office-hours") return false;
  return localDate(start, timeZone) <= date && date <= localDate(due, timeZone);
}
type Counted = { policy: Policy; start: Instant; due: Instant; calendar: Calendar };
