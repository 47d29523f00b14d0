import type { ComplaintEvent, EventOf, EventType } from "../complaint/event.ts";
import type { Instant } from "../time/instant.ts";

/**
 * What became of a complaint; the first that holds, in this order:
 * `pending` open and not yet due, or disputed and open; `excluded` out of scope, or withdrawn or decided unanswered before
 * the deadline; `overturned` an inspector did not uphold the answer; `unanswered` never answered by the deadline; `late`
 * answered after the deadline; `confirmed` answered in time, and accepted or upheld; `silent` answered in time, and nobody
 * said otherwise. No share counts `pending` and `excluded`.
 */
export type Outcome = "pending" | "excluded" | "overturned" | "unanswered" | "late" | "confirmed" | "silent";

/** The parts of a complaint's history that decide its outcome. */
export type Course = {
  answerBy: Instant;
  isOpen: boolean;
  isDisputed: boolean;
  answered: EventOf<"answered"> | undefined;
  accepted: EventOf<"accepted"> | undefined;
  decided: EventOf<"decided"> | undefined;
  rejected: EventOf<"rejected"> | undefined;
  closedAt: Instant | undefined;
  asOf: Instant;
};

export function courseOf(events: readonly ComplaintEvent[], asOf: Instant): Course {
  const last = events.at(-1);
  const closing = events.find(isClosing);
  const answered = firstOf(events, "answered");
  return {
    // What it was when it was answered, whatever was said of it afterwards.
    answerBy: (answered ?? last)?.after.answerBy ?? asOf,
    isOpen: !closing,
    isDisputed: last?.after.status === "disputed",
    answered,
    accepted: firstOf(events, "accepted"),
    decided: firstOf(events, "decided"),
    rejected: firstOf(events, "rejected"),
    closedAt: closing?.at,
    asOf,
  };
}

const closings: readonly EventType[] = ["accepted", "withdrawn", "expired", "decided", "rejected"];
const isClosing = ({ type }: ComplaintEvent) => closings.includes(type);

function firstOf<T extends EventType>(events: readonly ComplaintEvent[], type: T): EventOf<T> | undefined {
  return events.find((event): event is EventOf<T> => event.type === type);
}

/** The outcome of a complaint, without regard to who filed it. */
export function outcomeOf(course: Course): Outcome {
  const { isOpen, isDisputed, answered, rejected, answerBy } = course;
  const wasDue = answerBy <= (course.closedAt ?? course.asOf);
  if (isOpen && (answered ? isDisputed : !wasDue)) return "pending";
  if (rejected) return "excluded";
  if (!answered) return wasDue ? "unanswered" : "excluded";
  return outcomeOfAnswer({ ...course, answered });
}

function outcomeOfAnswer({
  answered,
  accepted,
  decided,
  answerBy,
}: Course & { answered: EventOf<"answered"> }): Outcome {
  if (decided?.upholdsAnswer === false) return "overturned";
  // An answer given at that very instant is late.
  if (answered.at >= answerBy) return "late";
  return accepted || decided?.upholdsAnswer ? "confirmed" : "silent";
}
