import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { handler } from "#functions/deliveries/dispatch-event.function.ts";
import { complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { aNewComplaint } from "../support/a-complaint.ts";
import { aContext } from "../support/api-event.ts";
import { captureLog } from "../support/written-log.ts";

const sqs = mockClient(SQSClient);
afterAll(() => sqs.restore());
let log: ReturnType<typeof captureLog>;
beforeEach(() => {
  vi.stubEnv("AGENCY_QUEUE_PREFIX", "https://sqs.us-east-1.amazonaws.com/000000000000/foad-qazvin-agency-");
  vi.stubEnv("NOTIFICATION_QUEUE", "https://sqs.us-east-1.amazonaws.com/000000000000/notifications");
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(SendMessageBatchCommand).resolves({});
  log = captureLog();
});
afterEach(() => {
  log.release();
  sqs.reset();
  vi.unstubAllEnvs();
});

type Recorded = { id: string; eventName?: "INSERT" | "MODIFY" | "REMOVE"; spoilt?: Record<string, unknown> };

/** What the stream says of an event that was written. */
function aRecord({ id, eventName = "INSERT", spoilt = {} }: Recorded): DynamoDBRecord {
  const { event } = aNewComplaint({}, id);
  const item = { ...event, complaintId: id, pk: complaintKey(id), sk: eventKey(1), ...spoilt };
  const keys = marshall({ pk: item.pk, sk: item.sk });
  const image = marshall(item, { removeUndefinedValues: true });
  return {
    eventName,
    dynamodb: { Keys: keys, NewImage: image, SequenceNumber: `sequence of ${id}` },
  } as unknown as DynamoDBRecord;
}

const dispatch = (...records: Recorded[]) => handler({ Records: records.map(aRecord) }, aContext);
const sentTo = () => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input.MessageGroupId);

test("each event goes to the queue of its agency, in its complaint's group, known by its number", async () => {
  expect(await dispatch({ id: "QZ-0000-0001-0" })).toEqual({ batchItemFailures: [] });
  expect(sqs.commandCalls(SendMessageCommand)[0]?.args[0].input).toMatchObject({
    QueueUrl: "https://sqs.us-east-1.amazonaws.com/000000000000/foad-qazvin-agency-social-security.fifo",
    MessageGroupId: "QZ-0000-0001-0",
    MessageDeduplicationId: "QZ-0000-0001-0/1",
  });
});

test("it stops at the first record that fails and reports that one, so that no event overtakes an earlier one", async () => {
  sqs.on(SendMessageCommand, { MessageGroupId: "QZ-0000-0002-0" }).rejects(new Error("canary at the queue"));
  const report = await dispatch({ id: "QZ-0000-0001-0" }, { id: "QZ-0000-0002-0" }, { id: "QZ-0000-0003-0" });
  expect(report).toEqual({ batchItemFailures: [{ itemIdentifier: "sequence of QZ-0000-0002-0" }] });
  expect(sentTo()).toEqual(["QZ-0000-0001-0", "QZ-0000-0002-0"]);
});

test("where the first of several fails, so does the function: Lambda halves the batch until that one is alone", async () => {
  sqs.on(SendMessageCommand, { MessageGroupId: "QZ-0000-0001-0" }).rejects(new Error("canary at the queue"));
  await expect(dispatch({ id: "QZ-0000-0001-0" }, { id: "QZ-0000-0002-0" })).rejects.toThrow(
    "The first of several records failed.",
  );
  expect(sentTo()).toEqual(["QZ-0000-0001-0"]);
  const report = await dispatch({ id: "QZ-0000-0001-0" });
  expect(report).toEqual({ batchItemFailures: [{ itemIdentifier: "sequence of QZ-0000-0001-0" }] });
});

test.each(["MODIFY", "REMOVE"] as const)("a record that tells of a %s is passed over", async (eventName) => {
  const report = await dispatch({ id: "QZ-0000-0001-0", eventName }, { id: "QZ-0000-0002-0" });
  expect(report).toEqual({ batchItemFailures: [] });
  expect(sentTo()).toEqual(["QZ-0000-0002-0"]);
});

test.each([
  ["of a type nobody knows", { type: "canary" }],
  ["without a complaint", { complaintId: undefined }],
  ["with a state nobody knows", { after: { status: "canary" } }],
])("an event %s is reported, and nothing is sent for it", async (_, spoilt) => {
  const report = await dispatch({ id: "QZ-0000-0001-0", spoilt });
  expect(report).toEqual({ batchItemFailures: [{ itemIdentifier: "sequence of QZ-0000-0001-0" }] });
  expect(sentTo()).toEqual([]);
});

test("the log says which event failed and how, in none of the failure's own words", async () => {
  sqs.on(SendMessageCommand).rejects(Object.assign(new Error("canary at the queue"), { name: "QueueDoesNotExist" }));
  await dispatch({ id: "QZ-0000-0001-0", spoilt: { comment: "canary" } });
  await dispatch({ id: "QZ-0000-0002-0", spoilt: { type: "canary" } });
  expect(log.text()).toContain(`${complaintKey("QZ-0000-0001-0")} ${eventKey(1)}`);
  expect(log.text()).toContain("QueueDoesNotExist");
  expect(log.text()).not.toContain("canary");
});
