import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { EnvironmentName } from "#shared/runtime/env.ts";
import type { ServiceFunction } from "./service-function.ts";

type SecretKeyProps = {
  variable: Extract<EnvironmentName, `${string}_SECRET`>;
  description: string;
  /** Why it is never rotated: what would be lost. */
  neverRotated: string;
};

/**
 * A key from which something is derived for the life of a province. Never edit `generateSecretString`: CloudFormation
 * would generate a new key, and everything derived from the old one would be lost.
 */
export class SecretKey extends Construct {
  readonly secret: Secret;
  private readonly variable: EnvironmentName;

  constructor(scope: Construct, id: string, { variable, description, neverRotated }: SecretKeyProps) {
    super(scope, id);
    this.variable = variable;
    this.secret = new Secret(this, "Secret", {
      description,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({ id: "AwsSolutions::AwsSolutions-SMG4", reason: neverRotated });
  }

  readBy(fn: ServiceFunction): void {
    const { secretArn } = this.secret;
    fn.lend({
      name: this.variable,
      value: secretArn,
      actions: ["secretsmanager:GetSecretValue"],
      resources: [secretArn],
    });
  }
}
