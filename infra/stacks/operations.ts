import { Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import type { ApiStack } from "./api.ts";
import { placeOf } from "./place.ts";
import type { ProcessingStack } from "./processing.ts";
import type { Watch, Watches } from "./watch.ts";
import { watchesOfTheApi } from "./watches-of-api.ts";
import { watchesOfFigures } from "./watches-of-figures.ts";
import { watchesOfTheProcessing } from "./watches-of-processing.ts";
import { watchesOfRetention } from "./watches-of-retention.ts";

type Watched = { province: Province; api: ApiStack; processing: ProcessingStack };

/** The alarms that wake somebody, each with what it means to people and the first thing to do. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { province, api, processing }: Watched) {
    super(scope, id, placeOf(province));
    const topic = new Topic(this, "Alarms", { enforceSSL: true });
    const some = [
      watchesOfTheApi(api),
      watchesOfTheProcessing(processing),
      watchesOfFigures(processing),
      watchesOfRetention(processing),
    ];
    const watches: Watches = Object.assign({}, ...some);
    for (const [name, watch] of Object.entries(watches)) this.addAlarm({ name, watch, topic });
  }

  private addAlarm({ name, watch, topic }: { name: string; watch: Watch; topic: Topic }): void {
    const { metric, threshold, comparison, missing, impact, firstStep } = watch;
    const alarm = new Alarm(this, name, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
      alarmDescription: `${impact} First step: ${firstStep}`,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}
