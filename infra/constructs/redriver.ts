import { EventField, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { acceptRuleWithoutDeadLetters } from "./accepted-findings.ts";
import { lendAgencyQueues } from "./agency-queues-grant.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ConsumedQueue } from "./consumed-queue.ts";
import { MinuteSchedule } from "./minute-schedule.ts";
import type { ParkedRecords } from "./parked-records.ts";
import { ServiceFunction } from "./service-function.ts";

type RedriverProps = {
  provinceId: string;
  complaints: ComplaintsTable;
  parked: ParkedRecords;
  bundleOf: (name: string) => string;
};

/** Notes undelivered events for admins to see, and sends again what they order. */
export class Redriver extends Construct {
  readonly noteUndelivered: ServiceFunction;
  readonly redriveEvents: ServiceFunction;
  readonly parked: ConsumedQueue;

  constructor(scope: Construct, id: string, { provinceId, complaints, parked, bundleOf }: RedriverProps) {
    super(scope, id);
    this.noteUndelivered = new ServiceFunction(this, "note-undelivered", {
      bundle: bundleOf("note-undelivered"),
      description: "Notes events that were parked, so that admins see them",
    });
    this.redriveEvents = new ServiceFunction(this, "redrive-events", {
      bundle: bundleOf("redrive-events"),
      description: "Sends events again as admins order it",
    });
    this.parked = new ConsumedQueue(this, "Parked", { variable: "PARKED_QUEUE" });
    this.parked.consumedBy(this.noteUndelivered, { batchSize: 1, maxConcurrency: 2 });
    this.hearOf(parked);
    parked.readBy(this.noteUndelivered);
    complaints.notedBy(this.noteUndelivered, "undelivered");
    complaints.redrivenBy(this.redriveEvents);
    lendAgencyQueues(this.redriveEvents, provinceId);
    new MinuteSchedule(this, "EveryMinute", { runs: this.redriveEvents, description: "Redrives, every minute" });
  }

  private hearOf({ bucket }: ParkedRecords): void {
    const message = RuleTargetInput.fromObject({ key: EventField.fromPath("$.detail.object.key") });
    new Rule(this, "WasParked", {
      description: "Events that could not be delivered",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: { bucket: { name: [bucket.bucketName] } },
      },
      targets: [this.parked.filledByRule(message)],
    });
    acceptRuleWithoutDeadLetters(this);
  }
}
