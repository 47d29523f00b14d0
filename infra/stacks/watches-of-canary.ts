import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { ProcessingStack } from "./processing.ts";
import { belowOne, hours, type Watches } from "./watch.ts";

/** Whether the service works as a whole, as those outside see it. Of two runs one must come round. */
export function watchesOfCanary({ canary }: ProcessingStack): Watches {
  if (!canary) return {};
  const { lambda } = canary.sendCanary;
  const usingMetrics = { runs: lambda.metricInvocations(hours(2)), failed: lambda.metricErrors(hours(2)) };
  return {
    CanaryLost: {
      metric: new MathExpression({ expression: "FILL(runs, 0) - FILL(failed, 0)", usingMetrics, ...hours(2) }),
      ...belowOne,
      impact: "Somewhere on the way from filing to closing complaints are stuck, or citizens and agencies are refused.",
      firstStep: "read the log of send-canary: its last error names the step that failed.",
    },
  };
}
