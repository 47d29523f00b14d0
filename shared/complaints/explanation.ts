import * as z from "zod";
import { ClockKind, type DeadlinePolicy, Duration } from "../hours/deadline-policy.ts";
import { type Calendar, explainDeadline } from "../hours/office-clock.ts";
import { HoursReason } from "../hours/office-hours.ts";
import type { Category } from "../province/terms.ts";
import { Instant, LocalDate } from "../time/calendar.ts";
import { milliseconds, sumOfDurations } from "../time/duration.ts";
import { type Complaint, Step } from "./complaint.ts";
import type { ComplaintEvent, EventType } from "./event.ts";

const ExplainedClock = z.object({
  step: Step,
  /** Kind and duration come from the category. Both are absent if the province no longer has the category. */
  clock: ClockKind.optional(),
  duration: Duration.optional(),
  startedAt: Instant,
  dueAt: Instant,
  metAt: Instant.optional(),
  breached: z.boolean(),
  /** Present if the answer deadline cut the acknowledgement deadline short. */
  cappedBy: z.literal("answer").optional(),
  counted: z.array(z.object({ from: Instant, to: Instant })),
  skipped: z.array(
    z.object({
      date: LocalDate,
      dayType: z.enum(["weekend", "holiday", "closed", "outside-hours"]),
      reason: HoursReason.optional(),
    }),
  ),
  /** The first day without known hours or holidays. From this day on, the last known weekly hours are used. */
  assumedFrom: LocalDate.optional(),
});
type ExplainedClock = z.infer<typeof ExplainedClock>;

/** Every deadline of a complaint, how it was computed, and whether it was met. */
export const Deadlines = z.object({ clocks: z.array(ExplainedClock) }).meta({ id: "Deadlines" });
export type Deadlines = z.infer<typeof Deadlines>;

type ComplaintAndEvents = { complaint: Complaint; events: ComplaintEvent[] };
type ClockRule = {
  startedAt: (history: ComplaintAndEvents) => Instant | undefined;
  dueAt: (complaint: Complaint) => Instant | undefined;
  /** The events that meet the deadline. */
  metBy: readonly EventType[];
};

/** The clocks in the order in which they start. `startedAt` is undefined for a clock that has not started. */
const clockRules: Record<Step, ClockRule> = {
  acknowledge: {
    startedAt: ({ complaint }) => unlessRetaliationReport(complaint)?.acknowledgeFrom,
    dueAt: ({ acknowledgeBy }) => acknowledgeBy,
    metBy: ["acknowledged", "answered"],
  },
  answer: {
    startedAt: ({ complaint }) => unlessRetaliationReport(complaint)?.filedAt,
    dueAt: ({ answerBy }) => answerBy,
    metBy: ["answered"],
  },
  confirm: {
    startedAt: ({ events }) => timeOfLast(events, "answered"),
    dueAt: ({ confirmBy }) => confirmBy,
    metBy: ["accepted", "disputed"],
  },
  review: {
    startedAt: ({ complaint, events }) =>
      complaint.retaliationFor ? complaint.filedAt : timeOfLast(events, "disputed"),
    dueAt: ({ reviewBy }) => reviewBy,
    metBy: ["decided", "rejected"],
  },
};

/** The complaint, or undefined for a retaliation report, which no agency must acknowledge or answer. */
function unlessRetaliationReport(complaint: Complaint): Complaint | undefined {
  return complaint.retaliationFor ? undefined : complaint;
}

type Policies = { category: Category | undefined; confirmation: DeadlinePolicy; review: DeadlinePolicy };
type ExplanationInput = ComplaintAndEvents & Policies & { calendar: Calendar; now: Instant };

/** Explains every clock that has started. `events` are all events of the complaint, in order. */
export function explainDeadlines({ complaint, events, calendar, now, ...policies }: ExplanationInput): Deadlines {
  const history = { complaint, events };
  const explained = Step.options.flatMap((step): ExplainedClock[] => {
    const startedAt = clockRules[step].startedAt(history);
    const dueAt = clockRules[step].dueAt(complaint);
    if (!startedAt || !dueAt) return [];
    const policy = policiesOf(complaint, policies)[step];
    const end = clockEnd({ step, startedAt, events });
    return [
      {
        step,
        ...policy,
        startedAt,
        dueAt,
        metAt: end?.met ? end.at : undefined,
        // A move exactly at the deadline is late.
        breached: (end?.at ?? now) >= dueAt,
        ...(policy ? explainClock({ history, step, startedAt, dueAt, policy, calendar }) : unexplainedClock),
      },
    ];
  });
  return { clocks: explained };
}

type ClockInput = {
  history: ComplaintAndEvents;
  step: Step;
  startedAt: Instant;
  dueAt: Instant;
  policy: DeadlinePolicy;
  calendar: Calendar;
};

function explainClock({ history, step, startedAt, dueAt, policy, calendar }: ClockInput) {
  const explanation = explainDeadline({ start: startedAt, until: dueAt, policy, calendar });
  const countedMs = explanation.counted.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
  const isCutShort =
    step === "acknowledge" && countedMs < milliseconds(policy.duration) && answerDeadlines(history).includes(dueAt);
  return { ...explanation, ...(isCutShort && { cappedBy: "answer" as const }) };
}

/** The answer deadlines before and after an extension. */
function answerDeadlines({ complaint, events }: ComplaintAndEvents): Instant[] {
  return [
    complaint.answerBy,
    ...events.flatMap((event) => (event.type === "extended" ? [event.previousAnswerBy] : [])),
  ];
}

/** Where the province no longer has the category, the counted hours are unknown. Only the end of the clock is known. */
const unexplainedClock = { counted: [], skipped: [] };

function policiesOf({ extended }: Complaint, { category, confirmation, review }: Policies) {
  const policies: Partial<Record<Step, DeadlinePolicy>> = { confirm: confirmation, review };
  if (!category) return policies;
  const { acknowledge, answer, extension } = category;
  const extendedAnswer = { clock: answer.clock, duration: sumOfDurations(answer.duration, extension.duration) };
  return { ...policies, acknowledge, answer: extended ? extendedAnswer : answer };
}

/** When a clock stopped, and whether its deadline was met or the complaint was closed instead. Undefined while it runs. */
function clockEnd({ step, startedAt, events }: { step: Step; startedAt: Instant; events: ComplaintEvent[] }) {
  const isMet = ({ type }: ComplaintEvent) => clockRules[step].metBy.includes(type);
  const end = events.find((event) => event.at >= startedAt && (isMet(event) || event.after.status === "closed"));
  return end && { at: end.at, met: isMet(end) };
}

function timeOfLast(events: ComplaintEvent[], type: EventType): Instant | undefined {
  return events.findLast((event) => event.type === type)?.at;
}
