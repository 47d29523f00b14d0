import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { PermissionGate } from "../iam/gate.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { clientSettings } from "../machine/aws-account.ts";
import { asError } from "../machine/errors.ts";
import type { S3 } from "../s3/s3.ts";
import type { Queues } from "../sqs/sqs.ts";
import { BatchReport } from "./queue-consumer.ts";
import type { StreamRecord } from "./stream-reader.ts";

/** Why a batch failed, and the index of its first failed record. */
type Failure = { from: number; error: Error; functionError: boolean };

type Abandoned = { records: StreamRecord[]; failure: Failure; attempts: number };

type DeliverySettings = {
  functionArn: string;
  /** -1 means that records are retried without limit. */
  maximumRetryAttempts: number;
  bisect: boolean;
  reportsItemFailures: boolean;
};

type Delivery = {
  settings: DeliverySettings;
  invoke: Invoke;
  /** Stores records whose retries are used up. */
  park: (abandoned: Abandoned) => Promise<void>;
  stopped: AbortSignal;
};

/**
 * Delivers a batch in order, as Lambda does from a stream. After a failure, the records from the first failed one on are
 * tried again. If the mapping bisects batches, they are split first, which does not count as a retry. Records whose retries
 * are used up are parked, so that later records can continue. Rejects only when the local cloud stops.
 */
export async function deliver(delivery: Delivery, records: StreamRecord[], attempts = 1): Promise<void> {
  delivery.stopped.throwIfAborted();
  const failure = await attempt(delivery, records);
  if (!failure) return;
  // If the local cloud is stopping, the failure does not mean that the function refused the record.
  delivery.stopped.throwIfAborted();
  const { settings } = delivery;
  const rest = records.slice(failure.from);
  if (failure.from > 0) return deliver(delivery, rest);
  if (settings.bisect && rest.length > 1) return halve(delivery, rest, attempts);
  if (settings.maximumRetryAttempts >= 0 && attempts > settings.maximumRetryAttempts)
    return delivery.park({ records: rest, failure, attempts });
  await sleep(Math.min(100 * 2 ** (attempts - 1), 2_000), undefined, { signal: delivery.stopped });
  return deliver(delivery, rest, attempts + 1);
}

async function halve(delivery: Delivery, records: StreamRecord[], attempts: number): Promise<void> {
  const middle = Math.ceil(records.length / 2);
  await deliver(delivery, records.slice(0, middle), attempts);
  await deliver(delivery, records.slice(middle), attempts);
}

async function attempt({ settings, invoke }: Delivery, records: StreamRecord[]): Promise<Failure | undefined> {
  try {
    const answer = await invoke(settings.functionArn, { Records: records });
    return settings.reportsItemFailures ? reported(answer, records) : undefined;
  } catch (error) {
    return { from: 0, error: asError(error), functionError: true };
  }
}

/** Returns the failure from the first reported record on. As in AWS, an unknown identifier fails the whole batch. */
function reported(answer: unknown, records: StreamRecord[]): Failure | undefined {
  const report = BatchReport.safeParse(answer);
  if (!report.success)
    return { from: 0, error: new Error("The function's report is malformed."), functionError: false };
  const failed = report.data?.batchItemFailures ?? [];
  if (failed.length === 0) return undefined;
  const places = failed.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  return {
    from: Math.max(0, Math.min(...places)),
    error: new Error("The function reported failed items."),
    functionError: false,
  };
}

type Source = { id: string; functionArn: string; streamArn: string; shardId: string };

type Parking = {
  destination: string | undefined;
  queues: Pick<Queues, "endpoint" | "queueUrl">;
  /** The local S3, not the engine behind it: the engine would send no event about the new object. */
  files: Pick<S3, "endpoint">;
  gate: PermissionGate;
  /** The function's role, with whose permissions Lambda stores the records. */
  role: { arn: string };
  now: () => number;
  source: Source;
  stopped: AbortSignal;
};

/**
 * Sends abandoned records to the mapping's on-failure destination. S3 gets the records; SQS gets only their position in the
 * stream.
 */
export async function park(parking: Parking, abandoned: Abandoned): Promise<void> {
  const { destination, source, stopped } = parking;
  const at = new Date(parking.now()).toISOString();
  const record = invocationRecord(source, { ...abandoned, at });
  console.error(
    `${source.id}: gave up ${abandoned.records.length} record(s) after ${abandoned.attempts} attempts (${abandoned.failure.error.name}); ${destination ?? "no destination, they are lost"}`,
  );
  if (destination === undefined) return;
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      return await put({ ...parking, destination, record, at, payload: { Records: abandoned.records } });
    } catch (error) {
      console.error(`${source.id}: ${destination} takes nothing, trying again:`, error);
      await sleep(wait, undefined, { signal: stopped });
    }
  }
}

type Put = Parking & { destination: string; record: object; at: string; payload: unknown };

async function put({ destination, queues, files, gate, role, source, record, at, payload }: Put): Promise<void> {
  const name = destination.split(":").at(-1) ?? "";
  const Key = objectKey(source, at);
  const refusal = gate.refusal(role, ...permissionsFor(destination, Key));
  if (refusal) throw new Error(refusal);
  if (!destination.includes(":s3:")) {
    const QueueUrl = queues.queueUrl(name);
    const sqs = new SQSClient({ ...clientSettings, endpoint: queues.endpoint });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(record) }));
    return;
  }
  const Body = JSON.stringify({ ...record, payload: JSON.stringify(payload) });
  const s3 = new S3Client({ ...clientSettings, endpoint: files.endpoint, forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: name, Key, Body, ContentType: "application/json" }));
}

function permissionsFor(destination: string, key: string) {
  if (!destination.includes(":s3:")) return [{ action: "sqs:SendMessage", resource: destination }];
  return [
    { action: "s3:ListBucket", resource: destination },
    { action: "s3:PutObject", resource: `${destination}/${key}` },
  ];
}

function objectKey({ id, shardId }: Source, at: string): string {
  const [day = "", time = ""] = at.split("T");
  return `aws/lambda/${id}/${shardId}/${day.replaceAll("-", "/")}/${day}T${time.slice(0, 8).replaceAll(":", ".")}-${randomUUID()}`;
}

function invocationRecord(
  { functionArn, streamArn, shardId }: Source,
  { records, failure, attempts, at }: Abandoned & { at: string },
) {
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn,
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: failure.functionError ? "Unhandled" : null,
    },
    version: "1.0",
    timestamp: at,
    DDBStreamBatchInfo: batchInfo({ shardId, streamArn }, records),
  };
}

function batchInfo({ shardId, streamArn }: Pick<Source, "shardId" | "streamArn">, records: Abandoned["records"]) {
  const [first, last] = [records.at(0)?.dynamodb, records.at(-1)?.dynamodb];
  const arrival = (seconds = 0) => new Date(seconds * 1_000).toISOString();
  return {
    shardId,
    startSequenceNumber: first?.SequenceNumber,
    endSequenceNumber: last?.SequenceNumber,
    approximateArrivalOfFirstRecord: arrival(first?.ApproximateCreationDateTime),
    approximateArrivalOfLastRecord: arrival(last?.ApproximateCreationDateTime),
    batchSize: records.length,
    streamArn,
  };
}
