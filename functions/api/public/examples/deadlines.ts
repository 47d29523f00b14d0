import { times } from "./cast.ts";
import { told } from "./words.ts";

/** Both clocks of a complaint filed on a Tuesday morning; the offices close at 13:00. */
export const deadlinesExample = told(({ holiday }) => ({
  clocks: [
    {
      ...{ owed: "acknowledge", clock: "office-hours", duration: "PT1H" },
      ...{ startedAt: times.filed, dueAt: times.acknowledgeBy, metAt: times.acknowledged, breached: false },
      counted: [{ from: times.filed, to: times.acknowledgeBy }],
      skipped: [],
    },
    {
      ...{ owed: "answer", clock: "office-hours", duration: "PT3H" },
      ...{ startedAt: times.filed, dueAt: times.answerBy, breached: false },
      counted: [
        { from: times.filed, to: "2026-11-24T09:30:00.000Z" },
        { from: "2026-11-26T04:30:00.000Z", to: times.answerBy },
      ],
      skipped: [{ date: "2026-11-25", why: "holiday", reason: holiday }],
    },
  ],
}));
