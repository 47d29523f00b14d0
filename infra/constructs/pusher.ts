import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { ComplaintsTable } from "./complaints-table.ts";
import { MinuteSchedule } from "./minute-schedule.ts";
import type { SecretKey } from "./secret-key.ts";
import { ServiceFunction } from "./service-function.ts";

type PusherProps = { complaints: ComplaintsTable; webhookKey: SecretKey; bundle: string };

/** Posts the events of feeds to the webhooks of agencies and front ends. */
export class Pusher extends Construct {
  readonly pushEvents: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, webhookKey, bundle }: PusherProps) {
    super(scope, id);
    this.pushEvents = new ServiceFunction(this, "push-events", {
      bundle,
      description: "Posts events to the webhooks of agencies and front ends",
      // It writes no event, and waits ten seconds for each answer.
      timeout: Duration.minutes(1),
    });
    complaints.pushedBy(this.pushEvents);
    webhookKey.readBy(this.pushEvents);
    new MinuteSchedule(this, "EveryMinute", { runs: this.pushEvents, description: "Webhooks, every minute" });
  }
}
