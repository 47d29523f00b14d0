import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test } from "vitest";
import { eventId } from "#shared/complaints/event.ts";
import { calendarEndState } from "#shared/hours/office-hours.ts";
import { calendarUntil } from "#shared/province/slices.static.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { Receipt } from "../support/api-caller.ts";
import { createQueueLoser } from "../support/lost-messages.ts";
import { type Line, metricFilters, writtenLines } from "../support/metric-filters.ts";
import { templateOf } from "../support/synthesized.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const hourMs = 60 * 60_000;
let filed: Receipt;
let refused: string | null;
let lines: Line[];

/** What could go wrong and can be brought about here, all of it in one cloud, one after the other. */
beforeAll(async () => {
  const queues = createQueueLoser(cloud.endpoints);
  filed = await cloud.file({ agencyId: "gas", citizen: { name: "زهرا محمدی", email: "zahra@reader.example" } });
  await cloud.call({
    as: "agency-gas",
    method: "POST",
    path: `/v1/agency/complaints/${filed.id}/acknowledgement`,
    body: { officer: { name: "علی رضایی", personnelId: "4412" } },
  });
  refused = (await cloud.call({ as: "agency-gas", path: "/v1/agency/complaints/QZ-0000-0000-0" })).headers.get(
    "apigw-requestid",
  );
  await cloud.call({ path: "/v1/agency/complaints" });
  await cloud.call({ secret: "guessed", path: `/v1/complaints/${filed.id}` });
  await cloud.quiet();
  await receiveTooOften(cloud.endpoints.queues.gas);
  await queues.lose("tax-affairs");
  await cloud.file({ agencyId: "tax-affairs" });
  await cloud.quiet();
  await readTooMany(filed.id);
  await cloud.clock.advance(hourMs);
  await queues.remake("tax-affairs");
  await cloud.clock.advance(98 * hourMs);
  lines = writtenLines(cloud.state);
});

/** As a consumer does whose program fails on each message: after the fifth time it is a dead letter. */
async function receiveTooOften(QueueUrl: string | undefined): Promise<void> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new SQSClient({ region: "us-east-1", credentials, endpoint: cloud.endpoints.sqs });
  const once = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1, VisibilityTimeout: 0 });
  for (let n = 0; n < 6; n++) await client.send(once);
  client.destroy();
}

/** Until one is refused; one after the other, since of several side by side some are told to come back later. */
async function readTooMany(id: string): Promise<void> {
  const path = `/v1/inspector/complaints/${id}/identity`;
  let status = 0;
  while (status !== 429) ({ status } = await cloud.call({ as: "inspector-1", path }));
}

const of = (service: string) => lines.filter((line) => line.service === service);

