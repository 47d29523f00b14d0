import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { region } from "../place.ts";
import type { Queues } from "./sqs.ts";

export type QueueConsumer = {
  /** Resolves once no message is visible in the queue and none is being worked on. */
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

const Report = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() }).nullish();

/** Feeds a function from a queue: what it took is deleted, what it did not comes back when its visibility runs out. */
export function startQueueConsumer(options: Options): QueueConsumer {
  const { id, queues, stopped } = options;
  const client = new SQSClient({
    region,
    endpoint: queues.endpoint,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const QueueUrl = queues.queueUrl(options.queueArn.split(":").at(-1) ?? "");
  let working = false;
  let taken = 0;

  const receive = async (): Promise<Message[]> => {
    const wanted = { QueueUrl, MaxNumberOfMessages: options.batchSize, WaitTimeSeconds: 20 };
    const request = new ReceiveMessageCommand({
      ...wanted,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    return (await client.send(request, { abortSignal: stopped })).Messages ?? [];
  };
  const work = async (messages: Message[]) => {
    working = true;
    const records = messages.map((message) => recordOf(message, options.queueArn));
    const refused = await failures(
      options,
      records.filter((record) => options.lets(withParsedBody(record))),
    );
    const done = records.filter(({ messageId }) => !refused.has(messageId));
    const Entries = done.map(({ messageId, receiptHandle }) => ({ Id: messageId, ReceiptHandle: receiptHandle }));
    if (Entries.length > 0) await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    taken += messages.length;
  };
  const run = async () => {
    while (!stopped.aborted) {
      try {
        const messages = await receive();
        if (messages.length > 0) await work(messages);
      } catch (error) {
        if (stopped.aborted) return;
        console.error(`${id}: reading the queue failed, trying again:`, error);
        await sleep(500);
      } finally {
        working = false;
      }
    }
  };
  const visible = async (): Promise<boolean> => {
    const request = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] });
    const { Attributes } = await client.send(request, { abortSignal: stopped });
    return Attributes?.ApproximateNumberOfMessages !== "0";
  };
  return {
    taken: () => taken,
    async settled() {
      while (!stopped.aborted && (working || (await visible().catch(() => false)) || working)) await sleep(10);
    },
    ended: run(),
  };
}

type QueueRecord = ReturnType<typeof recordOf>;

/** The ids of the messages that the function did not take. */
async function failures({ id, invoke, reportsItemFailures }: Options, records: QueueRecord[]): Promise<Set<string>> {
  if (records.length === 0) return new Set();
  const all = new Set(records.map(({ messageId }) => messageId));
  try {
    const answer = await invoke({ Records: records });
    const report = reportsItemFailures ? Report.safeParse(answer) : { success: true, data: undefined };
    if (!report.success) return all;
    const failed = (report.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
    return failed.every((identifier) => all.has(identifier)) ? new Set(failed) : all;
  } catch (error) {
    console.error(
      `${id}: the function failed on ${records.length} message(s): ${error instanceof Error ? error.name : error}`,
    );
    return all;
  }
}

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

function withParsedBody(record: QueueRecord): unknown {
  try {
    return { ...record, body: JSON.parse(record.body) };
  } catch {
    return record;
  }
}
