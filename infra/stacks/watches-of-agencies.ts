import { Duration } from "aws-cdk-lib";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "./processing.ts";
import { hours, orZero, type Watches } from "./watch.ts";

/** Twice the time between two runs, so that each period holds one. */
const overTwoRuns = hours(2);

/** The queues of all agencies, by two numbers however many they are. */
export function watchesOfAgencies({ queueWatch: { watchQueues } }: ProcessingStack): Watches {
  return {
    AgencyDoesNotRead: {
      metric: orZero(watchQueues.measured(logEvents.queuesWatched, "oldestSeconds").with(overTwoRuns)),
      threshold: Duration.hours(1).toSeconds(),
      impact: "An agency has not taken an event out of its queue for an hour; its clocks run meanwhile.",
      firstStep: "see in the log of watch-queues which, and call its people: nothing is lost for 14 days.",
    },
    AgencyCannotConsume: {
      metric: orZero(watchQueues.measured(logEvents.queuesWatched, "deadLetters").with(overTwoRuns)),
      threshold: 1,
      impact: "An agency received events five times and did not delete them; its people do not see those.",
      firstStep: "see in the log of watch-queues which; once its program is mended, move the dead letters back.",
    },
  };
}
