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
  /** Alarms at this value or above, unless `comparison` says otherwise. */
  threshold: number;
  comparison?: ComparisonOperator;
  missing?: TreatMissingData;
  /** How many periods the alarm goes on after the last one that raised it, that one included; one, unless this says otherwise. */
  evaluationPeriods?: number;
  /** What it means to people, and the first thing to do. */
  impact: string;
  firstStep: string;
};

/** Alarms by name. */
export type AlarmDefinitions = Record<string, AlarmDefinition>;

export const minutes = (n: number) => ({ period: Duration.minutes(n) });
export const hours = (n: number) => ({ period: Duration.hours(n) });

/**
 * Zero for a period in which the metric has no value: by such a period alone no alarm is judged, and it goes on by the last
 * value for several periods. Where the metric has had none for long, the period stays missing.
 */
export const missingAsZero = (m: Metric) =>
  new MathExpression({ expression: "FILL(m, 0)", usingMetrics: { m }, period: m.period });

/** Alarms where the metric is below 1, and where it has no value at all. */
export const lessThanOne = {
  threshold: 1,
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  missing: TreatMissingData.BREACHING,
};
