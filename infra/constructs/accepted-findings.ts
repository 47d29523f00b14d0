import { type CfnElement, Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Tells cdk-nag's serverless rules why one of them does not apply to this construct. `finding`: the name of the rule. */
export function acceptServerless(holder: IConstruct, { finding, reason }: { finding: string; reason: string }): void {
  Validations.of(holder).acknowledge({ id: `Serverless::Serverless-${finding}`, reason });
}

/** Accepts that a dead-letter queue has no dead-letter queue of its own. */
export function acceptLastQueue(queue: IConstruct): void {
  acceptServerless(queue, { finding: "SQSRedrivePolicy", reason: "It holds the dead letters itself." });
}

/** Accepts an EventBridge rule without a dead-letter queue, because it sends to one of our own queues. */
export function acceptRuleWithoutDeadLetters(rule: IConstruct): void {
  acceptServerless(rule, {
    finding: "EventBusDLQ",
    reason:
      "EventBridge tries for a day. What it gives up it would keep whole, and the rule leaves out what nobody may keep.",
  });
}

/**
 * Tells cdk-nag why a permission needs a wildcard; without this the synthesis fails. Write `resource` as cdk-nag prints it.
 */
export function acceptWildcard(holder: IConstruct, { resource, reason }: { resource: string; reason: string }): void {
  Validations.of(holder).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
}

/** Accepts a wildcard for all objects in a folder of a bucket. The bucket must be in the same stack as `holder`. */
export function acceptObjectsOf(
  holder: IConstruct,
  { bucket, folder = "", reason }: { bucket: IConstruct; folder?: string; reason: string },
): void {
  const logicalId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement);
  acceptWildcard(holder, { resource: `<${logicalId}.Arn>/${folder}*`, reason });
}
