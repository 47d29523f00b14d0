import * as z from "zod";
import type { Complaint } from "../complaint/complaint.ts";
import type { ComplaintEvent, EventType } from "../complaint/event.ts";
import { Instant, LocalDate } from "../time/calendar.ts";
import { ClockKind, type DeadlinePolicy, Duration, milliseconds, sumOfDurations } from "../time/duration.ts";
import { type Calendar, explainDeadline } from "../time/office-clock.ts";
import type { Category } from "./terms.ts";

/** What a clock runs for; `confirm` is the time the citizen has to accept the answer or dispute it. */
const ClockName = z.enum(["acknowledge", "answer", "confirm", "review"]);
type ClockName = z.infer<typeof ClockName>;

const ExplainedClock = z.object({
  owed: ClockName,
  /** Kind and duration are the category's, and are missing where the province no longer has it. */
  clock: ClockKind.optional(),
  duration: Duration.optional(),
  startedAt: Instant,
  dueAt: Instant,
  metAt: Instant.optional(),
  breached: z.boolean(),
  /** That the clock had not run out yet: what is to be acknowledged is so by when it is to be answered at the latest. */
  cappedBy: z.literal("answer").optional(),
  counted: z.array(z.object({ from: Instant, to: Instant })),
  skipped: z.array(
    z.object({
      date: LocalDate,
      why: z.enum(["weekend", "holiday", "closed", "outside-hours"]),
      /** In Persian. */
      reason: z.string().optional(),
      reasonEn: z.string().optional(),
    }),
  ),
  /** From which day on the last known weekly hours were taken, since none or no holidays are known for it. */
  assumedFrom: LocalDate.optional(),
});
type ExplainedClock = z.infer<typeof ExplainedClock>;

/** Every clock of a complaint, how its deadline comes about, and whether it was met. */
export const Deadlines = z.object({ clocks: z.array(ExplainedClock) }).meta({ id: "Deadlines" });
export type Deadlines = z.infer<typeof Deadlines>;

type ComplaintAndEvents = { complaint: Complaint; events: ComplaintEvent[] };
type ClockRule = {
  startedAt: (course: ComplaintAndEvents) => Instant | undefined;
  dueAt: (complaint: Complaint) => Instant | undefined;
  /** The events that meet the clock. */
  metBy: readonly EventType[];
};

/** The clocks in the order in which they start; one that has not started is not explained. */
const clockRules: Record<ClockName, ClockRule> = {
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

/** The complaint, unless it is a retaliation report, for which no agency owes anything. */
function unlessRetaliationReport(complaint: Complaint): Complaint | undefined {
  return complaint.retaliationFor ? undefined : complaint;
}

type Policies = { category: Category | undefined; confirmation: DeadlinePolicy; review: DeadlinePolicy };
type ExplanationInput = ComplaintAndEvents & Policies & { calendar: Calendar; now: Instant };

export function explainDeadlines({ complaint, events, calendar, now, ...policies }: ExplanationInput): Deadlines {
  const course = { complaint, events };
  const explained = ClockName.options.flatMap((owed): ExplainedClock[] => {
    const startedAt = clockRules[owed].startedAt(course);
    const dueAt = clockRules[owed].dueAt(complaint);
    if (!startedAt || !dueAt) return [];
    const policy = policiesOf(complaint, policies)[owed];
    const end = clockEnd({ owed, startedAt, events });
    return [
      {
        owed,
        ...policy,
        startedAt,
        dueAt,
        metAt: end?.met ? end.at : undefined,
        // A move at the very instant is late.
        breached: (end?.at ?? now) >= dueAt,
        ...(policy ? explainClock({ course, owed, startedAt, dueAt, policy, calendar }) : unexplainedClock),
      },
    ];
  });
  return { clocks: explained };
}

type ClockInput = {
  course: ComplaintAndEvents;
  owed: ClockName;
  startedAt: Instant;
  dueAt: Instant;
  policy: DeadlinePolicy;
  calendar: Calendar;
};

function explainClock({ course, owed, startedAt, dueAt, policy, calendar }: ClockInput) {
  const explanation = explainDeadline({ start: startedAt, until: dueAt, policy, calendar });
  const passed = explanation.counted.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
  const isCut =
    owed === "acknowledge" && passed < milliseconds(policy.duration) && answerDeadlines(course).includes(dueAt);
  return { ...explanation, ...(isCut && { cappedBy: "answer" as const }) };
}

/** When the answer was due, before and after it was put off. */
function answerDeadlines({ complaint, events }: ComplaintAndEvents): Instant[] {
  return [complaint.answerBy, ...events.flatMap((event) => (event.type === "extended" ? [event.was] : []))];
}

/** Without the category nobody knows any more which hours were counted, only when the clock ends. */
const unexplainedClock = { counted: [], skipped: [] };

function policiesOf({ extended }: Complaint, { category, confirmation, review }: Policies) {
  const policies: Partial<Record<ClockName, DeadlinePolicy>> = { confirm: confirmation, review };
  if (!category) return policies;
  const { acknowledge, answer, extension } = category;
  const longer = { clock: answer.clock, duration: sumOfDurations(answer.duration, extension.duration) };
  return { ...policies, acknowledge, answer: extended ? longer : answer };
}

/** When and how a clock stopped: it was met, or the complaint was closed without; undefined while it runs. */
function clockEnd({ owed, startedAt, events }: { owed: ClockName; startedAt: Instant; events: ComplaintEvent[] }) {
  const isMet = ({ type }: ComplaintEvent) => clockRules[owed].metBy.includes(type);
  const end = events.find((event) => event.at >= startedAt && (isMet(event) || event.after.status === "closed"));
  return end && { at: end.at, met: isMet(end) };
}

function timeOfLast(events: ComplaintEvent[], type: EventType): Instant | undefined {
  return events.findLast((event) => event.type === type)?.at;
}
