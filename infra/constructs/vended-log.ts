import { Aws, Fn, RemovalPolicy, Stack } from "aws-cdk-lib";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

/**
 * A log that a service of AWS writes by itself. CloudWatch Logs allows a service every group under `/aws/vendedlogs/` at
 * once; a group elsewhere takes a line of one policy for the whole account, which is full after some twenty provinces.
 * The stack's own id keeps the name from ever being taken, by another province or by a stack that was here before.
 */
export function vendedLog(scope: Construct, id: string, { service }: { service: "apis" | "states" }): LogGroup {
  const stackId = Fn.select(2, Fn.split("/", Aws.STACK_ID));
  return new LogGroup(scope, id, {
    logGroupName: `/aws/vendedlogs/${service}/${Stack.of(scope).stackName}/${stackId}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
