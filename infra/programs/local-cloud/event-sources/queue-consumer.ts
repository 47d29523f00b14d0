import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { clientSettings, region } from "../machine/aws-account.ts";
import { asError } from "../machine/errors.ts";
import { parseJson } from "../machine/http-server.ts";
import type { Queues } from "../sqs/sqs.ts";

/** A function's answer to a batch: the records or messages that it failed to process. */
export const BatchReport = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/** A running event source mapping of a stream or a queue. */
export type Consumer = {
  /** Resolves once the source has nothing to take, and nothing that was taken is still being processed. */
  settled(asked: { isFirst: boolean }): Promise<void>;
  /** The number of records or messages that the function has received so far. */
  taken(): number;
  /** Resolves once it has stopped reading, after the local cloud has begun to stop. */
  ended: Promise<void>;
};

type QueueRecord = ReturnType<typeof recordOf>;

/** Returns a message in the form in which a function receives it. */
function recordOf(message: Message, eventSourceARN: string) {
  const attributes = Object.entries(message.MessageAttributes ?? {});
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      attributes.map(([name, { StringValue, BinaryValue, DataType }]) => [
        name,
        {
          stringValue: StringValue,
          binaryValue: BinaryValue && Buffer.from(BinaryValue).toString("base64"),
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN,
    awsRegion: region,
  };
}

/** Returns the record with its body parsed if it is JSON, because filters read fields of the body. */
function withParsedBody(record: QueueRecord): unknown {
  const body = parseJson(record.body);
  return body === undefined ? record : { ...record, body };
}

/** In ms. An advance waits for each queue at every instant. Looking into a queue needs no request. */
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
  /** Receipts of messages in flight that nobody processes: the function refused them, or an earlier start received them. */
  abandoned: Set<string>;
  taken: number;
};

/** Feeds a function from a queue. Processed messages are deleted; refused messages return after their visibility timeout. */
export function startQueueConsumer(options: Options): Consumer {
  const client = new SQSClient({ ...clientSettings, endpoint: options.queues.endpoint });
  const name = options.queueArn.split(":").at(-1) ?? "";
  const reader: Reader = { ...options, client, name, abandoned: new Set(), taken: 0 };
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
  for (const { receiptHandle } of queues.contents(name).inflight) reader.abandoned.add(receiptHandle);
  while (!stopped.aborted)
    await takeMessages(reader).catch(async (error: unknown) => {
      if (stopped.aborted) return;
      console.error(`${id}: reading the queue failed, trying again:`, error);
      await sleep(500);
    });
}

async function takeMessages(reader: Reader): Promise<void> {
  const messages = await receive(reader);
  if (messages.length > 0) await processMessages(reader, messages);
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

async function processMessages(reader: Reader, messages: Message[]): Promise<void> {
  const { client, name, queues, queueArn, lets } = reader;
  const records = messages.map((message) => recordOf(message, queueArn));
  const wanted = records.filter((record) => lets(withParsedBody(record)));
  const refused = await idsOfFailed(reader, wanted);
  for (const { messageId, receiptHandle } of records) if (refused.has(messageId)) reader.abandoned.add(receiptHandle);
  const Entries = records
    .filter(({ messageId }) => !refused.has(messageId))
    .map(({ messageId, receiptHandle }) => ({ Id: messageId, ReceiptHandle: receiptHandle }));
  if (Entries.length > 0)
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queues.queueUrl(name), Entries }));
  reader.taken += messages.length;
}

/** Invokes the function, and returns the ids of the messages that it failed to process. */
async function idsOfFailed(reader: Reader, records: QueueRecord[]): Promise<Set<string>> {
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
 * Returns whether a message can be taken or is being processed. It reads the queue itself, which also knows messages that
 * are still on their way to this consumer.
 */
function hasWork(reader: Reader): boolean {
  const { ready, inflight } = reader.queues.contents(reader.name);
  const waiting = inflight.filter(({ receiptHandle }) => reader.abandoned.has(receiptHandle));
  reader.abandoned = new Set(waiting.map(({ receiptHandle }) => receiptHandle));
  const locked = new Set(waiting.map(({ message }) => message.messageGroupId));
  const free = ready.filter(({ messageGroupId }) => messageGroupId === undefined || !locked.has(messageGroupId));
  return free.length > 0 || inflight.length > waiting.length;
}
