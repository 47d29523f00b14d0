import { type MailRole, MailSubject, MailTrigger } from "#shared/domain/complaint/event-rules.ts";
import { sentMailDays } from "#shared/domain/policy-numbers.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import {
  complaintKey,
  confidentialEntryKey,
  confidentialLogKey,
  eventKey,
  headKey,
  sentMailKey,
} from "#shared/runtime/keys.ts";
import { parseItem } from "../readable.ts";
import { readItems } from "../table.ts";
import { ifNew, putIfConditionHolds } from "../transaction.ts";

/** About an event of the complaint, or of its private series. */
type NotificationReference = { complaintId: string; role: MailRole } & ({ version: number } | { private: number });

/** Reads only the fields that mails are made of: texts that people wrote never reach the function that sends mail. */
const attributes = [...new Set(["sk", ...Object.keys(MailSubject.shape), ...Object.keys(MailTrigger.shape)])];
const projection = {
  ProjectionExpression: attributes.map((_, n) => `#${n}`).join(", "),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name, n) => [`#${n}`, name])),
};

/** What a notification is about, and whether its mail has been sent. */
export async function readNotification(notice: NotificationReference) {
  const head = { pk: complaintKey(notice.complaintId), sk: headKey };
  const [event, sent] = [eventItemKey(notice), sentMailItemKey(notice)];
  const items = new Map((await readItems([head, event, sent], projection)).map((item) => [item.sk, item]));
  return {
    complaint: parseItem(MailSubject, items.get(headKey)),
    occasion: parseItem(MailTrigger, items.get(event.sk)),
    isSent: items.has(sent.sk),
  };
}

function eventItemKey(notice: NotificationReference): { pk: string; sk: string } {
  const { complaintId } = notice;
  return "version" in notice
    ? { pk: complaintKey(complaintId), sk: eventKey(notice.version) }
    : { pk: confidentialLogKey(complaintId), sk: confidentialEntryKey(notice.private) };
}

/** Beside the private series: an agency's function would otherwise see that the citizen is mailed. */
function sentMailItemKey(notice: NotificationReference): { pk: string; sk: string } {
  const { sk: event } = eventItemKey(notice);
  return { pk: confidentialLogKey(notice.complaintId), sk: sentMailKey({ event, role: notice.role }) };
}

/** Notes that a mail was sent, for as long as the same notification could come again. */
export async function recordSentMail(notice: NotificationReference, now: string): Promise<void> {
  await putIfConditionHolds(ifNew, {
    ...sentMailItemKey(notice),
    sentAt: now,
    expiresAt: secondsOf(now) + sentMailDays * daySeconds,
  });
}
