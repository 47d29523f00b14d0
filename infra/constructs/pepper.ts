import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

/**
 * The key from which ids and secrets are derived. Any later edit of how it is generated makes a new one and with it
 * kills every secret that a citizen holds.
 */
export class Pepper extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, "Secret", {
      description: "Key of complaint ids and secrets; never changed, or no citizen gets in any more",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-SMG4",
      reason: "A rotated pepper would be another pepper: no citizen could open a complaint any more.",
    });
  }

  readBy(fn: ServiceFunction): void {
    const { secretArn } = this.secret;
    fn.lend({
      name: "PEPPER_SECRET",
      value: secretArn,
      actions: ["secretsmanager:GetSecretValue"],
      resources: [secretArn],
    });
  }
}
