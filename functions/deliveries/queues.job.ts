import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { eventId } from "#shared/complaints/event.ts";
import { MailRole } from "#shared/complaints/event-rules.ts";
import { ComplaintId } from "#shared/identifier.ts";
import { clientTimeouts, env } from "#shared/runtime/environment.ts";
import { agencyQueueEnding, deadLetterQueueEnding } from "#shared/runtime/keys.ts";
import type { CloudEvent, IssueCloudEvent } from "./cloud-event.ts";

// Requests go to the region's endpoint, or to the configured one. In the local cloud, a queue's URL is no reachable address.
const agencyQueuesClient = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: clientTimeouts(2_000) });

/** Puts an event into the agency's queue. SQS keeps the order in each complaint and issue, and drops a repetition within 5 minutes. */
export async function sendToAgency(agencyId: string, event: CloudEvent | IssueCloudEvent): Promise<void> {
  await agencyQueuesClient.send(
    new SendMessageCommand({
      QueueUrl: urlOf(agencyQueueEnding(agencyId)),
      MessageBody: JSON.stringify(event),
      MessageGroupId: event.subject,
      MessageDeduplicationId: deduplicationId(event),
    }),
  );
}

/** How many messages an agency has not deleted from its queue yet, received ones included. */
export function countQueuedMessages(agencyId: string): Promise<number> {
  return countMessages(agencyQueueEnding(agencyId));
}

/** How many messages an agency received five times without deleting them. */
export function countDeadLetters(agencyId: string): Promise<number> {
  return countMessages(deadLetterQueueEnding(agencyId));
}

const urlOf = (ending: string) => `${env("AGENCY_QUEUE_PREFIX")}${ending}`;

async function countMessages(ending: string): Promise<number> {
  const { Attributes } = await agencyQueuesClient.send(
    new GetQueueAttributesCommand({
      QueueUrl: urlOf(ending),
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

/** The event's id, after a restore with the last part of the source: ids are used again after a restore. */
function deduplicationId({ source, id }: Pick<CloudEvent, "source" | "id">): string {
  return [id, ...source.split("/").slice(2)].join("#");
}

// A long poll waits five seconds.
const sandboxQueueClient = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: clientTimeouts(8_000) });
const QueuedEvent = z.object({ id: z.string() });

/**
 * Whether the `filed` event of a complaint is in the queue of the sandbox's agency. `until`: when to stop waiting, in
 * `performance.now()` milliseconds. Deletes all messages that it receives: the queue has no other consumer.
 */
export async function isInSandboxQueue({ id, until }: { id: string; until: number }): Promise<boolean> {
  while (performance.now() < until) {
    const messages = await receiveAndDelete();
    const queuedEvents = messages.map(({ Body = "" }) => QueuedEvent.parse(JSON.parse(Body)));
    if (queuedEvents.some((event) => event.id === eventId(id, 1))) return true;
  }
  return false;
}

async function receiveAndDelete(): Promise<Message[]> {
  const QueueUrl = env("SANDBOX_QUEUE");
  const page = { MaxNumberOfMessages: 10, WaitTimeSeconds: 5 };
  const { Messages = [] } = await sandboxQueueClient.send(new ReceiveMessageCommand({ QueueUrl, ...page }));
  // In one batch: single deletes would use up the canary's time if somebody fills the queue.
  const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
  if (Entries.length > 0) await sandboxQueueClient.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  return Messages;
}

const notificationFields = { complaintId: ComplaintId, role: MailRole };

/**
 * An event to mail to a role: its version, or the number of a confidential entry (`entryNumber`). It has no address: only the
 * function that sends the mail may read one.
 */
export const Notification = z.union([
  z.strictObject({ ...notificationFields, version: z.int().min(1) }),
  z.strictObject({ ...notificationFields, entryNumber: z.int().min(1) }),
]);
export type Notification = z.infer<typeof Notification>;

/** A mail about all late complaints that wait for an official: the name under which they stand (`lateMailName`). */
export const LateMail = z.strictObject({ lateMail: z.string() });
export type LateMail = z.infer<typeof LateMail>;

const notificationQueueClient = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: clientTimeouts(3_000) });

/** Queues the mail about the late complaints that wait for an official. */
export async function queueLateMail(message: LateMail): Promise<void> {
  await notificationQueueClient.send(
    new SendMessageCommand({ QueueUrl: env("NOTIFICATION_QUEUE"), MessageBody: JSON.stringify(message) }),
  );
}

/** Queues the mails of one event, ten at most. Throws if the queue did not take all of them. */
export async function queueNotifications(notifications: Notification[]): Promise<void> {
  if (notifications.length === 0) return;
  const { Failed = [] } = await notificationQueueClient.send(
    new SendMessageBatchCommand({
      QueueUrl: env("NOTIFICATION_QUEUE"),
      Entries: notifications.map((notification) => ({
        Id: notification.role,
        MessageBody: JSON.stringify(notification),
      })),
    }),
  );
  if (Failed.length > 0) throw new Error("the notification queue did not take every message");
}
