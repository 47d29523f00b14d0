import { type Change, happen } from "../complaint/change.ts";
import type { Complaint, Status } from "../complaint/complaint.ts";
import type { Instant } from "../time/instant.ts";
import { localDate } from "../time/local-time.ts";
import { type Calendar, deadlineAfter } from "../time/office-clock.ts";
import type { Policy } from "../time/policy.ts";
import type { Category } from "./category.ts";
import { extendedAnswerBy } from "./deadlines.ts";

/** The change of a day's office hours that makes deadlines move; `since` is the instant from which it acts. */
export type HoursCause = {
  date: string;
  reason: string;
  /** Whether hours set before were taken back. */
  lifted: boolean;
  since: Instant;
  client: string;
  person: string;
};

type Moving = { cause: HoursCause; category: Category | undefined; calendar: Calendar; now: Instant };
type Following = Moving & { category: Category };
/** The clocks that an agency owes; review and confirmation are always elapsed, so hours do not touch them. */
type AgencyClock = "acknowledge" | "answer";

/** In which statuses a clock runs; in any other it was met, or nobody owes it any more. */
const runs: Record<AgencyClock, readonly Status[]> = { acknowledge: ["filed"], answer: ["filed", "acknowledged"] };
/** For which late clock a complaint climbs the ladder, by its status. */
const climbsFor: Partial<Record<Status, AgencyClock>> = { filed: "acknowledge", acknowledged: "answer" };

/**
 * Counts the running deadlines of a complaint again, from the clocks' start, by the hours as they are now. Undefined
 * where none changes. A clock that had run out when the hours changed stays as it is, and so does one whose breach is
 * recorded.
 */
export function moveDeadlines(complaint: Complaint, { category, ...moving }: Moving): Change | undefined {
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
  const touched = isTouched({ policy, start: filedAt, due: answerBy }, cause);
  if (!touched || !isRunning(complaint, "answer", cause)) return answerBy;
  const counted = deadlineAfter({ start: filedAt, policy, calendar });
  return extended ? extendedAnswerBy({ category, answerBy: counted, calendar }) : counted;
}

/** Never later than `answerBy`; counted again wherever that moved, since the old `answerBy` may have cut it short. */
function newAcknowledgeBy(
  complaint: Complaint,
  { cause, category, calendar, answerMoved }: Following & { answerMoved: boolean },
): Instant {
  const { acknowledgeFrom: start, acknowledgeBy, answerBy } = complaint;
  const policy = category.acknowledge;
  const touched = answerMoved || isTouched({ policy, start, due: acknowledgeBy }, cause);
  if (!touched || !isRunning(complaint, "acknowledge", cause)) return acknowledgeBy;
  const counted = deadlineAfter({ start, policy, calendar });
  return counted < answerBy ? counted : answerBy;
}

function isRunning(complaint: Complaint, clock: AgencyClock, { since }: HoursCause): boolean {
  const { status, nextRungAt } = complaint;
  if (!runs[clock].includes(status)) return false;
  const breachRecorded = nextRungAt !== undefined && climbsFor[status] === clock;
  return !breachRecorded && complaint[`${clock}By`] > since;
}

/**
 * Whether the changed day lies between start and deadline. Any other day changes nothing; to count anyway could apply
 * some other change and give this one's reason for it.
 */
function isTouched({ policy, start, due }: Counting, { date }: HoursCause): boolean {
  if (policy.clock !== "office-hours") return false;
  return localDate(start) <= date && date <= localDate(due);
}
type Counting = { policy: Policy; start: Instant; due: Instant };
