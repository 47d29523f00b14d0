import { Duration, Stack } from "aws-cdk-lib";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import { acceptVersions } from "./accepted-findings.ts";
import type { ServiceFunction } from "./service-function.ts";

/** Runs a function every minute. A run that fails is not retried: the next one finds the same work. */
export class MinuteSchedule extends Construct {
  constructor(scope: Construct, id: string, { runs, description }: { runs: ServiceFunction; description: string }) {
    super(scope, id);
    new Schedule(this, "Schedule", {
      description,
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: new LambdaInvoke(runs.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
    });
    // CDK makes one role for all schedules of a target, and puts it into the stack.
    acceptVersions(Stack.of(this), runs.lambda);
  }
}
