import { type CfnElement, Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

type AcceptedFinding = { finding: string; reason: string };
type AcceptedObjects = { bucket: IConstruct; folder?: string; reason: string };

/** Tells cdk-nag's serverless pack why a rule of it does not fit here. `finding` is its name for the rule. */
export function acceptServerless(holder: IConstruct, { finding, reason }: AcceptedFinding): void {
  Validations.of(holder).acknowledge({ id: `Serverless::Serverless-${finding}`, reason });
}

/** A queue of dead letters, after which nothing comes. */
export function acceptLastQueue(queue: IConstruct): void {
  acceptServerless(queue, { finding: "SQSRedrivePolicy", reason: "It holds the dead letters itself." });
}

/** A rule of EventBridge that fills one of our own queues. */
export function acceptRuleWithoutDeadLetters(rule: IConstruct): void {
  acceptServerless(rule, {
    finding: "EventBusDLQ",
    reason:
      "EventBridge tries for a day. What it gives up it would keep whole, and the rule leaves out what nobody may keep.",
  });
}

/** Tells cdk-nag why a permission needs a wildcard, or the synth fails. `resource` is written as cdk-nag prints it. */
export function acceptWildcard(holder: IConstruct, { resource, reason }: { resource: string; reason: string }): void {
  Validations.of(holder).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
}

/** The same for every object of a folder, of a bucket in the holder's own stack. */
export function acceptObjectsOf(holder: IConstruct, { bucket, folder = "", reason }: AcceptedObjects): void {
  const logicalId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement);
  acceptWildcard(holder, { resource: `<${logicalId}.Arn>/${folder}*`, reason });
}
