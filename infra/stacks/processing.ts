import { Stack } from "aws-cdk-lib";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import type { Province } from "../../shared/domain/province.ts";
import { acknowledgeWildcard } from "../constructs/acknowledged.ts";
import { agencyQueuePrefix } from "../constructs/agency-queue.ts";
import { EscalationMachine } from "../constructs/escalation-machine.ts";
import { MinuteSchedule } from "../constructs/minute-schedule.ts";
import { ParkedRecords } from "../constructs/parked-records.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import type { DataStack } from "./data.ts";

type ProcessingProps = { province: Province; data: DataStack; bundleOf: (name: string) => string };

/** What follows from a written event, and from time: the agency is told, and what is late climbs the ladder. */
export class ProcessingStack extends Stack {
  constructor(scope: Construct, id: string, { province, data, bundleOf }: ProcessingProps) {
    super(scope, id);
    const dispatchEvent = new ServiceFunction(this, "dispatch-event", {
      bundle: bundleOf("dispatch-event"),
      description: "Puts each event of a complaint into its agency's queue",
    });
    this.lendAgencyQueues(dispatchEvent, province);
    dispatchEvent.lambda.addEventSource(
      new DynamoEventSource(data.complaints.table, {
        ...eventsOnly,
        // By default a record is retried until it expires, and one that cannot be consumed blocks its shard for a day.
        retryAttempts: 5,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        onFailure: new ParkedRecords(this, "ParkedRecords"),
      }),
    );
    this.addEscalation({ data, bundleOf });
    acknowledgeWildcard(dispatchEvent, {
      resource: "*",
      reason: "Streams can be listed or not; there is no narrower name.",
    });
  }

  private addEscalation({ data, bundleOf }: Pick<ProcessingProps, "data" | "bundleOf">): void {
    const raiseComplaint = new ServiceFunction(this, "raise-complaint", {
      bundle: bundleOf("raise-complaint"),
      description: "Raises a late complaint by one rung",
    });
    const sweepDue = new ServiceFunction(this, "sweep-due", {
      bundle: bundleOf("sweep-due"),
      description: "Finds what is late or was left in silence",
    });
    for (const fn of [raiseComplaint, sweepDue]) data.complaints.writtenBy(fn);
    data.complaints.listedBy(sweepDue, "due");
    new EscalationMachine(this, "Escalation", { raiseComplaint }).startedBy(sweepDue);
    new MinuteSchedule(this, "SweepEveryMinute", { runs: sweepDue, description: "What is late, every minute" });
  }

  /** One pattern for all agencies: a grant per queue overflows the role, and a reference ties the stacks together. */
  private lendAgencyQueues(fn: ServiceFunction, { id }: Province): void {
    const prefix = agencyQueuePrefix(id);
    fn.lend({
      name: "AGENCY_QUEUE_PREFIX",
      value: `https://sqs.${this.region}.${this.urlSuffix}/${this.account}/${prefix}`,
      actions: ["sqs:SendMessage"],
      resources: [this.formatArn({ service: "sqs", resource: `${prefix}*.fifo` })],
    });
    acknowledgeWildcard(fn, {
      resource: `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${prefix}*.fifo`,
      reason: "The province's agency queues, by their names.",
    });
  }
}

const eventsOnly = {
  startingPosition: StartingPosition.TRIM_HORIZON,
  batchSize: 25,
  filters: [
    FilterCriteria.filter({
      eventName: FilterRule.isEqual("INSERT"),
      dynamodb: { Keys: { sk: { S: FilterRule.beginsWith("E#") } } },
    }),
  ],
};
