import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { DlqDestinationConfig, IEventSourceDlq, IEventSourceMapping, IFunction } from "aws-cdk-lib/aws-lambda";
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledged.ts";

/** Where a stream record goes that could not be consumed, whole, so that it can be looked at and sent again. */
export class ParkedRecords extends Construct implements IEventSourceDlq {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Holds what one function could not consume; nobody else reads or writes it.",
    });
  }

  /** CDK's own destination lets the function delete as well; this one may only add. */
  bind(_source: IEventSourceMapping, fn: IFunction): DlqDestinationConfig {
    const { bucketArn } = this.bucket;
    fn.addToRolePolicy(new PolicyStatement({ actions: ["s3:PutObject"], resources: [`${bucketArn}/*`] }));
    fn.addToRolePolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucketArn] }));
    const logicalId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    acknowledgeWildcard(fn.role ?? fn, {
      resource: `<${logicalId}.Arn>/*`,
      reason: "Adds objects under names of Lambda's choosing.",
    });
    return { destination: bucketArn };
  }
}
