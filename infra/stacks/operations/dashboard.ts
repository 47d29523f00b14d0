import { Duration, type Stack } from "aws-cdk-lib";
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
import { LogGroup, QueryDefinition, QueryString } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { ApiStack } from "../api.ts";
import type { DataStack } from "../data.ts";
import type { ProcessingStack } from "../processing.ts";

type DashboardProps = {
  province: string;
  data: DataStack;
  api: ApiStack;
  processing: ProcessingStack;
  alarms: Alarm[];
};
/**
 * A graph for one arrow of the picture in docs/architecture.md: how many requests or messages pass, and how long they take.
 */
type GraphOptions = { title: string; counts: IMetric[]; waits?: IMetric[] };

/**
 * Adds a dashboard with the alarms and one graph for each arrow of the architecture, in the order in which a complaint
 * passes.
 */
export function addDashboard(scope: Construct, { province, alarms, ...stacks }: DashboardProps): void {
  const graphs = [...requestGraphs(stacks), ...deliveryGraphs(stacks), ...scheduleGraphs(stacks)].map(graph);
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

function graph({ title, counts, waits = [] }: GraphOptions): GraphWidget {
  return new GraphWidget({ title, left: counts, right: waits, width: 6, height: 6 });
}

type Stacks = Pick<DashboardProps, "data" | "api" | "processing">;

function requestGraphs({ data, api }: Stacks): GraphOptions[] {
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

function deliveryGraphs({ processing }: Stacks): GraphOptions[] {
  const { dispatcher, notifier, webhookSender, cleaner } = processing;
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
      counts: [webhookSender.deliverWebhooks.lambda.metricErrors()],
      waits: [webhookSender.deliverWebhooks.lambda.metricDuration({ statistic: "Maximum" })],
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

function scheduleGraphs({ processing, api }: Stacks): GraphOptions[] {
  const { escalation, page } = processing;
  return [
    {
      title: "Every minute → escalation",
      counts: [
        escalation.processDueComplaints.lambda.metricInvocations(),
        escalation.machine.machine.metricStarted(),
        escalation.machine.machine.metricFailed(),
      ],
      waits: [escalation.processDueComplaints.lambda.metricDuration({ statistic: "Maximum" })],
    },
    {
      title: "Figures → page → readers",
      counts: [page.renderPage.lambda.metricErrors(), api.readPage.lambda.metricInvocations()],
      waits: [page.renderPage.lambda.metricDuration({ statistic: "Maximum" })],
    },
  ];
}

/**
 * Saved queries over several logs; the operator replaces the text in quotes. The gateway's request id is in the function's
 * log lines. The event ids in these lines are also in messages of queues and in mails.
 */
const queries: { name: string; fields: string[]; filter: string }[] = [
  {
    name: "follow one complaint",
    fields: ["message", "requestId", "clientId", "route", "status", "version", "type", "role", "outcome", "level"],
    filter: '@message like "QZ-0000-0000-0"',
  },
  {
    name: "why did this request fail",
    fields: ["service", "message", "route", "status", "problemCode", "error", "errorName"],
    filter: 'requestId = "the apigw-requestid that the caller was answered"',
  },
  {
    name: "what did this client do",
    fields: ["route", "id", "status", "problemCode", "eventIds.0", "durationMs", "requestId"],
    filter: 'clientId = "call-centre-128"',
  },
];

/** Saves the queries in Logs Insights, in a folder of the province, over all log groups of these stacks. */
export function addLogQueries(scope: Construct, { province, stacks }: { province: string; stacks: Stack[] }): void {
  const logGroups = stacks.flatMap(({ node }) => node.findAll().filter((one) => one instanceof LogGroup));
  for (const { name, fields, filter } of queries)
    new QueryDefinition(scope, name, {
      queryDefinitionName: `foad/${province}/${name}`,
      queryString: new QueryString({
        fields: ["@timestamp", ...fields],
        filterStatements: [filter],
        sort: "@timestamp asc",
        limit: 1_000,
      }),
      logGroups,
    });
}
