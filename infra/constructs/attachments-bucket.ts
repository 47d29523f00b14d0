import { CfnOutput, Duration, Fn, Stack, Validations } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type Bucket, HttpMethods, type ReplicationRule, StorageClass } from "aws-cdk-lib/aws-s3";
import { Construct, type IConstruct } from "constructs";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { acceptObjectsOf, acceptWildcard } from "./accepted-findings.ts";
import { PrivateBucket } from "./closed-bucket.ts";
import type { NetworkSegment } from "./closed-network.ts";
import type { FunctionGrant, ServiceFunction } from "./service-function.ts";

/** What cannot be had again: files of citizens, and what a restore must not lose. */
const copiedFolders = [bucketFolders.clean, bucketFolders.orders];
/** What is deleted is there for so long; S3 takes up to two days more, and no backup keeps longer than 35. */
const keptDays = 30;

/**
 * A second bucket, into which S3 copies what is put into the first, deletions too; not deletions of versions, without
 * which no bucket can be lost. Nobody deletes here: what was deleted there goes by the lifecycle rules alone.
 */
export class AttachmentsBackup extends Construct {
  readonly bucket: Bucket;
  /** S3's own, by which it copies. */
  readonly role: Role;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "Bucket", {
      versioned: true,
      lifecycleRules: [
        {
          prefix: bucketFolders.clean,
          noncurrentVersionExpiration: Duration.days(keptDays),
          expiredObjectDeleteMarker: true,
        },
        {
          prefix: bucketFolders.orders,
          expiration: Duration.days(60),
          noncurrentVersionExpiration: Duration.days(keptDays),
        },
      ],
    });
    const { bucketArn } = this.bucket;
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        resources: [bucketArn, `${bucketArn}/*`],
      }),
    );
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("s3.amazonaws.com") });
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "S3 alone writes here, and nobody reads before the other bucket is lost.",
    });
  }

  /** For the bucket that is backed up: a cheaper class, since a copy is read once in years, and then at once. */
  replicationRules(): ReplicationRule[] {
    return copiedFolders.map((prefix, priority) => ({
      destination: this.bucket,
      storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
      filter: { prefix },
      priority,
      deleteMarkerReplication: true,
    }));
  }

  /** Lets S3 read what is put into the bucket, and copy it into this one. */
  grantReplication(from: Bucket): void {
    const statements = [
      { actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: [from.bucketArn] },
      {
        actions: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
        resources: copiedFolders.map((folder) => `${from.bucketArn}/${folder}*`),
      },
      {
        actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
        resources: copiedFolders.map((folder) => `${this.bucket.bucketArn}/${folder}*`),
      },
    ];
    for (const statement of statements) this.role.addToPolicy(new PolicyStatement(statement));
    for (const bucket of [from, this.bucket])
      for (const folder of copiedFolders)
        acceptObjectsOf(this.role, { bucket, folder, reason: "Every object of the folder is copied." });
  }
}

type AllowedActions = Pick<FunctionGrant, "actions" | "conditions">;

/**
 * The files that citizens send with a complaint. Browsers post and fetch them directly, by links that functions sign.
 */
export class AttachmentsBucket extends Construct {
  readonly bucket: PrivateBucket;
  /**
   * An output of our own: CDK's own would have generated names, which `folderArn` could not tell cdk-nag beforehand.
   */
  private readonly arn: CfnOutput;

  constructor(scope: Construct, id: string, { corsOrigins, nth = 1 }: { corsOrigins: string[]; nth?: number }) {
    super(scope, id);
    // Another bucket than the one that was lost, and another output, or no stack would notice.
    const which = nth === 1 ? "" : nth;
    const backup = new AttachmentsBackup(this, "Backup");
    const browsers = { allowedOrigins: corsOrigins, allowedMethods: [HttpMethods.POST, HttpMethods.GET] };
    this.bucket = new PrivateBucket(this, `Bucket${which}`, {
      cors: corsOrigins.length > 0 ? [{ ...browsers, allowedHeaders: ["*"] }] : [],
      // What was written over or deleted by mistake can be had back for a month; uploads are to be gone.
      versioned: true,
      lifecycleRules: [
        ...[bucketFolders.uploads, bucketFolders.attempts].map((prefix) => ({
          prefix,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        })),
        {
          prefix: bucketFolders.clean,
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        },
        // No table is restored to an instant longer ago.
        { prefix: bucketFolders.orders, expiration: Duration.days(60), noncurrentVersionExpiration: Duration.days(1) },
        {
          prefix: bucketFolders.verdicts,
          expiration: Duration.days(30),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
      replicationRole: backup.role,
      replicationRules: backup.replicationRules(),
    });
    backup.grantReplication(this.bucket);
    this.arn = new CfnOutput(this, `Arn${which}`, { value: this.bucket.bucketArn });
    this.bucket.sendEventsToEventBridge();
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Every upload and download is asked for through the API, whose access log names the complaint.",
    });
  }

