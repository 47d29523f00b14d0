import { logEvents } from "#shared/runtime/log-events.ts";
import type { ProcessingStack } from "./processing.ts";
import { minutes, type Watches } from "./watch.ts";

/** What is kept no longer. */
export function watchesOfRetention({ forgetter: { forgetIdentities } }: ProcessingStack): Watches {
  return {
    IdentityNotForgotten: {
      metric: forgetIdentities.logged(logEvents.identityNotForgotten),
      threshold: 1,
      impact: "Who complained in a case that was closed long ago is kept longer than the province says.",
      firstStep:
        "read the log of forget-identities for the complaint's id and what it fails on; it is tried again in a month.",
    },
    ForgettingCrashes: {
      metric: forgetIdentities.lambda.metricErrors(minutes(60 * 6)),
      threshold: 3,
      impact: "Nobody's identity is forgotten; what is due is forgotten once it runs again.",
      firstStep: "read the log of forget-identities.",
    },
  };
}
