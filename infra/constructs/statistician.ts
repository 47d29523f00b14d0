import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { ComplaintsTable } from "./complaints-table.ts";
import { HourSchedule } from "./hour-schedule.ts";
import { ServiceFunction } from "./service-function.ts";

type StatisticianProps = { complaints: ComplaintsTable; bundleOf: (name: string) => string };

/** Makes the public figures: of periods when they close, and each month of what is open. Neither writes an event. */
export class Statistician extends Construct {
  readonly closePeriods: ServiceFunction;
  readonly countOpen: ServiceFunction;

  constructor(scope: Construct, id: string, { complaints, bundleOf }: StatisticianProps) {
    super(scope, id);
    const timeout = Duration.minutes(15);
    this.closePeriods = new ServiceFunction(this, "close-periods", {
      bundle: bundleOf("close-periods"),
      description: "Counts the complaints of closing periods and publishes their figures",
      // One whole processor: it reads and folds every complaint of up to a year.
      memorySize: 1_769,
      timeout,
    });
    this.countOpen = new ServiceFunction(this, "count-open", {
      bundle: bundleOf("count-open"),
      description: "Counts what is open, once a month",
      timeout,
    });
    complaints.countedBy(this.closePeriods);
    complaints.openCountedBy(this.countOpen);
    new HourSchedule(this, "PeriodsEveryHour", { runs: this.closePeriods, description: "Closing periods, every hour" });
    new HourSchedule(this, "OpenEveryHour", { runs: this.countOpen, description: "What is open, once a month" });
  }
}
