import { Duration } from "aws-cdk-lib";
import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  type Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";

export type AlarmDefinition = {
  metric: IMetric;
  /** The alarm goes off at this value or above, unless `comparison` says otherwise. */
  threshold: number;
  comparison?: ComparisonOperator;
  missing?: TreatMissingData;
  /** For how many periods the alarm stays on, counted from the last period above the threshold; by default 1. */
  evaluationPeriods?: number;
  /** `impact`: the effect on people; `firstStep`: the first thing to do. Both stand in the alarm's description. */
  impact: string;
  firstStep: string;
};

/** Alarms by name. */
export type AlarmDefinitions = Record<string, AlarmDefinition>;

export const minutes = (n: number) => ({ period: Duration.minutes(n) });
export const hours = (n: number) => ({ period: Duration.hours(n) });

/**
 * Returns the metric with zero in periods without a value. CloudWatch does not evaluate an alarm by a missing value alone;
 * the alarm would stay in its last state for several periods. After a long time without values the period stays missing.
 */
export const missingAsZero = (m: Metric) =>
  new MathExpression({ expression: "FILL(m, 0)", usingMetrics: { m }, period: m.period });

/** The alarm goes off if the metric is below 1 or has no value. */
export const lessThanOne = {
  threshold: 1,
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  missing: TreatMissingData.BREACHING,
};
