import { Duration } from "aws-cdk-lib";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { eventPrefix } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import type { NetworkSegment } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ParkedRecords } from "./delivery.ts";
import { ServiceFunction } from "./service-function.ts";

type CallListProps = { complaints: ComplaintsTable; part: NetworkSegment; bundle: string };

/** The stream's second reader, and its last: puts drawn complaints on the list of those to call. */
export class CallList extends Construct {
  readonly updateCallList: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, part, bundle }: CallListProps) {
    super(scope, id);
    const description = "Puts drawn complaints on the list of those to call, once they are answered or closed";
    this.updateCallList = new ServiceFunction(this, "place-call", { bundle, description, segment: part });
    complaints.grantConfidential(this.updateCallList, { by: ["one", "all"], adds: "private", hours: false });
    this.updateCallList.lambda.addEventSource(
      new DynamoEventSource(complaints.table, {
        ...callListEventSource,
        retryAttempts: 5,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        // Of its own: what lies in the dispatcher's is sent to agencies again.
        onFailure: new ParkedRecords(this, "ParkedRecords"),
      }),
    );
    acceptWildcard(this.updateCallList, {
      resource: "*",
      reason: "Streams can be listed or not; there is no narrower name.",
    });
  }
}

/** The events after which somebody may be called. */
export const eventsThatChangeCallList = ["answered", "accepted", "withdrawn", "decided", "rejected", "expired"];

const callListEventSource = {
  startingPosition: StartingPosition.TRIM_HORIZON,
  // Nobody is called within minutes, and nearly all complaints are not drawn: they cost less many at a time.
  batchSize: 100,
  maxBatchingWindow: Duration.minutes(5),
  filters: [
    FilterCriteria.filter({
      eventName: FilterRule.isEqual("INSERT"),
      dynamodb: {
        Keys: { sk: { S: FilterRule.beginsWith(eventPrefix) } },
        NewImage: { type: { S: FilterRule.or(...eventsThatChangeCallList) } },
      },
    }),
  ],
};
