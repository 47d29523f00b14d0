import { Duration } from "aws-cdk-lib";
import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  type Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import type { ServiceFunction } from "../constructs/service-function.ts";

export type Watch = {
  metric: IMetric;
  /** Alarms at this value or above, unless `comparison` says otherwise. */
  threshold: number;
  comparison?: ComparisonOperator;
  missing?: TreatMissingData;
  /** What it means to people, and the first thing to do. */
  impact: string;
  firstStep: string;
};

/** Alarms by name. */
export type Watches = Record<string, Watch>;

export const minutes = (n: number) => ({ period: Duration.minutes(n) });
export const hours = (n: number) => ({ period: Duration.hours(n) });

/**
 * Zero for a period in which the metric has no value: by such a period alone no alarm is judged, and it goes on by the last
 * value for several periods. Where the metric has had none for long, the period stays missing.
 */
export const orZero = (m: Metric) =>
  new MathExpression({ expression: "FILL(m, 0)", usingMetrics: { m }, period: m.period });

const lessThanOne = {
  threshold: 1,
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  missing: TreatMissingData.BREACHING,
};

/** That nothing is counted where something should be, by a metric that then has no value. */
export const nothing = (metric: Metric) => ({ metric: orZero(metric), ...lessThanOne });

/** That a function was not run at all: errors tell nothing of one whose schedule was switched off. */
export const notRun = ({ lambda }: ServiceFunction, over: { period: Duration }) =>
  nothing(lambda.metricInvocations(over));

/** That no run succeeded: each failed, or there was none. */
export function noneSucceeded({ lambda }: ServiceFunction, over: { period: Duration }) {
  const usingMetrics = { runs: lambda.metricInvocations(over), failed: lambda.metricErrors(over) };
  return {
    metric: new MathExpression({ expression: "FILL(runs, 0) - FILL(failed, 0)", usingMetrics, ...over }),
    ...lessThanOne,
  };
}
