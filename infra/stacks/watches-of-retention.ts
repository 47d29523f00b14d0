import { logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "./processing.ts";
import { hours, notRun, type Watches } from "./watch.ts";

/** What is kept no longer. */
export function watchesOfRetention({ forgetter: { forgetComplaints } }: ProcessingStack): Watches {
  return {
    NotForgotten: {
      metric: forgetComplaints.logged(logEvents.notForgotten),
      threshold: 1,
      impact: "Of a case that was closed long ago something is kept longer than the province says.",
      firstStep:
        "read the log of forget-complaints for the complaint's id, the kind and what it fails on; it is tried again in a day.",
    },
    NothingIsForgotten: {
      ...notRun(forgetComplaints, hours(6)),
      impact: "Of cases that were closed long ago everything is kept longer than the province says.",
      firstStep: "see whether the hourly schedule is enabled and its role may invoke forget-complaints.",
    },
    ForgettingCrashes: {
      metric: forgetComplaints.lambda.metricErrors(hours(6)),
      threshold: 3,
      impact: "Nothing is forgotten; what is due is forgotten once it runs again.",
      firstStep: "read the log of forget-complaints.",
    },
  };
}
