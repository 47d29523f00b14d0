import { Duration, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { DlqDestinationConfig, IEventSourceDlq, IEventSourceMapping, IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct, type IConstruct } from "constructs";
import { acceptObjectsOf } from "./accepted-findings.ts";
import { ClosedBucket } from "./closed-bucket.ts";
import type { ServiceFunction } from "./service-function.ts";

/** Keeps stream records that could not be consumed, whole, so that they can be looked at and sent again. */
export class ParkedRecords extends Construct implements IEventSourceDlq {
  readonly bucket: ClosedBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new ClosedBucket(this, "Bucket", {
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    this.bucket.tellsEventBridge();
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Holds what one function could not consume; nobody else reads or writes it.",
    });
  }

  /** Reads objects by name; the function learns the names from the bucket's events and cannot list them. */
  readBy(fn: ServiceFunction): void {
    const { bucketName: value, bucketArn } = this.bucket;
    fn.lend({ name: "PARKED_BUCKET", value, actions: ["s3:GetObject"], resources: [`${bucketArn}/*`] });
    this.acknowledgeObjects(fn, "Reads objects under names of Lambda's choosing.");
  }

  /** CDK's own destination lets the function delete as well; this one may only add. */
  bind(_source: IEventSourceMapping, fn: IFunction): DlqDestinationConfig {
    const { bucketArn } = this.bucket;
    fn.addToRolePolicy(new PolicyStatement({ actions: ["s3:PutObject"], resources: [`${bucketArn}/*`] }));
    fn.addToRolePolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucketArn] }));
    this.acknowledgeObjects(fn.role ?? fn, "Adds objects under names of Lambda's choosing.");
    return { destination: bucketArn };
  }

  private acknowledgeObjects(holder: IConstruct, reason: string): void {
    acceptObjectsOf(holder, { bucket: this.bucket, reason });
  }
}
