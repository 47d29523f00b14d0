import { EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { quarantineFolder } from "#shared/runtime/keys.ts";
import type { AttachmentsBucket } from "./attachments-bucket.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ConsumedQueue } from "./consumed-queue.ts";
import { MalwareScan } from "./malware-scan.ts";
import { ServiceFunction } from "./service-function.ts";

type ConfirmerProps = {
  bundle: string;
  complaints: ComplaintsTable;
  attachments: AttachmentsBucket;
  /** After which event an upload is looked at: once it is there, or once it has been scanned. */
  trigger: "upload" | "malware-scan";
};

/** Confirms uploads, which adds them to their complaints. */
export class AttachmentConfirmer extends Construct {
  readonly confirmAttachment: ServiceFunction;
  readonly uploads: ConsumedQueue;

  constructor(scope: Construct, id: string, { bundle, complaints, attachments, trigger }: ConfirmerProps) {
    super(scope, id);
    this.confirmAttachment = new ServiceFunction(this, "confirm-attachment", {
      bundle,
      description: "Confirms what citizens upload",
    });
    this.uploads = new ConsumedQueue(this, "Uploads", { variable: "ATTACHMENT_QUEUE" });
    // One at a time: a copy of ten megabytes and a transaction must fit into the function's ten seconds.
    this.uploads.consumedBy(this.confirmAttachment, { batchSize: 1, maxConcurrency: 10 });
    complaints.writtenBy(this.confirmAttachment);
    attachments.confirmedBy(this.confirmAttachment);
    if (trigger === "malware-scan") new MalwareScan(this, "Scan", { attachments });
    new Rule(this, "Uploaded", {
      description: "Uploads that are to be confirmed",
      eventPattern: patterns[trigger](attachments.bucket.bucketName),
      targets: [new SqsQueue(this.uploads.queue, { message: RuleTargetInput.fromObject(messages[trigger]) })],
    });
  }
}

type Trigger = ConfirmerProps["trigger"];

const patterns: Record<Trigger, (bucket: string) => { source: string[]; detailType: string[]; detail: object }> = {
  upload: (bucket) => ({
    source: ["aws.s3"],
    detailType: ["Object Created"],
    detail: { bucket: { name: [bucket] }, object: { key: [{ prefix: quarantineFolder }] } },
  }),
  "malware-scan": (bucket) => ({
    source: ["aws.guardduty"],
    detailType: ["GuardDuty Malware Protection Object Scan Result"],
    detail: { s3ObjectDetails: { bucketName: [bucket], objectKey: [{ prefix: quarantineFolder }] } },
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
