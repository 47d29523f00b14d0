import { type MailRole, MailSubject, MailTrigger } from "#shared/complaints/event-rules.ts";
import { sentMailDays } from "#shared/policy-numbers.ts";
import {
  complaintKey,
  confidentialEntryKey,
  confidentialLogKey,
  eventKey,
  headKey,
  sentMailKey,
} from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readItems } from "#shared/storage/table.ts";
import { ifNew, putIfConditionHolds } from "#shared/storage/transaction.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";

/** A mail to a role about an event of the complaint, or about a confidential entry (`entryNumber`: its number). */
type NotificationReference = { complaintId: string; role: MailRole } & ({ version: number } | { entryNumber: number });

/** The attributes that mails are made of. Texts that people wrote are not read, so no mail can quote them. */
const attributes = [...new Set(["sk", ...Object.keys(MailSubject.shape), ...Object.keys(MailTrigger.shape)])];
const projection = {
  ProjectionExpression: attributes.map((_, n) => `#${n}`).join(", "),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name, n) => [`#${n}`, name])),
};

/** The complaint and the event of a notification, and whether its mail has been sent. Throws `unavailable`. */
export async function readNotification(notification: NotificationReference) {
  const head = { pk: complaintKey(notification.complaintId), sk: headKey };
  const [event, sent] = [eventItemKey(notification), sentMailItemKey(notification)];
  const items = new Map((await readItems([head, event, sent], projection)).map((item) => [item.sk, item]));
  return {
    complaint: parseItem(MailSubject, items.get(headKey)),
    occasion: parseItem(MailTrigger, items.get(event.sk)),
    isSent: items.has(sent.sk),
  };
}

function eventItemKey(notification: NotificationReference): { pk: string; sk: string } {
  const { complaintId } = notification;
  return "version" in notification
    ? { pk: complaintKey(complaintId), sk: eventKey(notification.version) }
    : { pk: confidentialLogKey(complaintId), sk: confidentialEntryKey(notification.entryNumber) };
}

/** In the partition of the confidential log: an agency's function must not see whether the citizen is mailed. */
function sentMailItemKey(notification: NotificationReference): { pk: string; sk: string } {
  const { sk: event } = eventItemKey(notification);
  return { pk: confidentialLogKey(notification.complaintId), sk: sentMailKey({ event, role: notification.role }) };
}

/** Records that a mail was sent. The record expires once SQS can no longer deliver the same notification again. */
export async function recordSentMail(notification: NotificationReference, now: string): Promise<void> {
  await putIfConditionHolds(ifNew, {
    ...sentMailItemKey(notification),
    sentAt: now,
    expiresAt: secondsOf(now) + sentMailDays * daySeconds,
  });
}
