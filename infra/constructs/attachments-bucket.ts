import { CfnOutput, Duration, Fn, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, HttpMethods } from "aws-cdk-lib/aws-s3";
import { Construct, type IConstruct } from "constructs";
import { keptFolder, quarantineFolder } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import type { ServiceFunction } from "./service-function.ts";

/**
 * The files that citizens send with a complaint. Browsers post and fetch them directly, by links that functions sign.
 */
export class AttachmentsBucket extends Construct {
  readonly bucket: Bucket;
  /**
   * An output of our own: CDK's own would have generated names, which `folderFor` could not tell cdk-nag beforehand.
   */
  private readonly arn: CfnOutput;

  constructor(scope: Construct, id: string, { corsOrigins }: { corsOrigins: string[] }) {
    super(scope, id);
    const browsers = { allowedOrigins: corsOrigins, allowedMethods: [HttpMethods.POST, HttpMethods.GET] };
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      cors: corsOrigins.length > 0 ? [{ ...browsers, allowedHeaders: ["*"] }] : [],
      // What was written over or deleted by mistake can be had back for a month; of quarantine nothing is worth it.
      versioned: true,
      lifecycleRules: [
        { prefix: quarantineFolder, expiration: Duration.days(1), noncurrentVersionExpiration: Duration.days(1) },
        { prefix: keptFolder, noncurrentVersionExpiration: Duration.days(30) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.arn = new CfnOutput(this, "Arn", { value: this.bucket.bucketArn });
    this.tellsEventBridge();
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Every upload and download is asked for through the API, whose access log names the complaint.",
    });
  }

  /** The function signs forms, by which a browser puts one object into quarantine. */
  uploadedThroughBy(fn: ServiceFunction): void {
    this.lendTo(fn, { folder: quarantineFolder, actions: ["s3:PutObject"] });
    this.addressedBy(fn);
  }

  /** The function signs links, by which a browser fetches one confirmed object. */
  downloadedThroughBy(fn: ServiceFunction): void {
    this.lendTo(fn, { folder: keptFolder, actions: ["s3:GetObject"] });
    this.addressedBy(fn);
  }

  /** The function looks at uploads in quarantine and copies them out. */
  confirmedBy(fn: ServiceFunction): void {
    this.lendTo(fn, { folder: quarantineFolder, actions: ["s3:GetObject"] });
    this.lendTo(fn, { folder: keptFolder, actions: ["s3:PutObject"] });
    // Without it S3 answers 403 for an object that is gone, not 404.
    const { bucketName: value, bucketArn } = this.bucket;
    fn.lend({ name: "ATTACHMENTS_BUCKET", value, actions: ["s3:ListBucket"], resources: [bucketArn] });
  }

  private addressedBy(fn: ServiceFunction): void {
    fn.lambda.addEnvironment("ATTACHMENTS_URL", `https://${this.bucket.bucketRegionalDomainName}`);
  }

  /** The ARN pattern of a folder for a role in another stack; tells cdk-nag why it needs the wildcard. */
  folderFor(holder: IConstruct, { folder, reason }: { folder: string; reason: string }): string {
    const { stackName } = Stack.of(this);
    const arn = Fn.getStackOutput(stackName, Stack.of(this).resolve(this.arn.logicalId));
    acceptWildcard(holder, { resource: `${JSON.stringify(Stack.of(holder).resolve(arn))}/${folder}*`, reason });
    return `${arn}/${folder}*`;
  }

  private lendTo(fn: ServiceFunction, { folder, actions }: { folder: string; actions: string[] }): void {
    const value = this.bucket.bucketName;
    const resources = [this.folderFor(fn, { folder, reason: "Objects of one folder, one for each attachment." })];
    fn.lend({ name: "ATTACHMENTS_BUCKET", value, actions, resources });
  }

  /** CDK's own switch would add a function and a role that may change every bucket's notifications. */
  private tellsEventBridge(): void {
    const bucket = this.bucket.node.defaultChild;
    if (bucket instanceof CfnBucket)
      bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
