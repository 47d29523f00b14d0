import { Duration } from "aws-cdk-lib";
import type { ComparisonOperator, IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";

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
