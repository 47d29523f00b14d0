import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Gate } from "../iam/gate.ts";
import { clientSettings } from "../machine/aws-account.ts";
import type { S3 } from "../s3/s3.ts";
import type { Queues } from "../sqs/sqs.ts";
import type { Abandoned } from "./stream-delivery.ts";

export type Source = { id: string; functionArn: string; streamArn: string; shardId: string };

type Parking = {
  destination: string | undefined;
  queues: Pick<Queues, "endpoint" | "queueUrl">;
  /** S3, not the engine behind it, which would notify nobody of the new object. */
  files: Pick<S3, "endpoint">;
  gate: Gate;
  /** That of the function, with whose rights Lambda parks. */
  role: { arn: string };
  now: () => number;
  source: Source;
  stopped: AbortSignal;
};

/**
 * Sends records that were given up to the mapping's on-failure destination: S3
 * gets the records, SQS only where they stand in the stream.
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
  const refusal = gate.refusal(role, ...asksFor(destination, Key));
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

function asksFor(destination: string, key: string) {
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
