import { times } from "./cast.ts";
import { told } from "./words.ts";

const closingTime = "2026-11-25T09:30:00.000Z";
const openingTime = "2026-11-28T04:30:00.000Z";

/** Both clocks of a complaint filed before a weekend, one of them met. */
export const deadlinesExample = told(() => ({
  clocks: [
    {
      owed: "acknowledge",
      clock: "office-hours",
      duration: "PT1H",
      startedAt: times.filed,
      dueAt: times.acknowledgeBy,
      metAt: times.acknowledged,
      breached: false,
      counted: [{ from: times.filed, to: times.acknowledgeBy }],
      skipped: [],
    },
    {
      owed: "answer",
      clock: "office-hours",
      duration: "PT3H",
      startedAt: times.filed,
      dueAt: times.answerBy,
      breached: false,
      counted: [
        { from: times.filed, to: closingTime },
        { from: openingTime, to: times.answerBy },
      ],
      skipped: [
        { date: "2026-11-26", why: "weekend" },
        { date: "2026-11-27", why: "weekend" },
      ],
    },
  ],
}));
