import { Aws, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription, UrlSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { acceptServerless } from "#infra/constructs/accepted-findings.ts";
import { environmentOf } from "#infra/provinces/province-files.ts";
import type { Province } from "#shared/province/schema.ts";
import type { ApiStack } from "../api.ts";
import type { DataStack } from "../data.ts";
import type { ProcessingStack } from "../processing.ts";
import type { AlarmDefinition, AlarmDefinitions } from "./alarm.ts";
import { addDashboard, addLogQueries } from "./dashboard.ts";
import { functionAlarms } from "./function-alarms.ts";
import { agencyQueueAlarms, processingAlarms, queueAlarms, smsAlarms, statisticsAlarms } from "./processing-alarms.ts";
import { accountAlarms, apiAlarms, canaryAlarms } from "./service-alarms.ts";

type OperationsProps = { province: Province; data: DataStack; api: ApiStack; processing: ProcessingStack };

/** The alarms, a topic that sends them to operators, a dashboard and saved log queries. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { province, data, api, processing }: OperationsProps) {
    super(scope, id, environmentOf(province));
    const topic = this.addTopic(province);
    const alarmGroups = [
      apiAlarms(api, province),
      accountAlarms({ api, processing }),
      agencyQueueAlarms(processing),
      processingAlarms(processing),
      functionAlarms(processing, province),
      queueAlarms(processing),
      smsAlarms(processing),
      statisticsAlarms(processing),
      canaryAlarms(processing),
    ];
    const alarmDefinitions: AlarmDefinitions = Object.assign({}, ...alarmGroups);
    const alarms = Object.entries(alarmDefinitions).map(([name, definition]) =>
      this.addAlarm({ name, definition, topic }),
    );
    addDashboard(this, { province: province.id, data, api, processing, alarms });
    addLogQueries(this, { province: province.id, stacks: [api, processing] });
  }

  private addTopic({ operations: { alarmEmails, alarmEndpoint } = { alarmEmails: [] } }: Province): Topic {
    const topic = new Topic(this, "Alarms", { enforceSSL: true });
    // Our own topic policy replaces SNS's default policy, so it must allow CloudWatch alarms to publish.
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

  private addAlarm({ name, definition, topic }: { name: string; definition: AlarmDefinition; topic: Topic }): Alarm {
    const { metric, threshold, comparison, missing, evaluationPeriods = 1, impact, firstStep } = definition;
    const alarm = new Alarm(this, name, {
      metric,
      threshold,
      evaluationPeriods,
      datapointsToAlarm: 1,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
      alarmDescription: `${impact} First step: ${firstStep} Runbook: docs/operations.md#${name.toLowerCase()}`,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  }
}
