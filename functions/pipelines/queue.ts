import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { postpone } from "#shared/messaging/postponement.ts";
import { type EnvironmentName, env } from "#shared/runtime/env.ts";
import { failureOf, log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";

type Work<S extends z.ZodType> = {
  /**
   * The environment variable that holds the queue's URL, by which a message that failed is postponed. Left out where the
   * function reaches no queue: the message then comes again after the queue's own visibility timeout.
   */
  from?: Extract<EnvironmentName, `${string}_QUEUE`>;
  message: S;
  consume: (message: z.infer<S>, received: Received) => Promise<void>;
};

/** How often a message has been handed out, this time included. */
export type Received = { receives: number };

/**
 * Works on a queue's messages one after the other. One that fails is tried again later, after a longer wait each time,
 * and in the end moved to the dead letters; it keeps no other from its turn.
 */
export function queue<S extends z.ZodType>(work: Work<S>) {
  return middy(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
    for (const record of Records) {
      const isConsumed = await attempt(record, work);
      if (!isConsumed) batchItemFailures.push({ itemIdentifier: record.messageId });
    }
    return { batchItemFailures };
  }).use(injectLambdaContext(log));
}

async function attempt<S extends z.ZodType>(record: SQSRecord, { from, message, consume }: Work<S>): Promise<boolean> {
  const receives = Number(record.attributes.ApproximateReceiveCount);
  try {
    await consume(message.parse(JSON.parse(record.body)), { receives });
    return true;
  } catch (error) {
    log.error(logEvents.messageNotConsumed, { messageId: record.messageId, receives, failure: failureOf(error) });
    if (from) await rest(record, { queueUrl: env(from), receives });
    return false;
  }
}

/** Should this fail too, the message comes again after the queue's own visibility timeout. */
async function rest({ receiptHandle, messageId }: SQSRecord, after: Received & { queueUrl: string }): Promise<void> {
  await postpone({ ...after, receiptHandle }).catch((refused: unknown) =>
    log.warn("message not postponed", { messageId, failure: failureOf(refused) }),
  );
}
