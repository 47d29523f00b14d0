import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "../../shared/domain/province.ts";
import { Escalation } from "../constructs/escalation.ts";
import { EventDispatcher } from "../constructs/event-dispatcher.ts";
import { HoursFollower } from "../constructs/hours-follower.ts";
import type { DataStack } from "./data.ts";

type ProcessingProps = { province: Province; data: DataStack; bundleOf: (name: string) => string };

/** What follows from a written event, and from time: agencies are told, and what is late climbs the ladder. */
export class ProcessingStack extends Stack {
  readonly dispatcher: EventDispatcher;
  readonly escalation: Escalation;
  readonly hours: HoursFollower;

  constructor(scope: Construct, id: string, { province, data, bundleOf }: ProcessingProps) {
    super(scope, id);
    const { complaints } = data;
    this.dispatcher = new EventDispatcher(this, "Dispatcher", {
      provinceId: province.id,
      complaints,
      bundle: bundleOf("dispatch-event"),
    });
    this.escalation = new Escalation(this, "Escalation", { complaints, bundleOf });
    this.hours = new HoursFollower(this, "Hours", { complaints, bundleOf });
  }
}
