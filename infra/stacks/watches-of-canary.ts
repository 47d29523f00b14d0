import type { ProcessingStack } from "./processing.ts";
import { hours, noneSucceeded, type Watches } from "./watch.ts";

/** Whether the service works as a whole, as those outside see it. Of two runs one must come round. */
export function watchesOfCanary({ canary }: ProcessingStack): Watches {
  if (!canary) return {};
  return {
    CanaryLost: {
      ...noneSucceeded(canary.sendCanary, hours(2)),
      impact: "Somewhere on the way from filing to closing complaints are stuck, or citizens and agencies are refused.",
      firstStep: "read the log of send-canary: its last error names the step that failed.",
    },
  };
}
