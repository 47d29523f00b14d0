import { Duration } from "aws-cdk-lib";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import { eventPrefix } from "#shared/runtime/keys.ts";
import { acceptWildcard } from "./accepted-findings.ts";
import type { NetworkPart } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { ParkedRecords } from "./parked-records.ts";
import { ServiceFunction } from "./service-function.ts";

type CallListProps = { complaints: ComplaintsTable; part: NetworkPart; bundle: string };

/** The stream's second reader, and its last: puts drawn complaints on the list of those to call. */
export class CallList extends Construct {
  readonly placeCall: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, part, bundle }: CallListProps) {
    super(scope, id);
    const description = "Puts drawn complaints on the list of those to call, once they are answered or closed";
    this.placeCall = new ServiceFunction(this, "place-call", { bundle, description, part });
    complaints.confidedTo(this.placeCall, { by: ["one", "all"], adds: "private", hours: false });
    this.placeCall.lambda.addEventSource(
      new DynamoEventSource(complaints.table, {
        ...answersAndEnds,
        retryAttempts: 5,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        // Of its own: what lies in the dispatcher's is sent to agencies again.
        onFailure: new ParkedRecords(this, "ParkedRecords"),
      }),
    );
    acceptWildcard(this.placeCall, {
      resource: "*",
      reason: "Streams can be listed or not; there is no narrower name.",
    });
  }
}

/** The events after which somebody may be called. */
export const callable = ["answered", "accepted", "withdrawn", "decided", "rejected", "expired"];

const answersAndEnds = {
  startingPosition: StartingPosition.TRIM_HORIZON,
  // Nobody is called within minutes, and nearly all complaints are not drawn: they cost less many at a time.
  batchSize: 100,
  maxBatchingWindow: Duration.minutes(5),
  filters: [
    FilterCriteria.filter({
      eventName: FilterRule.isEqual("INSERT"),
      dynamodb: {
        Keys: { sk: { S: FilterRule.beginsWith(eventPrefix) } },
        NewImage: { type: { S: FilterRule.or(...callable) } },
      },
    }),
  ],
};
