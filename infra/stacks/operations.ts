import { Aws, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription, UrlSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import { acceptServerless } from "../constructs/accepted-findings.ts";
import type { ApiStack } from "./api.ts";
import { addDashboard } from "./dashboard.ts";
import type { DataStack } from "./data.ts";
import { addLogQueries } from "./log-queries.ts";
import { placeOf } from "./place.ts";
import type { ProcessingStack } from "./processing.ts";
import type { Watch, Watches } from "./watch.ts";
import { watchesOfTheAccount } from "./watches-of-account.ts";
import { watchesOfAgencies } from "./watches-of-agencies.ts";
import { watchesOfTheApi } from "./watches-of-api.ts";
import { watchesOfCanary } from "./watches-of-canary.ts";
import { watchesOfFigures } from "./watches-of-figures.ts";
import { watchesOfFunctions } from "./watches-of-functions.ts";
import { watchesOfTheProcessing } from "./watches-of-processing.ts";
import { watchesOfQueues } from "./watches-of-queues.ts";

type Watched = { province: Province; data: DataStack; api: ApiStack; processing: ProcessingStack };

/** The alarms that wake somebody, each with what it means to people and the first thing to do; and where to look then. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { province, data, api, processing }: Watched) {
    super(scope, id, placeOf(province));
    const topic = this.addTopic(province);
    const some = [
      watchesOfTheApi(api, province),
      watchesOfTheAccount({ api, processing }),
      watchesOfAgencies(processing),
      watchesOfTheProcessing(processing),
      watchesOfFunctions(processing, province),
      watchesOfQueues(processing),
      watchesOfFigures(processing),
      watchesOfCanary(processing),
    ];
    const watches: Watches = Object.assign({}, ...some);
    const alarms = Object.entries(watches).map(([name, watch]) => this.addAlarm({ name, watch, topic }));
    addDashboard(this, { province: province.id, data, api, processing, alarms });
    addLogQueries(this, { province: province.id, stacks: [api, processing] });
  }

  private addTopic({ operations: { alarmEmails, alarmEndpoint } = { alarmEmails: [] } }: Province): Topic {
    const topic = new Topic(this, "Alarms", { enforceSSL: true });
    // A policy of one's own takes the place of the one by which SNS lets alarms in.
    const ownAccount = { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } };
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com", { conditions: ownAccount })],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
      }),
    );
    for (const address of alarmEmails) topic.addSubscription(new EmailSubscription(address));
    if (alarmEndpoint) topic.addSubscription(new UrlSubscription(alarmEndpoint));
    acceptServerless(topic, {
      finding: "SNSRedrivePolicy",
      reason: "What SNS could not deliver is mailed as well, and an alarm that stays on is seen in the console.",
    });
    return topic;
  }

  private addAlarm({ name, watch, topic }: { name: string; watch: Watch; topic: Topic }): Alarm {
    const { metric, threshold, comparison, missing, goesOnFor = 1, impact, firstStep } = watch;
    const alarm = new Alarm(this, name, {
      metric,
      threshold,
      evaluationPeriods: goesOnFor,
      datapointsToAlarm: 1,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
      alarmDescription: `${impact} First step: ${firstStep} Runbook: docs/operations.md#${name.toLowerCase()}`,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  }
}
