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
/** GuardDuty writes this object once, to check that it may. */
const validationObject = "malware-protection-resource-validation-object";

const managedRules = "DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3";

/** GuardDuty scans each upload and tells EventBridge the result. AWS's documentation lists what its role needs. */
export class MalwareScan extends Construct {
  constructor(scope: Construct, id: string, { attachments }: { attachments: AttachmentsBucket }) {
    super(scope, id);
    const { bucket } = attachments;
    const uploads = attachments.folderArn(this, { folder: bucketFolders.uploads, reason: "Every upload is scanned." });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal(scanner) });
    const rules = Stack.of(this).formatArn({
      service: "events",
      resource: "rule",
      // The finding below names them so, also where a province names its account and region.
      region: Aws.REGION,
      account: Aws.ACCOUNT_ID,
      resourceName: `${managedRules}*`,
    });
    const managed = { StringLike: { "events:ManagedBy": scanner } };
    const statements = [
      {
        actions: ["PutRule", "DeleteRule", "PutTargets", "RemoveTargets"].map(actionsOf("events")),
        resources: [rules],
        conditions: managed,
      },
      { actions: ["DescribeRule", "ListTargetsByRule"].map(actionsOf("events")), resources: [rules] },
      {
        actions: ["PutBucketNotification", "GetBucketNotification", "ListBucket"].map(actionsOf("s3")),
        resources: [bucket.bucketArn],
      },
      { actions: [actionsOf("s3")("PutObject")], resources: [bucket.arnForObjects(validationObject)] },
      { actions: ["GetObject", "GetObjectVersion"].map(actionsOf("s3")), resources: [uploads] },
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

const actionsOf = (service: string) => (action: string) => `${service}:${action}`;

type CleanerProps = {
  bundle: string;
  attachments: AttachmentsBucket;
  part: NetworkSegment;
  /** After which event an upload is opened: once it is there, or once it has been scanned. */
  trigger: "upload" | "malware-scan";
};

/** Makes uploads anew. What opens strangers' files has no table and no secret, and may send nothing to anybody. */
export class FileCleaner extends Construct {
  readonly cleanFile: ServiceFunction;
  readonly uploads: ConsumedQueue;

  constructor(scope: Construct, id: string, { bundle, attachments, part, trigger }: CleanerProps) {
    super(scope, id);
    const timeout = Duration.seconds(120);
    this.cleanFile = new ServiceFunction(this, "clean-file", {
      bundle,
      description: "Makes what citizens upload anew",
      timeout,
      // A picture of fifty megapixels is 200 MB decoded, and stands there twice while it is scaled down.
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

type Trigger = CleanerProps["trigger"];

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

/** The fields of an event that reach the function. */
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

type ConfirmerProps = { bundle: string; complaints: ComplaintsTable; attachments: AttachmentsBucket };

/** Adds what was made anew to its complaint, or tells why it was not. */
export class AttachmentConfirmer extends Construct {
  readonly confirmAttachment: ServiceFunction;
  readonly verdicts: ConsumedQueue;

  constructor(scope: Construct, id: string, { bundle, complaints, attachments }: ConfirmerProps) {
    super(scope, id);
    this.confirmAttachment = new ServiceFunction(this, "confirm-attachment", {
      bundle,
      description: "Adds what citizens uploaded to their complaints",
    });
    this.verdicts = new ConsumedQueue(this, "Verdicts", { variable: "VERDICT_QUEUE" });
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
          object: { key: [{ prefix: bucketFolders.verdicts }] },
        },
      },
      targets: [
        this.verdicts.asRuleTarget(RuleTargetInput.fromObject({ key: EventField.fromPath("$.detail.object.key") })),
      ],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}
