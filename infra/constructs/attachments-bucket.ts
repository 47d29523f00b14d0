import { CfnOutput, Duration, Fn, Stack, Validations } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type Bucket, HttpMethods, type ReplicationRule, StorageClass } from "aws-cdk-lib/aws-s3";
import { Construct, type IConstruct } from "constructs";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { acceptObjectsOf, acceptWildcard } from "./accepted-findings.ts";
import { PrivateBucket } from "./closed-bucket.ts";
import type { NetworkSegment } from "./closed-network.ts";
import type { FunctionGrant, ServiceFunction } from "./service-function.ts";

/** Folders that are backed up: files of citizens, and retention orders, which must be applied again after a restore. */
const copiedFolders = [bucketFolders.clean, bucketFolders.orders];
/**
 * Days for which the backup keeps a deleted object. S3 may take two days more. Together this stays below 35 days, the
 * longest time that any backup keeps data.
 */
const keptDays = 30;

/**
 * A backup bucket. S3 replicates new objects and delete markers from the attachments bucket into it, but not deletions of
 * versions; nobody can lose a bucket without deleting versions. Nobody may delete objects here: only the lifecycle rules do.
 */
class AttachmentsBackup extends Construct {
  readonly bucket: Bucket;
  /** The role that S3 uses to replicate objects. */
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

  /**
   * The replication rules for the bucket that is backed up. The storage class is cheap for data that is hardly ever read,
   * and still gives it at once.
   */
  replicationRules(): ReplicationRule[] {
    return copiedFolders.map((prefix, priority) => ({
      destination: this.bucket,
      storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
      filter: { prefix },
      priority,
      deleteMarkerReplication: true,
    }));
  }

  /** Lets S3 read objects of the bucket `from`, and replicate them into this bucket. */
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

/** The files that citizens add to complaints. Browsers upload and download them directly, by links that functions sign. */
export class AttachmentsBucket extends Construct {
  readonly bucket: PrivateBucket;
  /**
   * An explicit stack output. The names of CDK's own outputs are generated, so `folderArn` could not name them to cdk-nag.
   */
  private readonly arn: CfnOutput;

  constructor(scope: Construct, id: string, { corsOrigins, nth = 1 }: { corsOrigins: string[]; nth?: number }) {
    super(scope, id);
    // A bucket that replaces a lost one gets a new id and a new output. Otherwise other stacks would keep the old name.
    const suffix = nth === 1 ? "" : nth;
    const backup = new AttachmentsBackup(this, "Backup");
    const browsers = { allowedOrigins: corsOrigins, allowedMethods: [HttpMethods.POST, HttpMethods.GET] };
    this.bucket = new PrivateBucket(this, `Bucket${suffix}`, {
      cors: [{ ...browsers, allowedHeaders: ["*"] }],
      // Objects overwritten or deleted by mistake can be recovered for 30 days. Uploads are deleted for good after a day.
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
        // Orders are needed only after a restore, and no table is restored to an instant more than 60 days ago.
        { prefix: bucketFolders.orders, expiration: Duration.days(60), noncurrentVersionExpiration: Duration.days(1) },
        {
          prefix: bucketFolders.cleaningResults,
          expiration: Duration.days(30),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
      replicationRole: backup.role,
      replicationRules: backup.replicationRules(),
    });
    backup.grantReplication(this.bucket);
    this.arn = new CfnOutput(this, `Arn${suffix}`, { value: this.bucket.bucketArn });
    this.bucket.sendEventsToEventBridge();
    Validations.of(this).acknowledge({
      id: "AwsSolutions::AwsSolutions-S1",
      reason: "Every upload and download is asked for through the API, whose access log names the complaint.",
    });
  }

  /** Lets `fn` sign upload forms. With such a form a browser can store one object among the uploads. */
  grantUploadLinks(fn: ServiceFunction): void {
    this.grantOnFolder(fn, { folder: bucketFolders.uploads, actions: ["s3:PutObject"] });
    this.nameUrl(fn);
  }

  /** Lets `fn` sign download links. With such a link a browser can fetch one clean copy. */
  grantDownloadLinks(fn: ServiceFunction): void {
    this.grantOnFolder(fn, { folder: bucketFolders.clean, actions: ["s3:GetObject"] });
    this.nameUrl(fn);
  }

  /**
   * Lets `fn` read uploads and store clean copies and verdicts, which no other function may store. The network segment lets
   * nothing else out.
   */
  grantCleaning(fn: ServiceFunction, { allowOutbound }: NetworkSegment): void {
    // The attempts record that earlier runs opened the file, and which of them failed.
    const read = [bucketFolders.uploads, bucketFolders.attempts];
    const written = [bucketFolders.attempts, bucketFolders.clean, bucketFolders.cleaningResults];
    for (const folder of read) this.grantOnFolder(fn, { folder, actions: ["s3:GetObject"] });
    // Clean copies and verdicts are never overwritten, even if an attacker has taken over the function.
    const conditions = { Null: { "s3:if-none-match": "false" } };
    for (const folder of written) this.grantOnFolder(fn, { folder, actions: ["s3:PutObject"], conditions });
    const by = { ArnEquals: { "aws:PrincipalArn": fn.roleArn } };
    const objectsIn = (folders: string[]) => folders.map((folder) => `${this.bucket.bucketArn}/${folder}*`);
    allowOutbound({ actions: ["s3:GetObject"], resources: objectsIn(read), by });
    allowOutbound({ actions: ["s3:PutObject"], resources: objectsIn(written), by });
  }

  /** Lets `fn` read the verdict on an upload and the clean copy, and delete the copy if the complaint refuses the file. */
  grantConfirmation(fn: ServiceFunction): void {
    for (const folder of [bucketFolders.cleaningResults, bucketFolders.clean])
      this.grantOnFolder(fn, { folder, actions: ["s3:GetObject"] });
    this.grantOnFolder(fn, { folder: bucketFolders.clean, actions: ["s3:DeleteObject"] });
  }

  /** Lets `fn` delete clean copies whose retention is over, without reading them, and list retention orders. */
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

  /** Lets `fn` store retention orders (holds, erasures, withdrawn consent). Stored orders are never overwritten. */
  grantRetentionOrders(fn: ServiceFunction): void {
    const conditions = { Null: { "s3:if-none-match": "false" } };
    this.grantOnFolder(fn, { folder: bucketFolders.orders, actions: ["s3:PutObject"], conditions });
    this.nameUrl(fn);
  }

  /** Tells `fn` the address of the bucket. It gives no right: links are signed. */
  nameUrl(fn: ServiceFunction): void {
    fn.lambda.addEnvironment("ATTACHMENTS_URL", `https://${this.bucket.bucketRegionalDomainName}`);
  }

  /** Returns the ARN pattern of a folder for a role in another stack, and gives cdk-nag the reason for its wildcard. */
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
