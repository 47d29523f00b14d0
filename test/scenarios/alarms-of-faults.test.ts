import { ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test } from "vitest";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import {
  callKey,
  cohortKey,
  complaintKey,
  confidentialLogKey,
  eventKey,
  headKey,
  partitions,
  pendingHoursKey,
  pendingRedriveKey,
} from "#shared/runtime/keys.ts";
import { addMonths, iranianMonth } from "#shared/time/period.ts";
import type { Receipt } from "../support/api-caller.ts";
import { type Line, metricFilters, writtenLines } from "../support/metric-filters.ts";
import { processingFunction } from "../support/planted-assembly.ts";
import { templateOf } from "../support/synthesized.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const hourMs = 60 * 60_000;
const past = new Date(Date.now() - 330 * 24 * hourMs).toISOString();
const ownQueues = [
  "RedriverParked",
  "NotifierNotifications",
  "NotifierBounces",
  "CleanerUploads",
  "AttachmentsVerdicts",
];
const filters = ["Api", "Processing"].flatMap(metricFilters);
let broken: Record<"due" | "late" | "answered" | "drawn", Receipt>;
let lines: Line[];

/** What no code of ours writes, in tables and queues; then the functions come upon it. */
beforeAll(async () => {
  const sqs = new SQSClient({ ...clientSettings, endpoint: cloud.endpoints.sqs });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ MaxResults: 1_000 }));
  const file = () => cloud.file({ agencyId: "gas" });
  broken = { due: await file(), late: await file(), answered: await file(), drawn: await file() };
  await answered(broken.answered);
  await cloud.tables.putComplaintItem({
    pk: confidentialLogKey(broken.drawn.id),
    sk: callKey,
    id: broken.drawn.id,
    probability: "often",
  });
  await answered(broken.drawn);
  await cloud.quiet();
  await breakHead(broken.due, { dueAt: past, status: "lost" });
  await breakHead(broken.late, { dueAt: past, filedAt: "yesterday" });
  await breakHead(broken.answered, { dueAt: past, filedAt: "yesterday" });
  const pending = { dueAt: past, id: "one" };
  await cloud.tables.putComplaintItem({ ...pending, pk: partitions.redrive, sk: "one", due: pendingRedriveKey });
  await cloud.tables.putComplaintItem({ ...pending, pk: partitions.hours, sk: "one", due: pendingHoursKey });
  await closeLongAgo();
  for (const QueueUrl of QueueUrls.filter((url) => ownQueues.some((name) => url.includes(`${name}Queue`))))
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
  for (let n = 0; n < 5; n++)
    await cloud.call({ secret: broken.late.secret, path: `/v1/complaints/${broken.late.id}` });
  await cloud.runRarest();
  // Those of every minute have nothing to do for a day, as far as they know.
  for (const of of ["Escalationprocessduecomplaints", "Hourschangedeadlines", "Redriverredriveevents"])
    await cloud.invoke(processingFunction(of), {});
  await cloud.clock.advance(hourMs);
  lines = writtenLines(cloud.state);
});

async function answered({ id }: Receipt): Promise<void> {
  const body = {
    officer: { name: "علی رضایی" },
    finding: "founded",
    cause: "none",
    text: "رسیدگی شد.",
    actions: [{ text: "تماس گرفته شد." }],
  };
  const path = `/v1/agency/complaints/${id}/answer`;
  const { status, text } = await cloud.call({ as: "agency-gas", method: "POST", path, body });
  expect(status, text).toBe(200);
}

async function breakHead({ id }: Receipt, fields: Record<string, unknown>): Promise<void> {
  const head = await cloud.tables.complaintItem(complaintKey(id), headKey);
  await cloud.tables.putComplaintItem({ ...head, ...fields });
}

/** As if the last month that was closed were long past, and a complaint that cannot be read of two years before. */
async function closeLongAgo(): Promise<void> {
  const month = iranianMonth(past);
  const closed = { month, firstMonth: addMonths(month, -24), periods: [], edition: "one", asOf: past, closedAt: past };
  await cloud.tables.putComplaintItem({ ...closed, pk: partitions.closed, sk: closed.month });
  const event = await cloud.tables.complaintItem(complaintKey(broken.late.id), eventKey(1));
  await cloud.tables.putComplaintItem({ ...event, cohort: cohortKey({ month: closed.firstMonth, shard: 0 }) });
}

const alarmOf = (name: string) =>
  Object.entries(templateOf("qazvin", "Operations").findResources("AWS::CloudWatch::Alarm")).find(([id]) =>
    new RegExp(`^${name}[0-9A-F]{8}$`).test(id),
  )?.[1].Properties ?? expect.unreachable(name);

/** What a line adds to the metric that an alarm watches; nothing if no filter on the log of its function finds it. */
const addedBy = (line: Line, { MetricName }: { MetricName: string }) =>
  filters
    .find(({ metric, service, measured }) => metric === MetricName && service === line.service && measured(line))
    ?.measured(line) ?? 0;

