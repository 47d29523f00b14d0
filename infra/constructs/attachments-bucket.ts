import { CfnOutput, Duration, Fn, Stack, Validations } from "aws-cdk-lib";
import { HttpMethods } from "aws-cdk-lib/aws-s3";
import { Construct, type IConstruct } from "constructs";
import { folders } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import { AttachmentsBackup } from "./attachments-backup.ts";
import { ClosedBucket } from "./closed-bucket.ts";
import type { NetworkPart } from "./closed-network.ts";
import type { Loan, ServiceFunction } from "./service-function.ts";

type Allowed = Pick<Loan, "actions" | "conditions">;

/**
 * The files that citizens send with a complaint. Browsers post and fetch them directly, by links that functions sign.
 */
export class AttachmentsBucket extends Construct {
  readonly bucket: ClosedBucket;
  /**
   * An output of our own: CDK's own would have generated names, which `folderFor` could not tell cdk-nag beforehand.
   */
  private readonly arn: CfnOutput;

  constructor(scope: Construct, id: string, { corsOrigins, nth = 1 }: { corsOrigins: string[]; nth?: number }) {
    super(scope, id);
    // Another bucket than the one that was lost, and another output, or no stack would notice.
    const which = nth === 1 ? "" : nth;
    const backup = new AttachmentsBackup(this, "Backup");
    const browsers = { allowedOrigins: corsOrigins, allowedMethods: [HttpMethods.POST, HttpMethods.GET] };
    this.bucket = new ClosedBucket(this, `Bucket${which}`, {
      cors: corsOrigins.length > 0 ? [{ ...browsers, allowedHeaders: ["*"] }] : [],
      // What was written over or deleted by mistake can be had back for a month; uploads are to be gone.
      versioned: true,
      lifecycleRules: [
        ...[folders.uploads, folders.attempts].map((prefix) => ({
          prefix,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        })),
        {
          prefix: folders.clean,
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        },
        // No table is restored to an instant longer ago.
        { prefix: folders.orders, expiration: Duration.days(60), noncurrentVersionExpiration: Duration.days(1) },
        { prefix: folders.verdicts, expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(1) },
      ],
      replicationRole: backup.role,
      replicationRules: backup.rules(),
    });
    backup.copies(this.bucket);
    this.arn = new CfnOutput(this, `Arn${which}`, { value: this.bucket.bucketArn });
    this.bucket.tellsEventBridge();
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Every upload and download is asked for through the API, whose access log names the complaint.",
    });
  }

  /** The function signs forms, by which a browser puts one object among the uploads. */
  uploadedThroughBy(fn: ServiceFunction): void {
    this.lendTo(fn, { folder: folders.uploads, actions: ["s3:PutObject"] });
    this.addressedBy(fn);
  }

  /** The function signs links, by which a browser fetches one clean copy. */
  downloadedThroughBy(fn: ServiceFunction): void {
    this.lendTo(fn, { folder: folders.clean, actions: ["s3:GetObject"] });
    this.addressedBy(fn);
  }

  /**
   * The function opens uploads, and puts what it made of them where nobody else puts anything. Its part of the network
   * lets nothing else out.
   */
  cleanedBy(fn: ServiceFunction, { letsOut }: NetworkPart): void {
    // The attempts tell what became of those that opened the file before.
    const read = [folders.uploads, folders.attempts];
    const written = [folders.attempts, folders.clean, folders.verdicts];
    for (const folder of read) this.lendTo(fn, { folder, actions: ["s3:GetObject"] });
    // What is served or was said is never exchanged, whoever has taken over the function.
    const conditions = { Null: { "s3:if-none-match": "false" } };
    for (const folder of written) this.lendTo(fn, { folder, actions: ["s3:PutObject"], conditions });
    const by = { ArnEquals: { "aws:PrincipalArn": fn.roleArn } };
    const objects = (those: string[]) => those.map((folder) => `${this.bucket.bucketArn}/${folder}*`);
    letsOut({ actions: ["s3:GetObject"], resources: objects(read), by });
    letsOut({ actions: ["s3:PutObject"], resources: objects(written), by });
  }

  /** The function reads the verdict on an upload and its clean copy, and deletes the copy of a refused file. */
  confirmedBy(fn: ServiceFunction): void {
    for (const folder of [folders.verdicts, folders.clean]) this.lendTo(fn, { folder, actions: ["s3:GetObject"] });
    this.lendTo(fn, { folder: folders.clean, actions: ["s3:DeleteObject"] });
  }

  /** The function deletes clean copies of what is kept no longer, of which it can read none; it sees what was ordered. */
  forgottenBy(fn: ServiceFunction): void {
    this.lendTo(fn, { folder: folders.clean, actions: ["s3:DeleteObject"] });
    const resources = [Fn.getStackOutput(Stack.of(this).stackName, Stack.of(this).resolve(this.arn.logicalId))];
    const conditions = { StringLike: { "s3:prefix": [`${folders.orders}*`] } };
    fn.lend({
      name: "ATTACHMENTS_BUCKET",
      value: this.bucket.bucketName,
      actions: ["s3:ListBucket"],
      resources,
      conditions,
    });
  }

  /** The function keeps what was ordered of complaints; nothing that was kept is exchanged. */
  orderedBy(fn: ServiceFunction): void {
    const conditions = { Null: { "s3:if-none-match": "false" } };
    this.lendTo(fn, { folder: folders.orders, actions: ["s3:PutObject"], conditions });
    this.addressedBy(fn);
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

  private lendTo(fn: ServiceFunction, { folder, ...allowed }: { folder: string } & Allowed): void {
    const value = this.bucket.bucketName;
    const resources = [this.folderFor(fn, { folder, reason: "Objects of one folder, one for each attachment." })];
    fn.lend({ name: "ATTACHMENTS_BUCKET", value, resources, ...allowed });
  }
}
