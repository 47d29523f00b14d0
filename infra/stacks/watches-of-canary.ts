import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, MathExpression, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { ProcessingStack } from "./processing.ts";
import type { Watches } from "./watch.ts";

/** Whether the service works as a whole, as those outside see it. Of two runs one must come round. */
export function watchesOfCanary({ canary }: ProcessingStack): Watches {
  if (!canary) return {};
  const { lambda } = canary.sendCanary;
  const period = Duration.hours(2);
  const usingMetrics = { runs: lambda.metricInvocations({ period }), failed: lambda.metricErrors({ period }) };
  return {
    CanaryLost: {
      metric: new MathExpression({ expression: "FILL(runs, 0) - FILL(failed, 0)", usingMetrics, period }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missing: TreatMissingData.BREACHING,
      impact: "Somewhere on the way from filing to closing complaints are stuck, or citizens and agencies are refused.",
      firstStep: "read the log of send-canary: its last error names the step that failed.",
    },
  };
}
