import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { env } from "../runtime/env.ts";
import { patience } from "../runtime/patience.ts";
import type { cloudEvent } from "./cloud-event.ts";

// The queue's URL is built from its name; the region's endpoint, or the one configured, is where it is sent.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: patience(2_000) });

/** Puts an event into the agency's queue: in order per complaint, once per event while SQS remembers it. */
export async function sendToAgency(agencyId: string, event: ReturnType<typeof cloudEvent>): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: `${env("AGENCY_QUEUE_PREFIX")}${agencyId}.fifo`,
      MessageBody: JSON.stringify(event),
      MessageGroupId: event.subject,
      MessageDeduplicationId: event.id,
    }),
  );
}
