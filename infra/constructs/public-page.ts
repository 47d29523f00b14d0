import { CfnOutput, Duration, Fn, Stack, Validations } from "aws-cdk-lib";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { siteObjectKeys } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import { PrivateBucket } from "./closed-bucket.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { grantReadIssues } from "./issue-grants.ts";
import { type FunctionGrant, ServiceFunction, scheduleFunction } from "./service-function.ts";

type AllowedActions = Pick<FunctionGrant, "actions" | "conditions">;

/** The rendered files of the public page. Only our functions read the bucket, and everything in it can be rendered again. */
export class SiteBucket extends Construct {
  readonly bucket: Bucket;
  private readonly arn: CfnOutput;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "Bucket", {
      // Far longer than an edition is in use (functions/public-page/render-page.function.ts), unless rendering has stopped.
      lifecycleRules: [{ prefix: siteObjectKeys.editions, expiration: Duration.days(90) }],
    });
    this.arn = new CfnOutput(this, "Arn", { value: this.bucket.bucketArn });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "What is in it is served to anybody; who made it is one function.",
    });
  }

  /** Lets `fn` add files that are never overwritten, and overwrite the list that names the files of the current site. */
  grantRender(fn: ServiceFunction): void {
    this.grantOnKeys(fn, siteObjectKeys.current, { actions: ["s3:GetObject", "s3:PutObject"] });
    const conditions = { Null: { "s3:if-none-match": "false" } };
    this.grantOnKeys(fn, `${siteObjectKeys.editions}*`, { actions: ["s3:PutObject"], conditions });
  }

  grantServe(fn: ServiceFunction): void {
    for (const keys of [siteObjectKeys.current, `${siteObjectKeys.editions}*`])
      this.grantOnKeys(fn, keys, { actions: ["s3:GetObject"] });
  }

  private grantOnKeys(fn: ServiceFunction, keys: string, allowed: AllowedActions): void {
    const { stackName } = Stack.of(this);
    const arn = Fn.getStackOutput(stackName, Stack.of(this).resolve(this.arn.logicalId));
    if (keys.endsWith("*"))
      acceptWildcard(fn, {
        resource: `${JSON.stringify(Stack.of(fn).resolve(arn))}/${keys}`,
        reason: "Files of the site, a folder for each time it was made.",
      });
    fn.grant({ name: "SITE_BUCKET", value: this.bucket.bucketName, resources: [`${arn}/${keys}`], ...allowed });
  }
}

type PageRendererProps = { complaints: ComplaintsTable; site: SiteBucket; bundle: string };

/** Renders the public page from published figures, today's office hours and issues. It cannot read complaints. */
export class PageRenderer extends Construct {
  readonly renderPage: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, site, bundle }: PageRendererProps) {
    super(scope, id);
    this.renderPage = new ServiceFunction(this, "render-page", {
      bundle,
      description: "Makes the public page anew where what it shows has changed",
      // Lambda gives one whole vCPU at 1,769 MB. The function draws pictures and compresses files.
      memorySize: 1_769,
      timeout: Duration.minutes(15),
      // Two runs at once would overwrite each other's site.
      reservedConcurrentExecutions: 1,
    });
    complaints.grantReadPublished(this.renderPage);
    complaints.grantReadWaiting(this.renderPage);
    complaints.grantReadHours(this.renderPage);
    grantReadIssues(complaints, this.renderPage, ["one", "all"]);
    complaints.grantList(this.renderPage, "issues");
    site.grantRender(this.renderPage);
    const description = "The public page, every five minutes";
    scheduleFunction(this, { fn: this.renderPage, description, every: Duration.minutes(5) });
  }
}
