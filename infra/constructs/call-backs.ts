import { Duration } from "aws-cdk-lib";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { eventPrefix, partitions } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import type { NetworkSegment } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ParkedRecords } from "./delivery.ts";
import { ServiceFunction } from "./service-function.ts";

type CallListProps = { complaints: ComplaintsTable; segment: NetworkSegment; bundle: string };

/**
 * Puts complaints whose citizens may be called on the list of the call centre. This is the table stream's second reader;
 * DynamoDB supports two readers for each shard, so there is no place for a third.
 */
export class CallList extends Construct {
  readonly updateCallList: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, segment, bundle }: CallListProps) {
    super(scope, id);
    const description = "Puts complaints on the list of those to call, once they are answered or closed";
    this.updateCallList = new ServiceFunction(this, "update-call-list", { bundle, description, segment });
    complaints.grantConfidential(this.updateCallList, { by: ["one", "all"], adds: "private", hours: false });
    complaints.grantReadBounces(this.updateCallList);
    this.updateCallList.lambda.addEventSource(
      new DynamoEventSource(complaints.table, {
        ...callListEventSource,
        retryAttempts: 5,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        // Not the dispatcher's bucket: events parked there are sent to agencies again.
        onFailure: new ParkedRecords(this, "ParkedRecords"),
      }),
    );
    acceptWildcard(this.updateCallList, {
      resource: "*",
      reason: "Streams can be listed or not; there is no narrower name.",
    });
  }
}

/** The event types after which the call centre may call the citizen. */
export const eventsThatChangeCallList = ["answered", "accepted", "withdrawn", "decided", "rejected", "expired"];

const callListEventSource = {
  startingPosition: StartingPosition.TRIM_HORIZON,
  // A delay of minutes does not matter, and most events need no work. Large batches make them cheaper.
  batchSize: 100,
  maxBatchingWindow: Duration.minutes(5),
  filters: [
    FilterCriteria.filter({
      eventName: FilterRule.isEqual("INSERT"),
      dynamodb: {
        Keys: { pk: { S: FilterRule.beginsWith(partitions.complaint) }, sk: { S: FilterRule.beginsWith(eventPrefix) } },
        NewImage: { type: { S: FilterRule.or(...eventsThatChangeCallList) } },
      },
    }),
  ],
};
