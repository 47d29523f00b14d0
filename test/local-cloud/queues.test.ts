import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";
import { startQueues } from "#infra/programs/local-cloud/sqs/sqs.ts";

/** A FIFO queue of the local cloud, as a stack would declare it, and a client of it. */
async function aQueue() {
  const folder = mkdtempSync(join(tmpdir(), "foad-queues-"));
  const queues = await startQueues({ state: openStateFolder(folder), port: 0 });
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sqs = new SQSClient({ region: "us-east-1", credentials, endpoint: queues.endpoint, maxAttempts: 1 });
  onTestFinished(async () => {
    sqs.destroy();
    await queues.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const properties = { QueueName: "agency.fifo", FifoQueue: true };
  const declared = { type: "AWS::SQS::Queue", stack: "test", logicalId: "Queue", properties, asset: () => "" };
  await queues.creators["AWS::SQS::Queue"]?.(declared);
  return { sqs, QueueUrl: queues.queueUrl("agency.fifo") };
}

test("a message that its receiver gives back at once is there for the next one", async () => {
  const { sqs, QueueUrl } = await aQueue();
  const MessageDeduplicationId = "QZ-7K3M-9XPT-C/1";
  await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: "event",
      MessageGroupId: "QZ-7K3M-9XPT-C",
      MessageDeduplicationId,
    }),
  );
  const [first] = (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [];
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
  );
  const again = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(again.Messages?.map(({ Body }) => Body)).toEqual(["event"]);
});
