import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import { patience } from "../runtime/patience.ts";

const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: patience(1_000) });

const first = 60;
const longest = 60 * 60;

/** Seconds until a message that failed is tried again: a minute, then twice as long each time, an hour at the most. */
function delayAfter(receives: number): number {
  return Math.min(longest, first * 2 ** Math.max(0, receives - 1));
}

type Postponed = { queueUrl: string; receiptHandle: string; receives: number };

/** Hides a message that failed until it is to be tried again: the longer, the more often it has failed. */
export async function postpone({ queueUrl, receiptHandle, receives }: Postponed): Promise<void> {
  const VisibilityTimeout = delayAfter(receives);
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout }),
  );
}
