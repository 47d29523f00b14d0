import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "../machine/aws-account.ts";
import { asError } from "../machine/errors.ts";
import type { Queues } from "../sqs/sqs.ts";
import { BatchReport } from "./batch-report.ts";
import type { Consumer } from "./consumer.ts";
import { type QueueRecord, recordOf, withParsedBody } from "./queue-record.ts";

/** In ms. An advance waits for each queue at every instant of a year; a look costs no call. */
const lookEvery = 2;

type Options = {
  id: string;
  queueArn: string;
  queues: Pick<Queues, "endpoint" | "queueUrl" | "contents">;
  lets: (record: unknown) => boolean;
  batchSize: number;
  reportsItemFailures: boolean;
  invoke: (event: unknown) => Promise<unknown>;
  stopped: AbortSignal;
};

type Reader = Options & {
  client: SQSClient;
  name: string;
  /**
   * Receipts of messages that are in flight though nobody works on them: the
   * function refused them, or an earlier start received them.
   */
  left: Set<string>;
  taken: number;
};

/** Feeds a function from a queue: what it took is deleted, what it refused comes back after its visibility timeout. */
export function startQueueConsumer(options: Options): Consumer {
  const client = new SQSClient({ ...clientSettings, endpoint: options.queues.endpoint });
  const name = options.queueArn.split(":").at(-1) ?? "";
  const reader: Reader = { ...options, client, name, left: new Set(), taken: 0 };
  return {
    taken: () => reader.taken,
    settled: async () => {
      while (!options.stopped.aborted && hasWork(reader)) await sleep(lookEvery);
    },
    ended: consume(reader),
  };
}

async function consume(reader: Reader): Promise<void> {
  const { id, stopped, queues, name } = reader;
  for (const { receiptHandle } of queues.contents(name).inflight) reader.left.add(receiptHandle);
  while (!stopped.aborted)
    await takeMessages(reader).catch(async (error: unknown) => {
      if (stopped.aborted) return;
      console.error(`${id}: reading the queue failed, trying again:`, error);
      await sleep(500);
    });
}

async function takeMessages(reader: Reader): Promise<void> {
  const messages = await receive(reader);
  if (messages.length > 0) await work(reader, messages);
}

async function receive({ client, name, queues, batchSize, stopped }: Reader): Promise<Message[]> {
  const request = new ReceiveMessageCommand({
    QueueUrl: queues.queueUrl(name),
    MaxNumberOfMessages: batchSize,
    WaitTimeSeconds: 20,
    MessageSystemAttributeNames: ["All"],
    MessageAttributeNames: ["All"],
  });
  return (await client.send(request, { abortSignal: stopped })).Messages ?? [];
}

async function work(reader: Reader, messages: Message[]): Promise<void> {
  const { client, name, queues, queueArn, lets } = reader;
  const records = messages.map((message) => recordOf(message, queueArn));
  const wanted = records.filter((record) => lets(withParsedBody(record)));
  const refused = await failures(reader, wanted);
  for (const { messageId, receiptHandle } of records) if (refused.has(messageId)) reader.left.add(receiptHandle);
  const Entries = records
    .filter(({ messageId }) => !refused.has(messageId))
    .map(({ messageId, receiptHandle }) => ({ Id: messageId, ReceiptHandle: receiptHandle }));
  if (Entries.length > 0)
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queues.queueUrl(name), Entries }));
  reader.taken += messages.length;
}

/** The ids of the messages that the function did not take. */
async function failures(reader: Reader, records: QueueRecord[]): Promise<Set<string>> {
  const { id, invoke, reportsItemFailures } = reader;
  if (records.length === 0) return new Set();
  const all = new Set(records.map(({ messageId }) => messageId));
  try {
    const answer = await invoke({ Records: records });
    if (!reportsItemFailures) return new Set();
    const report = BatchReport.safeParse(answer);
    const failed = (report.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
    // As in AWS, a report that is malformed or names an unknown message fails the whole batch.
    return report.success && failed.every((identifier) => all.has(identifier)) ? new Set(failed) : all;
  } catch (error) {
    console.error(`${id}: the function failed on ${records.length} message(s): ${asError(error).name}`);
    return all;
  }
}

/**
 * Whether a message can be taken or is being worked on. It asks the queue
 * itself, which knows of messages that are still on their way here.
 */
function hasWork(reader: Reader): boolean {
  const { ready, inflight } = reader.queues.contents(reader.name);
  const waiting = inflight.filter(({ receiptHandle }) => reader.left.has(receiptHandle));
  reader.left = new Set(waiting.map(({ receiptHandle }) => receiptHandle));
  const locked = new Set(waiting.map(({ message }) => message.messageGroupId));
  const free = ready.filter(({ messageGroupId }) => messageGroupId === undefined || !locked.has(messageGroupId));
  return free.length > 0 || inflight.length > waiting.length;
}
