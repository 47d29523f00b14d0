import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { NetworkPart } from "./closed-network.ts";
import type { ComplaintsTable } from "./complaints-table.ts";
import { HourSchedule } from "./hour-schedule.ts";
import type { SecretKey } from "./secret-key.ts";
import { ServiceFunction } from "./service-function.ts";

type StatisticianProps = {
  complaints: ComplaintsTable;
  statisticsKey: SecretKey;
  part: NetworkPart;
  bundleOf: (name: string) => string;
};

/** Makes the public figures, and the agencies' own. Neither function writes an event. */
export class Statistician extends Construct {
  readonly closePeriods: ServiceFunction;
  readonly countOwnFigures: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, statisticsKey, part, bundleOf }: StatisticianProps) {
    super(scope, id);
    const timeout = Duration.minutes(15);
    this.closePeriods = new ServiceFunction(this, "close-periods", {
      bundle: bundleOf("close-periods"),
      description: "Counts the complaints of closing periods and what waits for an answer, and publishes the figures",
      // One whole processor: it reads and folds every complaint of up to a year.
      memorySize: 1_769,
      timeout,
    });
    this.countOwnFigures = new ServiceFunction(this, "count-own-figures", {
      bundle: bundleOf("count-own-figures"),
      description: "Counts each agency's own figures by that agency's own events, once a month",
      timeout,
      part,
    });
    complaints.countedBy(this.closePeriods);
    statisticsKey.readBy(this.closePeriods);
    complaints.ownFiguresMadeBy(this.countOwnFigures);
    new HourSchedule(this, "PeriodsEveryHour", { runs: this.closePeriods, description: "Closing periods, every hour" });
    new HourSchedule(this, "OwnFiguresEveryHour", {
      runs: this.countOwnFigures,
      description: "Own figures, once a month",
    });
  }
}
