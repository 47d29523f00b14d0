import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test } from "vitest";
import {
  callKey,
  cohortKey,
  complaintKey,
  eventKey,
  headKey,
  partitions,
  pendingHoursKey,
  pendingRedriveKey,
  privateKey,
} from "#shared/runtime/keys.ts";
import { clientSettings } from "../../infra/local/machine/aws-account.ts";
import type { Receipt } from "../support/api-caller.ts";
import { type Line, metricFilters } from "../support/metric-filters.ts";
import { logicalIdIn } from "../support/planted-assembly.ts";
import { templateOf } from "../support/synthesized.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const hourMs = 60 * 60_000;
const past = "2026-01-01T08:00:00.000Z";
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
  await cloud.tables.putComplaintItem({ pk: privateKey(broken.drawn.id), sk: callKey, id: broken.drawn.id });
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
  for (const of of ["Escalationsweepdue", "Hoursmovedeadlines", "Redriverredriveevents"])
    await cloud.invoke(`Foad-qazvin-Processing-${logicalIdIn("Processing", { of, type: "Function" })}`, {});
  await cloud.clock.advance(hourMs);
  lines = globSync("logs/*.log", { cwd: cloud.state })
    .flatMap((file) => readFileSync(join(cloud.state, file), "utf8").split("\n"))
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}, 300_000);

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
  const closed = { month: "1405-01", since: "1403-01", periods: [], edition: "one", asOf: past, closedAt: past };
  await cloud.tables.putComplaintItem({ ...closed, pk: partitions.closed, sk: closed.month });
  const event = await cloud.tables.complaintItem(complaintKey(broken.late.id), eventKey(1));
  await cloud.tables.putComplaintItem({ ...event, cohort: cohortKey({ month: closed.since, shard: 0 }) });
}

const alarmOf = (name: string) =>
  Object.entries(templateOf("qazvin", "Operations").findResources("AWS::CloudWatch::Alarm")).find(([id]) =>
    new RegExp(`^${name}[0-9A-F]{8}$`).test(id),
  )?.[1].Properties ?? expect.unreachable(name);

describe("what no code can read is counted by the metric that its alarm watches:", () => {
  test.each([
    ["DueUnreadable", "due complaint unreadable", "due"],
    ["SweepFails", "due complaint not attended", "answered"],
    ["CallNotPlaced", "call not placed", "drawn"],
    ["NotSentAgain", "redrive not carried out", undefined],
    ["DeadlinesDoNotMove", "deadlines not moved", undefined],
    ["FiguresNotPublished", "figures not published", undefined],
    ["NotForgotten", "not forgotten", "late"],
  ] as const)("%s", (alarm, message, which) => {
    expect(alarmOf(alarm).MetricName).toBe(message);
    const { service, measured } = filters.find(({ metric }) => metric === message) ?? expect.unreachable();
    const counted = lines.filter((line) => line.service === service && measured(line) !== undefined);
    expect(counted.length).toBeGreaterThan(0);
    if (which) expect(JSON.stringify(counted)).toContain(broken[which].id);
  });
});

test("RungNotRaised: the execution of a complaint that cannot be read fails, and its first step lists it", async () => {
  const sfn = new SFNClient({ ...clientSettings, endpoint: cloud.environment.AWS_ENDPOINT_URL_SFN ?? "" });
  const [machine] = Object.keys(templateOf("qazvin", "Processing").findResources("AWS::StepFunctions::StateMachine"));
  const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:Foad-qazvin-Processing-${machine}`;
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "FAILED" }));
  expect(executions.map(({ name }) => name).join()).toContain(broken.late.id);
  expect(alarmOf("RungNotRaised").MetricName).toBe("ExecutionsFailed");
});

test("RequestsFail: who asks for it is told to come back, and the gateway's log says on which route", () => {
  const failed = lines.filter(({ service, status }) => service === undefined && /^5/.test(String(status)));
  expect(failed.length).toBeGreaterThanOrEqual(alarmOf("RequestsFail").Threshold);
  expect(failed.map(({ route }) => route)).toContain("GET /v1/complaints/{id}");
  const { measured } =
    filters.find(({ metric }) => metric === alarmOf("RequestsFail").MetricName) ?? expect.unreachable();
  expect(failed.filter((line) => measured(line))).toEqual(failed.filter(({ route }) => /\/v1\//.test(String(route))));
  for (const route of ["GET /", "GET /agencies/{id}", "HEAD /"])
    expect(measured({ status: "503", route })).toBeUndefined();
});

test.each([
  ["ParkedUnseen", "RedriverParked", "note-undelivered"],
  ["MailNotSent", "NotifierNotifications", "send-notification"],
  ["BouncesPileUp", "NotifierBounces", "note-bounce"],
  ["UploadsNotCleaned", "CleanerUploads", "clean-file"],
  ["UploadsNotConfirmed", "AttachmentsVerdicts", "confirm-attachment"],
])("%s: a message of %s that %s cannot consume is on its way to the dead letters", (alarm, name, service) => {
  const { MetricName, Dimensions } = alarmOf(alarm);
  expect(MetricName).toBe("ApproximateNumberOfMessagesVisible");
  expect(JSON.stringify(Dimensions)).toContain(`${name}DeadLetters`);
  expect(lines).toContainEqual(expect.objectContaining({ service, message: "message not consumed" }));
  const queues = Object.entries(templateOf("qazvin", "Processing").findResources("AWS::SQS::Queue"));
  const [, queue] = queues.find(([id]) => id.startsWith(`${name}Queue`)) ?? expect.unreachable();
  expect(JSON.stringify(queue.Properties.RedrivePolicy.deadLetterTargetArn)).toContain(`${name}DeadLetters`);
});

test("MailsFail: how often a mail was tried that cannot be sent is what its alarm measures", () => {
  const filter = filters.find(({ metric }) => metric === "message not consumed receives") ?? expect.unreachable();
  expect(filter.service).toBe("send-notification");
  const mails = lines.filter(({ service }) => service === filter.service);
  expect(Math.max(...mails.map((line) => filter.measured(line) ?? 0))).toBeGreaterThanOrEqual(1);
  expect(JSON.stringify(alarmOf("MailsFail").Metrics)).toContain(filter.metric);
});
