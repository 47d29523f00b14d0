import { RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, type CfnBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/** Of every bucket: nobody from outside, and nothing in the open, lying or on its way. */
const privateBucketProps = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
} satisfies BucketProps;

/** A bucket that outlives its stack, and is then as closed as before: its policy, which a stack would take away, stays too. */
export class PrivateBucket extends Bucket {
  constructor(
    scope: Construct,
    id: string,
    props: Omit<BucketProps, keyof typeof privateBucketProps | "removalPolicy">,
  ) {
    super(scope, id, { ...props, ...privateBucketProps, removalPolicy: RemovalPolicy.RETAIN });
    this.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** CDK's own switch would add a function and a role that may change every bucket's notifications. */
  sendEventsToEventBridge(): void {
    const bucket = this.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
