import { Stack } from "aws-cdk-lib";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { acknowledgeWildcard } from "./acknowledged.ts";
import { agencyQueuePrefix } from "./agency-queue.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ParkedRecords } from "./parked-records.ts";
import { ServiceFunction } from "./service-function.ts";

type EventDispatcherProps = { provinceId: string; complaints: ComplaintsTable; bundle: string };

/** Reads what was written and tells the agencies; what it cannot tell it parks, and goes on. */
export class EventDispatcher extends Construct {
  readonly dispatchEvent: ServiceFunction;

  constructor(scope: Construct, id: string, { provinceId, complaints, bundle }: EventDispatcherProps) {
    super(scope, id);
    const description = "Puts each event of a complaint into its agency's queue";
    this.dispatchEvent = new ServiceFunction(this, "dispatch-event", { bundle, description });
    this.dispatchEvent.lambda.addEventSource(
      new DynamoEventSource(complaints.table, {
        ...eventsOnly,
        // By default a record is retried until it expires, and one that cannot be consumed blocks its shard for a day.
        retryAttempts: 5,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        onFailure: new ParkedRecords(this, "ParkedRecords"),
      }),
    );
    const reason = "Streams can be listed or not; there is no narrower name.";
    acknowledgeWildcard(this.dispatchEvent, { resource: "*", reason });
    this.lendAgencyQueues(agencyQueuePrefix(provinceId));
  }

  /** One pattern for all agencies: a grant per queue overflows the role, and a reference ties the stacks together. */
  private lendAgencyQueues(prefix: string): void {
    const { region, urlSuffix, account } = Stack.of(this);
    this.dispatchEvent.lend({
      name: "AGENCY_QUEUE_PREFIX",
      value: `https://sqs.${region}.${urlSuffix}/${account}/${prefix}`,
      actions: ["sqs:SendMessage"],
      resources: [Stack.of(this).formatArn({ service: "sqs", resource: `${prefix}*.fifo` })],
    });
    acknowledgeWildcard(this.dispatchEvent, {
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
