import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { region } from "../machine/place.ts";
import type { Queues } from "../sqs/sqs.ts";
import { type QueueRecord, recordOf, withParsedBody } from "./queue-record.ts";

export type QueueConsumer = {
  /** Resolves once nothing in the queue can be taken now and nothing is being worked on. */
  settled(): Promise<void>;
  taken(): number;
  ended: Promise<void>;
};

type Options = {
  id: string;
  queueArn: string;
  queues: Pick<Queues, "endpoint" | "queueUrl">;
  lets: (record: unknown) => boolean;
  batchSize: number;
  reportsItemFailures: boolean;
  invoke: (event: unknown) => Promise<unknown>;
  stopped: AbortSignal;
};

type Consumer = Options & {
  client: SQSClient;
  name: string;
  /** Receipts of messages that nobody works on though they are not visible: refused, or taken by an earlier run. */
  left: Set<string>;
  taken: number;
};

const Report = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() }).nullish();

const Grouped = z.object({ messageGroupId: z.string().optional() });
const Contents = z.object({
  messages: z.object({
    ready: z.array(Grouped),
    inflight: z.array(z.object({ receiptHandle: z.string(), message: Grouped })),
  }),
});

/** Feeds a function from a queue: what it took is deleted, what it did not comes back when its visibility runs out. */
export function startQueueConsumer(options: Options): QueueConsumer {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new SQSClient({ region, endpoint: options.queues.endpoint, credentials });
  const name = options.queueArn.split(":").at(-1) ?? "";
  const consumer: Consumer = { ...options, client, name, left: new Set(), taken: 0 };
  return {
    taken: () => consumer.taken,
    settled: async () => {
      while (!options.stopped.aborted && (await hasWork(consumer))) await sleep(10);
    },
    ended: consume(consumer),
  };
}

async function consume(consumer: Consumer): Promise<void> {
  const { id, stopped } = consumer;
  const { inflight } = await contentsOf(consumer);
  for (const { receiptHandle } of inflight) consumer.left.add(receiptHandle);
  while (!stopped.aborted) {
    try {
      const messages = await receive(consumer);
      if (messages.length > 0) await work(consumer, messages);
    } catch (error) {
      if (stopped.aborted) return;
      console.error(`${id}: reading the queue failed, trying again:`, error);
      await sleep(500);
    }
  }
}

async function receive({ client, name, queues, batchSize, stopped }: Consumer): Promise<Message[]> {
  const request = new ReceiveMessageCommand({
    QueueUrl: queues.queueUrl(name),
    MaxNumberOfMessages: batchSize,
    WaitTimeSeconds: 20,
    MessageSystemAttributeNames: ["All"],
    MessageAttributeNames: ["All"],
  });
  return (await client.send(request, { abortSignal: stopped })).Messages ?? [];
}

async function work(consumer: Consumer, messages: Message[]): Promise<void> {
  const { client, name, queues, queueArn, lets } = consumer;
  const records = messages.map((message) => recordOf(message, queueArn));
  const wanted = records.filter((record) => lets(withParsedBody(record)));
  const refused = await failures(consumer, wanted);
  for (const { messageId, receiptHandle } of records) if (refused.has(messageId)) consumer.left.add(receiptHandle);
  const Entries = records
    .filter(({ messageId }) => !refused.has(messageId))
    .map(({ messageId, receiptHandle }) => ({ Id: messageId, ReceiptHandle: receiptHandle }));
  if (Entries.length > 0)
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queues.queueUrl(name), Entries }));
  consumer.taken += messages.length;
}

/** The ids of the messages that the function did not take. */
async function failures(consumer: Consumer, records: QueueRecord[]): Promise<Set<string>> {
  const { id, invoke, reportsItemFailures } = consumer;
  if (records.length === 0) return new Set();
  const all = new Set(records.map(({ messageId }) => messageId));
  try {
    const answer = await invoke({ Records: records });
    if (!reportsItemFailures) return new Set();
    const report = Report.safeParse(answer);
    const failed = (report.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
    // As in AWS, a report that makes no sense fails the batch whole.
    return report.success && failed.every((identifier) => all.has(identifier)) ? new Set(failed) : all;
  } catch (error) {
    console.error(
      `${id}: the function failed on ${records.length} message(s): ${error instanceof Error ? error.name : error}`,
    );
    return all;
  }
}

/** Messages on their way to us count as well: the queue knows of them before we do. */
async function hasWork(consumer: Consumer): Promise<boolean> {
  const { ready, inflight } = await contentsOf(consumer);
  const waiting = inflight.filter(({ receiptHandle }) => consumer.left.has(receiptHandle));
  consumer.left = new Set(waiting.map(({ receiptHandle }) => receiptHandle));
  const locked = new Set(waiting.map(({ message }) => message.messageGroupId));
  const free = ready.filter(({ messageGroupId }) => messageGroupId === undefined || !locked.has(messageGroupId));
  return free.length > 0 || inflight.length > waiting.length;
}

async function contentsOf({ queues, name }: Consumer) {
  const response = await fetch(`${queues.endpoint}/_fauxqs/queues/${name}`);
  return Contents.parse(await response.json()).messages;
}
