import { RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, type CfnBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/** Every bucket blocks public access, is encrypted, and accepts only requests over TLS. */
const privateBucketProps = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
} satisfies BucketProps;

/** A private bucket that stays when its stack is deleted. Its policy stays too, so that the bucket remains private. */
export class PrivateBucket extends Bucket {
  constructor(
    scope: Construct,
    id: string,
    props: Omit<BucketProps, keyof typeof privateBucketProps | "removalPolicy">,
  ) {
    super(scope, id, { ...props, ...privateBucketProps, removalPolicy: RemovalPolicy.RETAIN });
    this.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** CDK's own option would add a function whose role may change the notifications of every bucket. */
  sendEventsToEventBridge(): void {
    const bucket = this.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
