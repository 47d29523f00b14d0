import { Construct } from "constructs";
import type { NetworkPart } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { EscalationMachine } from "./escalation-machine.ts";
import { MinuteSchedule } from "./minute-schedule.ts";
import { ServiceFunction } from "./service-function.ts";

type EscalationProps = { complaints: ComplaintsTable; part: NetworkPart; bundleOf: (name: string) => string };

/**
 * What the clock does to complaints: the sweep finds those that are due, the machine climbs with those that are late.
 */
export class Escalation extends Construct {
  readonly raiseComplaint: ServiceFunction;
  readonly sweepDue: ServiceFunction;
  readonly climb: EscalationMachine;

  constructor(scope: Construct, id: string, { complaints, part, bundleOf }: EscalationProps) {
    super(scope, id);
    this.raiseComplaint = new ServiceFunction(this, "raise-complaint", {
      bundle: bundleOf("raise-complaint"),
      description: "Raises a late complaint by one rung",
      part,
    });
    this.sweepDue = new ServiceFunction(this, "sweep-due", {
      bundle: bundleOf("sweep-due"),
      description: "Finds what is late or was left in silence",
    });
    complaints.confidedTo(this.raiseComplaint, { by: ["one", "all"] });
    complaints.writtenBy(this.sweepDue, { by: ["one"], hours: false });
    complaints.listedBy(this.raiseComplaint, "pendingHours");
    complaints.listedBy(this.sweepDue, "due");
    this.climb = new EscalationMachine(this, "Climb", { raiseComplaint: this.raiseComplaint });
    this.climb.startedBy(this.sweepDue);
    new MinuteSchedule(this, "EveryMinute", { runs: this.sweepDue, description: "What is late, every minute" });
  }
}
