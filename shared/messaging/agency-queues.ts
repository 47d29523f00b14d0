import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { env } from "../runtime/env.ts";
import { agencyQueueEnding, deadLetterQueueEnding } from "../runtime/keys.ts";
import { patience } from "../runtime/patience.ts";
import type { cloudEvent } from "./cloud-event.ts";

// Sends to the region's endpoint, or the configured one: the queue's URL is made from its name, and no address locally.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: patience(2_000) });

/** Puts an event into the agency's queue: in order per complaint, once per event while SQS remembers it. */
export async function sendToAgency(agencyId: string, event: ReturnType<typeof cloudEvent>): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: urlOf(agencyQueueEnding(agencyId)),
      MessageBody: JSON.stringify(event),
      MessageGroupId: event.subject,
      MessageDeduplicationId: deduplicationOf(event),
    }),
  );
}

/** How many messages an agency has not taken out of its queue yet, those that it is working on included. */
export function countWaiting(agencyId: string): Promise<number> {
  return countIn(agencyQueueEnding(agencyId));
}

/** How many messages an agency received five times and could not consume. */
export function countDeadLetters(agencyId: string): Promise<number> {
  return countIn(deadLetterQueueEnding(agencyId));
}

const urlOf = (ending: string) => `${env("AGENCY_QUEUE_PREFIX")}${ending}`;

async function countIn(ending: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: urlOf(ending),
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

/** The event's id; of what happened after a restore with what its source says beyond the province, since ids are given again. */
function deduplicationOf({ source, id }: Pick<ReturnType<typeof cloudEvent>, "source" | "id">): string {
  return [id, ...source.split("/").slice(2)].join("#");
}
