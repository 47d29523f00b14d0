import { type Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Schedule, ScheduleExpression, ScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { Construct } from "constructs";
import { acceptServerless, acceptVersions } from "./accepted-findings.ts";
import type { ServiceFunction } from "./service-function.ts";

export type Runs = { runs: ServiceFunction; description: string };

/**
 * Runs a function again and again. A run that fails is not retried, and none waits beyond its time: the next one finds the
 * same work. Both are said twice: of the schedule's call, which waits for no answer, and of the run that it asks for.
 */
export function scheduleRuns(scope: Construct, { runs, description, every }: Runs & { every: Duration }): void {
  const stack = Stack.of(scope);
  new Schedule(scope, "Schedule", {
    description,
    scheduleGroup: groupOf(stack),
    schedule: ScheduleExpression.rate(every),
    target: new LambdaInvoke(runs.lambda, { retryAttempts: 0, maxEventAge: every }),
  });
  runs.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
  acceptServerless(runs, {
    finding: "LambdaAsyncFailureDestination",
    reason: "Nothing is lost with a run: the next one finds the same work, and alarms count those that fail.",
  });
  // CDK makes one role for all schedules of a target, and puts it into the stack.
  acceptVersions(stack, runs.lambda);
}

/** All schedules of a stack, by whose name AWS counts those that it dropped: no neighbour's are among them. */
function groupOf(stack: Stack): ScheduleGroup {
  const found = stack.node.tryFindChild("Schedules");
  if (found instanceof ScheduleGroup) return found;
  // CDK would have it kept: its name would be taken when a stack that was rolled back, or taken down, is made again.
  const removalPolicy = RemovalPolicy.DESTROY;
  return new ScheduleGroup(stack, "Schedules", { scheduleGroupName: stack.stackName, removalPolicy });
}
