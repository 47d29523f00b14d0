import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { type EnvironmentName, edgeSecretName } from "#shared/runtime/environment.ts";
import { edgeRegion } from "../provinces/province-files.ts";
import type { ServiceFunction } from "./service-function.ts";

type SecretKeyProps = {
  variable: Extract<EnvironmentName, `${string}_SECRET`>;
  description: string;
  /** Why the key is never rotated: the data that would be lost. */
  reasonNotRotated: string;
};

/**
 * A secret key that stays the same for the life of a province, because stored data is derived from it. Never edit
 * `generateSecretString`: CloudFormation would generate a new key, and all data derived from the old key would be lost.
 */
export class SecretKey extends Construct {
  readonly secret: Secret;
  private readonly variable: EnvironmentName;

  constructor(scope: Construct, id: string, { variable, description, reasonNotRotated }: SecretKeyProps) {
    super(scope, id);
    this.variable = variable;
    this.secret = new Secret(this, "Secret", {
      description,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({ id: "AwsSolutions::AwsSolutions-SMG4", reason: reasonNotRotated });
  }

  grantRead(fn: ServiceFunction): void {
    const { secretArn } = this.secret;
    fn.grant({
      name: this.variable,
      value: secretArn,
      actions: ["secretsmanager:GetSecretValue"],
      resources: [secretArn],
    });
  }
}

type EdgeKeysProps = { provinceId: string; region: string | undefined };

/**
 * One secret with two keys, `a` and `b`, that prove to functions that a request came through the edge. The edge sends one of
 * them; functions accept both. The secret is replicated to the edge's region, where the edge stack reads the key by the
 * secret's name.
 */
export class EdgeKeys extends Construct {
  private readonly secret: Secret;

  constructor(scope: Construct, id: string, { provinceId, region }: EdgeKeysProps) {
    super(scope, id);
    this.secret = new Secret(this, "Secret", {
      secretName: edgeSecretName(provinceId),
      description: "What the edge adds to requests, so that functions know it; rotated by npm run edge:rotate",
      generateSecretString: {
        secretStringTemplate: "{}",
        generateStringKey: "a",
        passwordLength: 64,
        excludePunctuation: true,
      },
      replicaRegions: region === edgeRegion ? [] : [{ region: edgeRegion }],
      // New keys work as well as these. A retained secret would keep its name, and an edge could not be added again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-SMG4",
      reason: "Rotated by hand, since CloudFront has to be deployed in the middle of it.",
    });
  }

  grantRead(fn: ServiceFunction): void {
    const { secretArn } = this.secret;
    const actions = ["secretsmanager:GetSecretValue"];
    fn.grant({ name: "EDGE_SECRET", value: secretArn, actions, resources: [secretArn] });
  }
}
