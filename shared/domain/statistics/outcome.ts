import type { ComplaintEvent, EventOf, EventType } from "../complaint/event.ts";
import type { Instant } from "../time/instant.ts";

/**
 * D answered, and an inspector did not uphold the answer; N never answered though the time passed; L answered late; G
 * answered in time and accepted or upheld; U answered in time and silent; `pending` and `apart` are in no rate.
 */
export type Outcome = "D" | "N" | "L" | "G" | "U" | "pending" | "apart";

/** What of a complaint's events its outcome rests on. */
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

/** The first class that holds, whoever filed it. */
export function outcomeOf(course: Course): Outcome {
  const { isOpen, isDisputed, answered, rejected, answerBy } = course;
  const wasDue = answerBy <= (course.closedAt ?? course.asOf);
  if (isOpen && (answered ? isDisputed : !wasDue)) return "pending";
  if (rejected) return "apart";
  if (!answered) return wasDue ? "N" : "apart";
  return outcomeOfAnswer({ ...course, answered });
}

function outcomeOfAnswer({
  answered,
  accepted,
  decided,
  answerBy,
}: Course & { answered: EventOf<"answered"> }): Outcome {
  if (decided?.upholdsAnswer === false) return "D";
  // An answer given at that very instant is late.
  if (answered.at >= answerBy) return "L";
  return accepted || decided?.upholdsAnswer ? "G" : "U";
}
