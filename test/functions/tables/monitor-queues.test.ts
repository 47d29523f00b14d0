import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, expect, test } from "vitest";
import { monitorQueues } from "#functions/deliveries/monitor-queues.function.ts";
import { file } from "#shared/complaints/filing.ts";
import { agencyIds, queueConsumers } from "#shared/province/slices.static.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { aFiling, callCentrePrincipal, morning } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { writeComplaint } from "../../support/stored-complaints.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();
const log = captureLog();
afterAll(log.release);
const sqs = mockClient(SQSClient);
const prefix = "https://sqs.us-east-1.amazonaws.com/000000000000/foad-qazvin-agency-";
process.env.AGENCY_QUEUE_PREFIX = prefix;

const hourMs = 60 * 60_000;
const now = addMilliseconds(morning, 10 * hourMs);
const run = () => monitorQueues({ now, until: Number.POSITIVE_INFINITY });
const logged = () => JSON.parse(log.text().trim().split("\n").at(-1) ?? "");
const holds = (queue: string, waiting: number, inHand = 0) =>
  sqs.on(GetQueueAttributesCommand, { QueueUrl: `${prefix}${queue}.fifo` }).resolves({
    Attributes: {
      ApproximateNumberOfMessages: String(waiting),
      ApproximateNumberOfMessagesNotVisible: String(inHand),
    },
  });

let filed = 0;
async function fileAt(agencyId: string, hours: number): Promise<void> {
  const at = addMilliseconds(morning, hours * hourMs);
  const deadlines = { acknowledgeBy: addMilliseconds(at, hourMs), answerBy: addMilliseconds(at, hourMs) };
  const id = `QZ-${String(filed++).padStart(4, "0")}-0000-0`;
  const mark = String;
  await writeComplaint(
    file(aFiling({ agencyId }), {
      id,
      by: callCentrePrincipal,
      now: at,
      deadlines,
      identityDigest: mark,
      digitsMac: String,
      mayMail: false,
    }),
  );
}

beforeEach(() => {
  sqs.reset();
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: "0" } });
});

test("where every queue is empty nothing is left, and two queues are asked of at the most for an agency", async () => {
  await run();
  expect(logged()).toMatchObject({ message: "agency queues monitored", oldestSeconds: 0, deadLetters: 0, left: [] });
  expect(sqs.commandCalls(GetQueueAttributesCommand)).toHaveLength(agencyIds.length + queueConsumers.length);
});

test("the oldest of those that wait is as old as the event so far back in the feed, those in hand included", async () => {
  for (const hours of [0, 3, 6, 9]) await fileAt("gas", hours);
  holds("gas", 1, 1);
  await run();
  expect(logged()).toMatchObject({
    oldestSeconds: 4 * 3_600,
    left: [{ agencyId: "gas", waiting: 2, oldestSeconds: 4 * 3_600, deadLetters: 0 }],
  });
  // More than the feed has, as after a period that was sent again: no older than the first.
  holds("gas", 50);
  await run();
  expect(logged()).toMatchObject({ oldestSeconds: 10 * 3_600 });
});

test("an agency that reads its feed leaves its queue full and is not looked at, but its dead letters are", async () => {
  const reader = agencyIds.find((id) => !queueConsumers.includes(id)) ?? expect.unreachable();
  await fileAt(reader, 0);
  holds(reader, 1);
  holds(`${reader}-dlq`, 3);
  await run();
  expect(logged()).toMatchObject({
    oldestSeconds: 0,
    deadLetters: 3,
    left: [{ agencyId: reader, waiting: 0, deadLetters: 3 }],
  });
});

test("a queue that cannot be asked keeps no other from its turn, and the run fails, which is counted", async () => {
  sqs.on(GetQueueAttributesCommand, { QueueUrl: `${prefix}gas-dlq.fifo` }).rejects(new Error("canary at the queue"));
  holds("tax-affairs-dlq", 2);
  await expect(run()).rejects.toThrow("the queues of 1 agencies could not be read");
  expect(logged()).toMatchObject({ message: "agency queues monitored", deadLetters: 2 });
  expect(log.text()).toContain('"agency queues monitoring failed"');
  expect(log.text()).not.toContain("canary at the queue");
});
