import { type CfnElement, Stack, Validations } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { IConstruct } from "constructs";

/** Tells cdk-nag why a permission needs a wildcard, or the synth fails. `resource` is written as cdk-nag prints it. */
export function acceptWildcard(holder: IConstruct, { resource, reason }: { resource: string; reason: string }): void {
  Validations.of(holder).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
}

/** The same for CDK's grants to call a function, which include every version of it. */
export function acceptVersions(holder: IConstruct, fn: LambdaFunction): void {
  const logicalId = Stack.of(fn).getLogicalId(fn.node.defaultChild as CfnElement);
  acceptWildcard(holder, {
    resource: `<${logicalId}.Arn>:*`,
    reason: "Any version of the one function it calls.",
  });
}
