import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { ComplaintId } from "../domain/complaint/identifier.ts";
import { Role } from "../domain/telling/notification.ts";
import { env } from "../runtime/env.ts";
import { patience } from "../runtime/patience.ts";

const of = { complaintId: ComplaintId, role: Role };

/**
 * Which event to mail to which role, by its version or its number in the private series. No address: only the function
 * that sends looks it up.
 */
export const Notification = z.union([
  z.strictObject({ ...of, version: z.int().min(1) }),
  z.strictObject({ ...of, private: z.int().min(1) }),
]);
export type Notification = z.infer<typeof Notification>;

const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: patience(3_000) });

/** Queues one event's mails, a batch of ten at the most; throws unless the queue took them all. */
export async function queueNotifications(notifications: Notification[]): Promise<void> {
  if (notifications.length === 0) return;
  const { Failed = [] } = await sqs.send(
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