describe("what no code can read is counted by the metric that its alarm watches:", () => {
  test.each([
    ["DueComplaintUnreadable", "process-due-complaints", "due complaint unreadable", "due", 1],
    ["FunctionErrors", "process-due-complaints", "due complaint processing failed", "answered", 3],
    ["FunctionErrors", "update-call-list", "call list update failed", "drawn", 1],
    ["FunctionErrors", "redrive-events", "redrive failed", undefined, 3],
    ["FunctionErrors", "change-deadlines", "deadline change failed", undefined, 3],
    ["FiguresNotPublished", "close-periods", "figures not published", undefined, 1],
    ["FunctionErrors", "apply-retention", "retention erasure failed", "late", 1],
  ] as const)("%s, which hears from %s: %s", (name, service, message, which, linesThatRaiseIt) => {
    const alarm = alarmOf(name);
    const found = lines.filter((line) => line.service === service && line.message === message);
    expect(found.length).toBeGreaterThan(0);
    for (const line of found) expect(addedBy(line, alarm) * linesThatRaiseIt).toBe(alarm.Threshold);
    if (which) expect(JSON.stringify(found)).toContain(broken[which].id);
  });
});

describe("FunctionErrors: a run that ends with an error", () => {
  const failedRunsOf = (name: string) =>
    lines.filter(({ service, type }) => service === name && type === "platform.report");

  test.each(["close-periods", "count-agency-figures"])("is enough of %s, which runs hourly", (name) => {
    expect(failedRunsOf(name).length).toBeGreaterThan(0);
    for (const line of failedRunsOf(name))
      expect(addedBy(line, alarmOf("FunctionErrors"))).toBe(alarmOf("FunctionErrors").Threshold);
  });

  test("is not counted of escalate-complaint, which ends so where no level is left, and has EscalationFailed", () => {
    expect(failedRunsOf("escalate-complaint").length).toBeGreaterThan(0);
    for (const line of failedRunsOf("escalate-complaint")) expect(addedBy(line, alarmOf("FunctionErrors"))).toBe(0);
  });
});

test("EscalationFailed: the execution of a complaint that cannot be read fails, and its first step lists it", async () => {
  const sfn = new SFNClient({ ...clientSettings, endpoint: cloud.environment.AWS_ENDPOINT_URL_SFN ?? "" });
  const [machine] = Object.keys(templateOf("qazvin", "Processing").findResources("AWS::StepFunctions::StateMachine"));
  const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:Foad-qazvin-Processing-${machine}`;
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "FAILED" }));
  expect(executions.map(({ name }) => name).join()).toContain(broken.late.id);
  expect(alarmOf("EscalationFailed").MetricName).toBe("ExecutionsFailed");
});

test("RequestErrors: who asks for it is told to come back, and the gateway's log says on which route", () => {
  const failed = lines.filter(({ service, status }) => service === "gateway" && /^5/.test(String(status)));
  expect(failed.length).toBeGreaterThanOrEqual(alarmOf("RequestErrors").Threshold);
  expect(failed.map(({ route }) => route)).toContain("GET /v1/complaints/{id}");
  const { measured } =
    filters.find(({ metric }) => metric === alarmOf("RequestErrors").MetricName) ?? expect.unreachable();
  expect(failed.filter((line) => measured(line))).toEqual(failed.filter(({ route }) => /\/v1\//.test(String(route))));
  for (const route of ["GET /", "GET /agencies/{id}", "HEAD /"])
    expect(measured({ status: "503", route })).toBeUndefined();
});

test.each([
  ["RedriverParked", "record-undelivered"],
  ["NotifierNotifications", "send-notification"],
  ["NotifierBounces", "record-bounce"],
  ["CleanerUploads", "clean-file"],
  ["AttachmentsVerdicts", "add-attachment"],
])(
  "DeadLetters and FunctionErrors: a message of %s that %s cannot consume is on its way to the dead letters",
  (name, service) => {
    const { MetricName, Dimensions } = alarmOf("DeadLetters");
    expect(MetricName).toBe("ApproximateNumberOfMessagesVisible");
    const queues = Object.entries(templateOf("qazvin", "Processing").findResources("AWS::SQS::Queue"));
    const [, queue] = queues.find(([id]) => id.startsWith(`${name}Queue`)) ?? expect.unreachable();
    const [deadLetters] = queue.Properties.RedrivePolicy.deadLetterTargetArn["Fn::GetAtt"];
    expect(JSON.stringify(Dimensions)).toContain(deadLetters);

    const failed = lines.filter((line) => line.service === service && line.message === "message processing failed");
    expect(failed.length).toBeGreaterThan(0);
    for (const line of failed) {
      expect(line.receives).toBeGreaterThanOrEqual(1);
      expect(addedBy({ ...line, receives: 5 }, alarmOf("FunctionErrors"))).toBe(0);
      expect(addedBy({ ...line, receives: 6 }, alarmOf("FunctionErrors"))).toBe(alarmOf("FunctionErrors").Threshold);
    }
  },
);
