import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { eventPrefix, partitions } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import { lendAgencyQueues } from "./agency-queues-grant.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ParkedRecords } from "./parked-records.ts";
import { ServiceFunction } from "./service-function.ts";

type EventDispatcherProps = { provinceId: string; complaints: ComplaintsTable; bundle: string };

/** Reads new events from the table's stream, tells the agencies and queues the mails; parks what keeps failing. */
export class EventDispatcher extends Construct {
  readonly dispatchEvent: ServiceFunction;
  readonly parked: ParkedRecords;

  constructor(scope: Construct, id: string, { provinceId, complaints, bundle }: EventDispatcherProps) {
    super(scope, id);
    const description = "Tells agencies of each event of a complaint, and queues the mails about it";
    this.dispatchEvent = new ServiceFunction(this, "dispatch-event", { bundle, description });
    this.parked = new ParkedRecords(this, "ParkedRecords");
    this.dispatchEvent.lambda.addEventSource(
      new DynamoEventSource(complaints.table, {
        ...eventsOnly,
        // Without it a record is retried until it expires: one bad record would block its shard for a day.
        retryAttempts: 5,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        onFailure: this.parked,
      }),
    );
    const reason = "Streams can be listed or not; there is no narrower name.";
    acceptWildcard(this.dispatchEvent, { resource: "*", reason });
    lendAgencyQueues(this.dispatchEvent, provinceId);
  }
}

/** Events, and of the private series what the citizen is mailed about. */
const eventsOnly = {
  startingPosition: StartingPosition.TRIM_HORIZON,
  batchSize: 25,
  filters: [
    { Keys: { sk: { S: FilterRule.beginsWith(eventPrefix) } } },
    { Keys: { pk: { S: FilterRule.beginsWith(partitions.private) } }, NewImage: { mailed: { BOOL: [true] } } },
  ].map((dynamodb) => FilterCriteria.filter({ eventName: FilterRule.isEqual("INSERT"), dynamodb })),
};
