import { Duration } from "aws-cdk-lib";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  PeriodOverride,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { ApiStack } from "./api.ts";
import type { DataStack } from "./data.ts";
import type { ProcessingStack } from "./processing.ts";

type Shown = { province: string; data: DataStack; api: ApiStack; processing: ProcessingStack; alarms: Alarm[] };
/** One line of the picture in docs/architecture.md: how much passes there, and how long it takes or waits. */
type Part = { title: string; counts: IMetric[]; waits?: IMetric[] };

/** Reads from above like the architecture, one graph for each of its arrows, the way that a complaint goes. */
export function addDashboard(scope: Construct, { province, alarms, ...stacks }: Shown): void {
  const graphs = [...partsOfRequests(stacks), ...partsOfTelling(stacks), ...partsOfTime(stacks)].map(graph);
  new Dashboard(scope, "Dashboard", {
    dashboardName: `foad-${province}`,
    defaultInterval: Duration.days(1),
    periodOverride: PeriodOverride.INHERIT,
    widgets: [
      [new TextWidget({ markdown: `# FOAD 128, ${province}\n\n${legend}`, width: 24, height: 3 })],
      [new AlarmStatusWidget({ title: "Alarms", alarms, width: 24, height: 6 })],
      graphs.slice(0, 4),
      graphs.slice(4),
    ],
  });
}

const legend =
  "From a caller's request to what follows from it: on the left how many, on the right how long. What each alarm asks for stands in docs/operations.md; searches in the logs are saved in Logs Insights.";

function graph({ title, counts, waits = [] }: Part): GraphWidget {
  return new GraphWidget({ title, left: counts, right: waits, width: 6, height: 6 });
}

type Stacks = Pick<Shown, "data" | "api" | "processing">;

function partsOfRequests({ data, api }: Stacks): Part[] {
  const { gateway } = api.api;
  const { table } = data.complaints;
  return [
    {
      title: "Callers → gateway",
      counts: [gateway.metricCount(), gateway.metricClientError(), gateway.metricServerError()],
      waits: [gateway.metricLatency({ statistic: "p95" })],
    },
    {
      title: "Functions → one transaction → table",
      counts: [table.metricConsumedWriteCapacityUnits(), table.metricConsumedReadCapacityUnits()],
      waits: [table.metric("SuccessfulRequestLatency", byOperation("TransactWriteItems"))],
    },
  ];
}

const byOperation = (Operation: string) => ({ dimensionsMap: { Operation }, statistic: "p95" });

function partsOfTelling({ processing }: Stacks): Part[] {
  const { dispatcher, notifier, pusher, cleaner } = processing;
  return [
    {
      title: "Stream → agencies' queues",
      counts: [dispatcher.dispatchEvent.lambda.metricInvocations(), dispatcher.dispatchEvent.lambda.metricErrors()],
      waits: [dispatcher.dispatchEvent.lambda.metric("IteratorAge", { statistic: "Maximum" })],
    },
    {
      title: "Notifications → mail",
      counts: ["Send", "Bounce", "Complaint"].map(
        (metricName) => new Metric({ namespace: "AWS/SES", metricName, statistic: "Sum" }),
      ),
      waits: [notifier.notifications.queue.metricApproximateAgeOfOldestMessage()],
    },
    {
      title: "Feeds → webhooks",
      counts: [pusher.pushEvents.lambda.metricErrors()],
      waits: [pusher.pushEvents.lambda.metricDuration({ statistic: "Maximum" })],
    },
    {
      title: "Uploads → clean files",
      counts: [
        cleaner.uploads.queue.metricNumberOfMessagesSent(),
        cleaner.uploads.queue.metricNumberOfMessagesDeleted(),
      ],
      waits: [cleaner.uploads.queue.metricApproximateAgeOfOldestMessage()],
    },
  ];
}

function partsOfTime({ processing, api }: Stacks): Part[] {
  const { escalation, page } = processing;
  return [
    {
      title: "Every minute → ladder",
      counts: [
        escalation.sweepDue.lambda.metricInvocations(),
        escalation.climb.machine.metricStarted(),
        escalation.climb.machine.metricFailed(),
      ],
      waits: [escalation.sweepDue.lambda.metricDuration({ statistic: "Maximum" })],
    },
    {
      title: "Figures → page → readers",
      counts: [page.renderPage.lambda.metricErrors(), api.readPage.lambda.metricInvocations()],
      waits: [page.renderPage.lambda.metricDuration({ statistic: "Maximum" })],
    },
  ];
}
