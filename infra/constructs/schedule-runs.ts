import { type Duration, Stack } from "aws-cdk-lib";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { Construct } from "constructs";
import { acceptVersions } from "./accepted-findings.ts";
import type { ServiceFunction } from "./service-function.ts";

export type Runs = { runs: ServiceFunction; description: string };

/** Runs a function again and again. A run that fails is not retried: the next one finds the same work. */
export function scheduleRuns(scope: Construct, { runs, description, every }: Runs & { every: Duration }): void {
  new Schedule(scope, "Schedule", {
    description,
    schedule: ScheduleExpression.rate(every),
    target: new LambdaInvoke(runs.lambda, { retryAttempts: 0, maxEventAge: every }),
  });
  // CDK makes one role for all schedules of a target, and puts it into the stack.
  acceptVersions(Stack.of(scope), runs.lambda);
}
