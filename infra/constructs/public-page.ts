import { CfnOutput, Duration, Fn, Stack, Validations } from "aws-cdk-lib";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { siteObjectKeys } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import { PrivateBucket } from "./closed-bucket.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { type FunctionGrant, ServiceFunction, scheduleFunction } from "./service-function.ts";

type AllowedActions = Pick<FunctionGrant, "actions" | "conditions">;

/** The public page, as it was rendered last. Nobody but our functions reads the bucket, and all in it can be made anew. */
export class SiteBucket extends Construct {
  readonly bucket: Bucket;
  private readonly arn: CfnOutput;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "Bucket", {
      // Far longer than a file stands (functions/public-page/render-page.ts), unless nothing is rendered any more.
      lifecycleRules: [{ prefix: siteObjectKeys.editions, expiration: Duration.days(90) }],
    });
    this.arn = new CfnOutput(this, "Arn", { value: this.bucket.bucketArn });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "What is in it is served to anybody; who made it is one function.",
    });
  }

  /** Adds files that are never exchanged, and exchanges the list of those that are the site. */
  grantRender(fn: ServiceFunction): void {
    this.grantOnPlace(fn, siteObjectKeys.current, { actions: ["s3:GetObject", "s3:PutObject"] });
    const conditions = { Null: { "s3:if-none-match": "false" } };
    this.grantOnPlace(fn, `${siteObjectKeys.editions}*`, { actions: ["s3:PutObject"], conditions });
  }

  /** Reads the list and the files. */
  grantServe(fn: ServiceFunction): void {
    for (const place of [siteObjectKeys.current, `${siteObjectKeys.editions}*`])
      this.grantOnPlace(fn, place, { actions: ["s3:GetObject"] });
  }

  private grantOnPlace(fn: ServiceFunction, place: string, allowed: AllowedActions): void {
    const { stackName } = Stack.of(this);
    const arn = Fn.getStackOutput(stackName, Stack.of(this).resolve(this.arn.logicalId));
    if (place.endsWith("*"))
      acceptWildcard(fn, {
        resource: `${JSON.stringify(Stack.of(fn).resolve(arn))}/${place}`,
        reason: "Files of the site, a folder for each time it was made.",
      });
    fn.grant({ name: "SITE_BUCKET", value: this.bucket.bucketName, resources: [`${arn}/${place}`], ...allowed });
  }
}

type RendererProps = { complaints: ComplaintsTable; site: SiteBucket; bundle: string };

/** Makes the public page of what is published, and of today's office hours. It sees no complaint. */
export class PageRenderer extends Construct {
  readonly renderPage: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, site, bundle }: RendererProps) {
    super(scope, id);
    this.renderPage = new ServiceFunction(this, "render-page", {
      bundle,
      description: "Makes the public page anew where what it shows has changed",
      // One whole processor: it draws and compresses.
      memorySize: 1_769,
      timeout: Duration.minutes(15),
      // Two at once would exchange each other's site.
      reservedConcurrentExecutions: 1,
    });
    complaints.grantReadPublished(this.renderPage);
    complaints.grantReadWaiting(this.renderPage);
    complaints.grantReadHours(this.renderPage);
    site.grantRender(this.renderPage);
    const description = "The public page, every five minutes";
    scheduleFunction(this, { fn: this.renderPage, description, every: Duration.minutes(5) });
  }
}
