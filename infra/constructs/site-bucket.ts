import { CfnOutput, Duration, Fn, Stack, Validations } from "aws-cdk-lib";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { siteKeys } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import { ClosedBucket } from "./closed-bucket.ts";
import type { Loan, ServiceFunction } from "./service-function.ts";

type Allowed = Pick<Loan, "actions" | "conditions">;

/** The public page, as it was rendered last. Nobody but our functions reads the bucket, and all in it can be made anew. */
export class SiteBucket extends Construct {
  readonly bucket: Bucket;
  private readonly arn: CfnOutput;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new ClosedBucket(this, "Bucket", {
      // Far longer than a file stands (functions/page/publish-site.ts), unless nothing is rendered any more.
      lifecycleRules: [{ prefix: siteKeys.editions, expiration: Duration.days(90) }],
    });
    this.arn = new CfnOutput(this, "Arn", { value: this.bucket.bucketArn });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "What is in it is served to anybody; who made it is one function.",
    });
  }

  /** Adds files that are never exchanged, and exchanges the list of those that are the site. */
  renderedBy(fn: ServiceFunction): void {
    this.lendTo(fn, siteKeys.standing, { actions: ["s3:GetObject", "s3:PutObject"] });
    const conditions = { Null: { "s3:if-none-match": "false" } };
    this.lendTo(fn, `${siteKeys.editions}*`, { actions: ["s3:PutObject"], conditions });
  }

  /** Reads the list and the files. */
  servedBy(fn: ServiceFunction): void {
    for (const place of [siteKeys.standing, `${siteKeys.editions}*`])
      this.lendTo(fn, place, { actions: ["s3:GetObject"] });
  }

  private lendTo(fn: ServiceFunction, place: string, allowed: Allowed): void {
    const { stackName } = Stack.of(this);
    const arn = Fn.getStackOutput(stackName, Stack.of(this).resolve(this.arn.logicalId));
    if (place.endsWith("*"))
      acceptWildcard(fn, {
        resource: `${JSON.stringify(Stack.of(fn).resolve(arn))}/${place}`,
        reason: "Files of the site, a folder for each time it was made.",
      });
    fn.lend({ name: "SITE_BUCKET", value: this.bucket.bucketName, resources: [`${arn}/${place}`], ...allowed });
  }
}
