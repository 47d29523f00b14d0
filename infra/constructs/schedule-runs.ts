import { type Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Schedule, ScheduleExpression, ScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Construct } from "constructs";
import { acceptServerless } from "./accepted-findings.ts";
import type { ServiceFunction } from "./service-function.ts";

export type Runs = { runs: ServiceFunction; description: string };

/**
 * Runs a function again and again. A run that fails is not retried, and none waits beyond its time: the next one finds the
 * same work. Both are said twice: of the schedule's call, which waits for no answer, and of the run that it asks for.
 */
export function scheduleRuns(scope: Construct, { runs, description, every }: Runs & { every: Duration }): void {
  const stack = Stack.of(scope);
  const scheduleGroup = groupOf(stack);
  const { functionArn: arn } = runs.lambda;
  const ours = { "aws:SourceAccount": stack.account, "aws:SourceArn": scheduleGroup.scheduleGroupArn };
  const assumedBy = new ServicePrincipal("scheduler.amazonaws.com", { conditions: { StringEquals: ours } });
  // CDK's own target would let its role call every version of the function.
  const role = new Role(scope, "Caller", { assumedBy });
  role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [arn] }));
  const retryPolicy = { maximumRetryAttempts: 0, maximumEventAgeInSeconds: every.toSeconds() };
  new Schedule(scope, "Schedule", {
    description,
    scheduleGroup,
    schedule: ScheduleExpression.rate(every),
    target: { bind: () => ({ arn, role, retryPolicy }) },
  });
  runs.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
  acceptServerless(runs, {
    finding: "LambdaAsyncFailureDestination",
    reason: "Nothing is lost with a run: the next one finds the same work, and alarms count those that fail.",
  });
}

/** All schedules of a stack, by whose name AWS counts those that it dropped: no neighbour's are among them. */
function groupOf(stack: Stack): ScheduleGroup {
  const found = stack.node.tryFindChild("Schedules");
  if (found instanceof ScheduleGroup) return found;
  // CDK would have it kept: its name would be taken when a stack that was rolled back, or taken down, is made again.
  const removalPolicy = RemovalPolicy.DESTROY;
  return new ScheduleGroup(stack, "Schedules", { scheduleGroupName: stack.stackName, removalPolicy });
}
