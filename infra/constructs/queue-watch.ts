import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { lendQueueCounts } from "./agency-queues-grant.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { HourSchedule } from "./hour-schedule.ts";
import { ServiceFunction } from "./service-function.ts";

type QueueWatchProps = { provinceId: string; complaints: ComplaintsTable; bundle: string };

/** Looks after the queues of all agencies by one function: an alarm for each would cost more than all else. */
export class QueueWatch extends Construct {
  readonly watchQueues: ServiceFunction;

  constructor(scope: Construct, id: string, { provinceId, complaints, bundle }: QueueWatchProps) {
    super(scope, id);
    this.watchQueues = new ServiceFunction(this, "watch-queues", {
      bundle,
      description: "Counts what agencies have not taken out of their queues",
      // It writes nothing, and asks of two queues for each agency.
      timeout: Duration.minutes(1),
    });
    lendQueueCounts(this.watchQueues, provinceId);
    complaints.listedBy(this.watchQueues, "agencyFeeds");
    new HourSchedule(this, "EveryHour", { runs: this.watchQueues, description: "Agencies' queues, every hour" });
  }
}
