import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { edgeSecretName } from "#shared/runtime/edge-names.ts";
import { edgeRegion } from "../settings.ts";
import type { ServiceFunction } from "./service-function.ts";

type EdgeKeysProps = { provinceId: string; region: string | undefined };

/**
 * The two keys by which the edge is known to functions, `a` and `b` in one secret: both hold, and one is sent. Copied to
 * the edge's region, where its stack reads the one that it sends by the secret's name.
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
      // New keys are as good as these, and a name that stays taken would keep an edge from coming back.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-SMG4",
      reason: "Rotated by hand, since CloudFront has to be deployed in the middle of it.",
    });
  }

  readBy(fn: ServiceFunction): void {
    const { secretArn } = this.secret;
    const actions = ["secretsmanager:GetSecretValue"];
    fn.lend({ name: "EDGE_SECRET", value: secretArn, actions, resources: [secretArn] });
  }
}