  /** The function signs forms, by which a browser puts one object among the uploads. */
  grantUploadLinks(fn: ServiceFunction): void {
    this.grantOnFolder(fn, { folder: bucketFolders.uploads, actions: ["s3:PutObject"] });
    this.addUrl(fn);
  }

  /** The function signs links, by which a browser fetches one clean copy. */
  grantDownloadLinks(fn: ServiceFunction): void {
    this.grantOnFolder(fn, { folder: bucketFolders.clean, actions: ["s3:GetObject"] });
    this.addUrl(fn);
  }

  /**
   * The function opens uploads, and puts what it made of them where nobody else puts anything. Its part of the network
   * lets nothing else out.
   */
  grantCleaning(fn: ServiceFunction, { allowOutbound }: NetworkSegment): void {
    // The attempts tell what became of those that opened the file before.
    const read = [bucketFolders.uploads, bucketFolders.attempts];
    const written = [bucketFolders.attempts, bucketFolders.clean, bucketFolders.verdicts];
    for (const folder of read) this.grantOnFolder(fn, { folder, actions: ["s3:GetObject"] });
    // What is served or was said is never exchanged, whoever has taken over the function.
    const conditions = { Null: { "s3:if-none-match": "false" } };
    for (const folder of written) this.grantOnFolder(fn, { folder, actions: ["s3:PutObject"], conditions });
    const by = { ArnEquals: { "aws:PrincipalArn": fn.roleArn } };
    const objects = (those: string[]) => those.map((folder) => `${this.bucket.bucketArn}/${folder}*`);
    allowOutbound({ actions: ["s3:GetObject"], resources: objects(read), by });
    allowOutbound({ actions: ["s3:PutObject"], resources: objects(written), by });
  }

  /** The function reads the verdict on an upload and its clean copy, and deletes the copy of a refused file. */
  grantConfirmation(fn: ServiceFunction): void {
    for (const folder of [bucketFolders.verdicts, bucketFolders.clean])
      this.grantOnFolder(fn, { folder, actions: ["s3:GetObject"] });
    this.grantOnFolder(fn, { folder: bucketFolders.clean, actions: ["s3:DeleteObject"] });
  }

  /** The function deletes clean copies of what is kept no longer, of which it can read none; it sees what was ordered. */
  grantErasure(fn: ServiceFunction): void {
    this.grantOnFolder(fn, { folder: bucketFolders.clean, actions: ["s3:DeleteObject"] });
    const resources = [Fn.getStackOutput(Stack.of(this).stackName, Stack.of(this).resolve(this.arn.logicalId))];
    const conditions = { StringLike: { "s3:prefix": [`${bucketFolders.orders}*`] } };
    fn.grant({
      name: "ATTACHMENTS_BUCKET",
      value: this.bucket.bucketName,
      actions: ["s3:ListBucket"],
      resources,
      conditions,
    });
  }

  /** The function keeps what was ordered of complaints; nothing that was kept is exchanged. */
  grantRetentionOrders(fn: ServiceFunction): void {
    const conditions = { Null: { "s3:if-none-match": "false" } };
    this.grantOnFolder(fn, { folder: bucketFolders.orders, actions: ["s3:PutObject"], conditions });
    this.addUrl(fn);
  }

  private addUrl(fn: ServiceFunction): void {
    fn.lambda.addEnvironment("ATTACHMENTS_URL", `https://${this.bucket.bucketRegionalDomainName}`);
  }

  /** The ARN pattern of a folder for a role in another stack; tells cdk-nag why it needs the wildcard. */
  folderArn(holder: IConstruct, { folder, reason }: { folder: string; reason: string }): string {
    const { stackName } = Stack.of(this);
    const arn = Fn.getStackOutput(stackName, Stack.of(this).resolve(this.arn.logicalId));
    acceptWildcard(holder, { resource: `${JSON.stringify(Stack.of(holder).resolve(arn))}/${folder}*`, reason });
    return `${arn}/${folder}*`;
  }

  private grantOnFolder(fn: ServiceFunction, { folder, ...allowed }: { folder: string } & AllowedActions): void {
    const value = this.bucket.bucketName;
    const resources = [this.folderArn(fn, { folder, reason: "Objects of one folder, one for each attachment." })];
    fn.grant({ name: "ATTACHMENTS_BUCKET", value, resources, ...allowed });
  }
}
