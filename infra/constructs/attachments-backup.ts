import { Duration, Validations } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type Bucket, type ReplicationRule, StorageClass } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { folders } from "#shared/runtime/keys.ts";
import { acceptObjectsOf } from "./accepted-findings.ts";
import { ClosedBucket } from "./closed-bucket.ts";

/** What cannot be had again: files of citizens, and what a restore must not lose. */
const copied = [folders.clean, folders.orders];
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
    this.bucket = new ClosedBucket(this, "Bucket", {
      versioned: true,
      lifecycleRules: [
        {
          prefix: folders.clean,
          noncurrentVersionExpiration: Duration.days(keptDays),
          expiredObjectDeleteMarker: true,
        },
        {
          prefix: folders.orders,
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
  rules(): ReplicationRule[] {
    return copied.map((prefix, priority) => ({
      destination: this.bucket,
      storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
      filter: { prefix },
      priority,
      deleteMarkerReplication: true,
    }));
  }

  /** Lets S3 read what is put into the bucket, and copy it into this one. */
  copies(from: Bucket): void {
    const statements = [
      { actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: [from.bucketArn] },
      {
        actions: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
        resources: copied.map((folder) => `${from.bucketArn}/${folder}*`),
      },
      {
        actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
        resources: copied.map((folder) => `${this.bucket.bucketArn}/${folder}*`),
      },
    ];
    for (const statement of statements) this.role.addToPolicy(new PolicyStatement(statement));
    for (const bucket of [from, this.bucket])
      for (const folder of copied)
        acceptObjectsOf(this.role, { bucket, folder, reason: "Every object of the folder is copied." });
  }
}
