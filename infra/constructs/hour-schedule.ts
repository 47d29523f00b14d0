import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { type Runs, scheduleRuns } from "./schedule-runs.ts";

/** Runs a function every hour. */
export class HourSchedule extends Construct {
  constructor(scope: Construct, id: string, runs: Runs) {
    super(scope, id);
    scheduleRuns(this, { ...runs, every: Duration.hours(1) });
  }
}
