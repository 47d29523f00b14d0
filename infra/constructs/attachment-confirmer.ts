import { EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { folders } from "#shared/runtime/keys.ts";
import { acceptRuleWithoutDeadLetters } from "./accepted-findings.ts";
import type { AttachmentsBucket } from "./attachments-bucket.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ConsumedQueue } from "./consumed-queue.ts";
import { ServiceFunction } from "./service-function.ts";

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
    this.verdicts.consumedBy(this.confirmAttachment, { batchSize: 3, maxConcurrency: 10 });
    complaints.writtenBy(this.confirmAttachment, { by: ["several"], hours: false });
    attachments.confirmedBy(this.confirmAttachment);
    new Rule(this, "Judged", {
      description: "What became of uploads",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: { bucket: { name: [attachments.bucket.bucketName] }, object: { key: [{ prefix: folders.verdicts }] } },
      },
      targets: [
        this.verdicts.filledByRule(RuleTargetInput.fromObject({ key: EventField.fromPath("$.detail.object.key") })),
      ],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}
