import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { type Runs, scheduleRuns } from "./schedule-runs.ts";

/** Runs a function every minute. */
export class MinuteSchedule extends Construct {
  constructor(scope: Construct, id: string, runs: Runs) {
    super(scope, id);
    scheduleRuns(this, { ...runs, every: Duration.minutes(1) });
  }
}
