import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Says why a permission needs a wildcard; without a reason the synth fails. `resource` is as cdk-nag prints it. */
export function acknowledgeWildcard(
  holder: IConstruct,
  { resource, reason }: { resource: string; reason: string },
): void {
  Validations.of(holder).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
}
