import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { NetworkSegment } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import type { SecretKey } from "./secrets.ts";
import { HourSchedule, ServiceFunction } from "./service-function.ts";

type StatisticsCounterProps = {
  complaints: ComplaintsTable;
  statisticsKey: SecretKey;
  segment: NetworkSegment;
  bundleOf: (name: string) => string;
};

/**
 * Counts the public figures, the figures that each agency sees of its own work, and what repeats more than chance explains. None of
 * the functions writes an event.
 */
export class StatisticsCounter extends Construct {
  readonly closePeriods: ServiceFunction;
  readonly countOwnFigures: ServiceFunction;
  readonly proposeIssues: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, statisticsKey, segment, bundleOf }: StatisticsCounterProps) {
    super(scope, id);
    const timeout = Duration.minutes(15);
    this.closePeriods = new ServiceFunction(this, "close-periods", {
      bundle: bundleOf("close-periods"),
      description: "Counts the complaints of closing periods and what waits for an answer, and publishes the figures",
      // Lambda gives one whole vCPU at 1,769 MB. The function replays the events of up to a year's complaints.
      memorySize: 1_769,
      timeout,
    });
    this.countOwnFigures = new ServiceFunction(this, "count-agency-figures", {
      bundle: bundleOf("count-agency-figures"),
      description: "Counts each agency's own figures by that agency's own events, once a month",
      timeout,
      segment,
    });
    this.proposeIssues = new ServiceFunction(this, "propose-issues", {
      bundle: bundleOf("propose-issues"),
      description: "Counts each day's complaints and proposes to inspectors what repeats, each morning",
      timeout,
      segment,
    });
    complaints.grantCounting(this.closePeriods);
    complaints.grantProposing(this.proposeIssues);
    statisticsKey.grantRead(this.closePeriods);
    complaints.grantMakeAgencyFigures(this.countOwnFigures);
    new HourSchedule(this, "PeriodsEveryHour", { fn: this.closePeriods, description: "Closing periods, every hour" });
    new HourSchedule(this, "OwnFiguresEveryHour", {
      fn: this.countOwnFigures,
      description: "Own figures, once a month",
    });
    new HourSchedule(this, "ProposalsEveryHour", {
      fn: this.proposeIssues,
      description: "Proposals of issues, once a morning",
    });
  }
}
