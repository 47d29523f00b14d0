import { Duration } from "aws-cdk-lib";
import { EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { folders } from "#shared/runtime/keys.ts";
import { acceptRuleWithoutDeadLetters } from "./accepted-findings.ts";
import type { AttachmentsBucket } from "./attachments-bucket.ts";
import type { NetworkPart } from "./closed-network.ts";
import { ConsumedQueue } from "./consumed-queue.ts";
import { MalwareScan } from "./malware-scan.ts";
import { ServiceFunction } from "./service-function.ts";

type CleanerProps = {
  bundle: string;
  attachments: AttachmentsBucket;
  part: NetworkPart;
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
      part,
    });
    this.uploads = new ConsumedQueue(this, "Uploads", { timeout, tries: 60 });
    this.uploads.consumedBy(this.cleanFile, { batchSize: 1, maxConcurrency: 10 });
    attachments.cleanedBy(this.cleanFile, part);
    if (trigger === "malware-scan") new MalwareScan(this, "Scan", { attachments });
    new Rule(this, "Uploaded", {
      description: "Uploads that are to be made anew",
      eventPattern: patterns[trigger](attachments.bucket.bucketName),
      targets: [this.uploads.filledByRule(RuleTargetInput.fromObject(messages[trigger]))],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}

type Trigger = CleanerProps["trigger"];

const patterns: Record<Trigger, (bucket: string) => { source: string[]; detailType: string[]; detail: object }> = {
  upload: (bucket) => ({
    source: ["aws.s3"],
    detailType: ["Object Created"],
    detail: { bucket: { name: [bucket] }, object: { key: [{ prefix: folders.uploads }] } },
  }),
  "malware-scan": (bucket) => ({
    source: ["aws.guardduty"],
    detailType: ["GuardDuty Malware Protection Object Scan Result"],
    detail: { s3ObjectDetails: { bucketName: [bucket], objectKey: [{ prefix: folders.uploads }] } },
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
