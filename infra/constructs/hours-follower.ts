import { Construct } from "constructs";
import type { NetworkPart } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { MinuteSchedule } from "./minute-schedule.ts";
import { ServiceFunction } from "./service-function.ts";

type HoursFollowerProps = { complaints: ComplaintsTable; part: NetworkPart; bundleOf: (name: string) => string };

/** Moves the deadlines of open complaints where an admin changed office hours. */
export class HoursFollower extends Construct {
  readonly moveDeadlines: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, part, bundleOf }: HoursFollowerProps) {
    super(scope, id);
    this.moveDeadlines = new ServiceFunction(this, "move-deadlines", {
      bundle: bundleOf("move-deadlines"),
      description: "Moves the deadlines that changed office hours touch",
      part,
    });
    complaints.writtenBy(this.moveDeadlines, { by: ["one"] });
    complaints.hoursWrittenBy(this.moveDeadlines);
    complaints.listedBy(this.moveDeadlines, "openInboxes");
    complaints.listedBy(this.moveDeadlines, "pendingHours");
    new MinuteSchedule(this, "EveryMinute", { runs: this.moveDeadlines, description: "Changed hours, every minute" });
  }
}
