import { Aws, Duration, Stack } from "aws-cdk-lib";
import { EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { CfnMalwareProtectionPlan } from "aws-cdk-lib/aws-guardduty";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { acceptRuleWithoutDeadLetters, acceptWildcard } from "./accepted-findings.ts";
import type { AttachmentsBucket } from "./attachments-bucket.ts";
import type { NetworkSegment } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ConsumedQueue } from "./queues.ts";
import { ServiceFunction } from "./service-function.ts";

const scanner = "malware-protection-plan.guardduty.amazonaws.com";
/** GuardDuty writes this object once, to test its permissions. */
const validationObject = "malware-protection-resource-validation-object";

const managedRules = "DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3";

/**
 * GuardDuty scans each upload and sends the result to EventBridge. The role has the permissions that the GuardDuty
 * documentation lists.
 */
class MalwareScan extends Construct {
  constructor(scope: Construct, id: string, { attachments }: { attachments: AttachmentsBucket }) {
    super(scope, id);
    const { bucket } = attachments;
    const uploads = attachments.folderArn(this, { folder: bucketFolders.uploads, reason: "Every upload is scanned." });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal(scanner) });
    const rules = Stack.of(this).formatArn({
      service: "events",
      resource: "rule",
      // Tokens instead of the stack's account and region, because the finding accepted below is written with these tokens.
      region: Aws.REGION,
      account: Aws.ACCOUNT_ID,
      resourceName: `${managedRules}*`,
    });
    const statements = [
      {
        actions: ["events:PutRule", "events:DeleteRule", "events:PutTargets", "events:RemoveTargets"],
        resources: [rules],
        conditions: { StringLike: { "events:ManagedBy": scanner } },
      },
      { actions: ["events:DescribeRule", "events:ListTargetsByRule"], resources: [rules] },
      {
        actions: ["s3:PutBucketNotification", "s3:GetBucketNotification", "s3:ListBucket"],
        resources: [bucket.bucketArn],
      },
      { actions: ["s3:PutObject"], resources: [bucket.arnForObjects(validationObject)] },
      { actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: [uploads] },
    ];
    const policy = new Policy(this, "Policy", {
      roles: [role],
      statements: statements.map((statement) => new PolicyStatement(statement)),
    });
    const plan = new CfnMalwareProtectionPlan(this, "Plan", {
      role: role.roleArn,
      protectedResource: { s3Bucket: { bucketName: bucket.bucketName, objectPrefixes: [bucketFolders.uploads] } },
    });
    plan.node.addDependency(policy);
    acceptWildcard(this, {
      resource: `arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/${managedRules}*`,
      reason: "GuardDuty makes this rule itself, under a name of its own that begins so.",
    });
  }
}

type FileCleanerProps = {
  bundle: string;
  attachments: AttachmentsBucket;
  part: NetworkSegment;
  /** When an upload is processed: as soon as it is stored, or after GuardDuty has scanned it. */
  trigger: "upload" | "malware-scan";
};

/**
 * Makes a clean copy of each upload. The function opens files of unknown people, so it may use no table and no secret, and
 * its network reaches only the bucket.
 */
export class FileCleaner extends Construct {
  readonly cleanFile: ServiceFunction;
  readonly uploads: ConsumedQueue;

  constructor(scope: Construct, id: string, { bundle, attachments, part, trigger }: FileCleanerProps) {
    super(scope, id);
    const timeout = Duration.seconds(120);
    this.cleanFile = new ServiceFunction(this, "clean-file", {
      bundle,
      description: "Makes what citizens upload anew",
      timeout,
      // A picture of 64 megapixels has 256 MB decoded. Two copies are in memory while it is scaled down.
      memorySize: 2_048,
      segment: part,
    });
    this.uploads = new ConsumedQueue(this, "Uploads", { timeout, tries: 60 });
    this.uploads.addConsumer(this.cleanFile, { batchSize: 1, maxConcurrency: 10 });
    attachments.grantCleaning(this.cleanFile, part);
    if (trigger === "malware-scan") new MalwareScan(this, "Scan", { attachments });
    new Rule(this, "Uploaded", {
      description: "Uploads that are to be made anew",
      eventPattern: patterns[trigger](attachments.bucket.bucketName),
      targets: [this.uploads.asRuleTarget(RuleTargetInput.fromObject(messages[trigger]))],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}

type Trigger = FileCleanerProps["trigger"];

const patterns: Record<Trigger, (bucket: string) => { source: string[]; detailType: string[]; detail: object }> = {
  upload: (bucket) => ({
    source: ["aws.s3"],
    detailType: ["Object Created"],
    detail: { bucket: { name: [bucket] }, object: { key: [{ prefix: bucketFolders.uploads }] } },
  }),
  "malware-scan": (bucket) => ({
    source: ["aws.guardduty"],
    detailType: ["GuardDuty Malware Protection Object Scan Result"],
    detail: { s3ObjectDetails: { bucketName: [bucket], objectKey: [{ prefix: bucketFolders.uploads }] } },
  }),
};

/** Only these fields of an event reach the function. */
const messages: Record<Trigger, Record<string, string>> = {
  upload: {
    key: EventField.fromPath("$.detail.object.key"),
    etag: EventField.fromPath("$.detail.object.etag"),
  },
  "malware-scan": {
    key: EventField.fromPath("$.detail.s3ObjectDetails.objectKey"),
    etag: EventField.fromPath("$.detail.s3ObjectDetails.eTag"),
    scan: EventField.fromPath("$.detail.scanResultDetails.scanResultStatus"),
  },
};

type AttachmentConfirmerProps = { bundle: string; complaints: ComplaintsTable; attachments: AttachmentsBucket };

/** Adds a cleaned file to its complaint, or records why the file was refused. */
export class AttachmentConfirmer extends Construct {
  readonly confirmAttachment: ServiceFunction;
  readonly verdicts: ConsumedQueue;

  constructor(scope: Construct, id: string, { bundle, complaints, attachments }: AttachmentConfirmerProps) {
    super(scope, id);
    this.confirmAttachment = new ServiceFunction(this, "add-attachment", {
      bundle,
      description: "Adds what citizens uploaded to their complaints",
    });
    this.verdicts = new ConsumedQueue(this, "Verdicts", { variable: "CLEANING_RESULT_QUEUE" });
    this.verdicts.addConsumer(this.confirmAttachment, { batchSize: 3, maxConcurrency: 10 });
    complaints.grantWrite(this.confirmAttachment, { by: ["several"], hours: false });
    attachments.grantConfirmation(this.confirmAttachment);
    new Rule(this, "Judged", {
      description: "What became of uploads",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: {
          bucket: { name: [attachments.bucket.bucketName] },
          object: { key: [{ prefix: bucketFolders.cleaningResults }] },
        },
      },
      targets: [
        this.verdicts.asRuleTarget(RuleTargetInput.fromObject({ key: EventField.fromPath("$.detail.object.key") })),
      ],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}