describe("what goes wrong is counted by the metric that its alarm watches:", () => {
  const filters = ["Api", "Processing"].flatMap(metricFilters);
  const alarms = Object.values(templateOf("qazvin", "Operations").findResources("AWS::CloudWatch::Alarm"));
  const watched = alarms.flatMap(({ Properties: { MetricName, Metrics = [] } }) => [
    MetricName,
    ...Metrics.map((one: { MetricStat?: { Metric: { MetricName: string } } }) => one.MetricStat?.Metric.MetricName),
  ]);

  const by = (message: string) => (line: Line) => line.message === message;
  const statusOf = (status: string) => (line: Line) => line.status === status;

  test.each<[string, string, number, ((line: Line) => boolean)?]>([
    ["an event that an agency's lost queue did not take", "function failures", 3, by("event processing failed")],
    ["and that it was not told of", "event undelivered", 1],
    ["an agency that has not read its queue for four days", "agency queues monitored oldestSeconds", 3 * 86_400],
    ["messages that it received five times", "agency queues monitored deadLetters", 1],
    ["a run of an hourly function that fails", "function failures", 3, ({ type }) => type === "platform.report"],
    ["an inspector who read too many identities", "identity read limit reached", 1],
    ["a call without a token", "requests refused", 1, statusOf("401")],
    ["a guess at a citizen's secret", "wrong secret", 1],
    ["and its answer", "requests refused", 1, statusOf("404")],
    ["a caller who is told to come back later", "requests refused", 3, statusOf("429")],
    ["a page that was made, which else is old", "page rendered", 1],
  ])("%s", (_, metric, added, where = () => true) => {
    const counting = filters.filter((one) => one.metric === metric);
    const values = counting.flatMap(({ service, measured }) =>
      of(service)
        .filter(where)
        .map((line) => measured(line) ?? 0),
    );
    expect(Math.max(...values)).toBeGreaterThanOrEqual(added);
    expect(watched).toContain(metric);
  });

  test("a queue that is gone fails the run that watches it, which leaves out no other", () => {
    expect(of("monitor-queues").some(({ message }) => message === "agency queues monitoring failed")).toBe(true);
    expect(of("monitor-queues").at(-1)).toMatchObject({
      left: expect.arrayContaining([expect.objectContaining({ agencyId: "gas", deadLetters: 1 })]),
    });
  });

  test("what did not go wrong is not counted", () => {
    const counted = filters.filter(({ service, measured }) => of(service).some((line) => measured(line) !== undefined));
    const named = counted.map(({ metric, service }) => (metric === "function failures" ? `${service} failed` : metric));
    const names = [...new Set(named)];
    // In the last weeks that the calendar here knows, its end is told too, by whichever sweep runs at a full hour.
    const { endsSoon } = calendarEndState(calendarUntil, new Date(cloud.clock.now()).toISOString());
    const toldOf = endsSoon ? names.filter((name) => name !== logEvents.calendarEnds) : names;
    expect(toldOf.toSorted()).toEqual([
      "agency queues monitored deadLetters",
      "agency queues monitored oldestSeconds",
      "dispatch-event failed",
      "event undelivered",
      "identity read limit reached",
      "monitor-queues failed",
      "page rendered",
      "requests refused",
      "wrong secret",
    ]);
  });
});

describe("a saved query", () => {
  const queries = Object.values(templateOf("qazvin", "Operations").findResources("AWS::Logs::QueryDefinition"));
  const [stage] = Object.values(templateOf("qazvin", "Api").findResources("AWS::ApiGatewayV2::Stage"));
  const ofGateway = Object.keys(JSON.parse(stage?.Properties.AccessLogSettings.Format));

  test.each(queries.map(({ Properties }) => [Properties.Name, Properties.QueryString]))(
    "names only fields that are logged: %s",
    (_, text: string) => {
      const [, fields = ""] = /^fields (.+)$/m.exec(text) ?? [];
      const logged = new Set([...ofGateway, ...lines.flatMap((line) => Object.keys(line))]);
      const named = fields.split(", ").map((field) => field.replace(/\.0$/, ""));
      expect(named.filter((field) => !logged.has(field) && !field.startsWith("@"))).toEqual([]);
    },
  );

  test("leads from the gateway's request to the event, to the queue's message and to the mail", async () => {
    const moved = of("agency").find(({ route }) => String(route).endsWith("/acknowledgement"));
    const id = eventId(filed.id, 2);
    expect(moved).toMatchObject({
      clientId: cloud.endpoints.clients["agency-gas"]?.clientId,
      status: 200,
      eventIds: [id],
    });
    const atGateway = of("gateway").find(({ requestId }) => requestId === moved?.requestId);
    expect(atGateway).toMatchObject({ status: "200", route: moved?.route });
    const told = { complaintId: filed.id, version: 2 };
    expect(of("dispatch-event")).toContainEqual(expect.objectContaining({ ...told, agencies: ["gas"] }));
    expect(of("send-notification")).toContainEqual(expect.objectContaining({ complaintId: filed.id, role: "citizen" }));
  });

  test("tells why a caller was refused, by the request id that it was answered", () => {
    const line = of("agency").find(({ requestId }) => requestId === refused);
    expect(line).toMatchObject({
      status: 404,
      problemCode: "not-found",
      clientId: cloud.endpoints.clients["agency-gas"]?.clientId,
    });
    // What one request wrote does not stand in the lines of the next.
    expect(line).not.toHaveProperty("eventIds");
  });

  test("names no client of a citizen", async () => {
    await cloud.call({ secret: filed.secret, path: `/v1/complaints/${filed.id}` });
    const read = writtenLines(cloud.state).filter(({ route }) => route === "GET /v1/complaints/{id}");
    expect(read.length).toBeGreaterThan(0);
    for (const line of read) expect(line).not.toHaveProperty("clientId");
  });
});
