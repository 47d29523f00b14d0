import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { clientTimeouts, type EnvironmentName, env } from "#shared/runtime/environment.ts";
import { errorName, log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";

const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: clientTimeouts(1_000) });

const firstDelaySeconds = 60;
const longestDelaySeconds = 60 * 60;

/** Seconds until a failed message is tried again: first a minute, then twice as long each time, at most an hour. */
function delayAfter(receives: number): number {
  return Math.min(longestDelaySeconds, firstDelaySeconds * 2 ** Math.max(0, receives - 1));
}

type PostponedMessage = { queueUrl: string; receiptHandle: string; receives: number };

/** Hides a failed message in its queue until its next try. The delay grows with each failure (`delayAfter`). */
async function postpone({ queueUrl, receiptHandle, receives }: PostponedMessage): Promise<void> {
  const VisibilityTimeout = delayAfter(receives);
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout }),
  );
}

type QueueWork<S extends z.ZodType> = {
  /**
   * The environment variable with the queue's URL, which is needed to postpone a failed message. Absent if the function
   * cannot reach the queue: a failed message then comes again after the queue's own visibility timeout.
   */
  from?: Extract<EnvironmentName, `${string}_QUEUE`>;
  message: S;
  consume: (message: z.infer<S>, received: Receives) => Promise<void>;
};

/** How often SQS has delivered a message, this time included. */
type Receives = { receives: number };

/**
 * The pipeline of every function that reads a queue. Messages are consumed one after the other. A failed message is tried again
 * later, each time after a longer delay, and in the end goes to the dead letters. It does not delay the other messages.
 */
export function queue<S extends z.ZodType>(work: QueueWork<S>) {
  return middy(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
    for (const record of Records) {
      const isConsumed = await attempt(record, work);
      if (!isConsumed) batchItemFailures.push({ itemIdentifier: record.messageId });
    }
    return { batchItemFailures };
  }).use(injectLambdaContext(log));
}

async function attempt<S extends z.ZodType>(
  record: SQSRecord,
  { from, message, consume }: QueueWork<S>,
): Promise<boolean> {
  const receives = Number(record.attributes.ApproximateReceiveCount);
  try {
    await consume(message.parse(JSON.parse(record.body)), { receives });
    return true;
  } catch (error) {
    log.error(logEvents.messageNotConsumed, { messageId: record.messageId, receives, errorName: errorName(error) });
    if (from) await postponeMessage(record, { queueUrl: env(from), receives });
    return false;
  }
}

/** Postpones a failed message. If this fails too, the message comes again after the queue's own visibility timeout. */
async function postponeMessage(
  { receiptHandle, messageId }: SQSRecord,
  after: Receives & { queueUrl: string },
): Promise<void> {
  await postpone({ ...after, receiptHandle }).catch((error: unknown) =>
    log.warn("message delay failed", { messageId, errorName: errorName(error) }),
  );
}
