import { sentMailDays } from "#shared/domain/policy-numbers.ts";
import { Concerned, Occasion, type Role } from "#shared/domain/telling/notification.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import { complaintKey, eventKey, headKey, noticeKey, privateEventKey, privateKey } from "#shared/runtime/keys.ts";
import { readTogether } from "../items.ts";
import { readable } from "../readable.ts";
import { ifNew, putIf } from "../transaction.ts";

/** About an event of the complaint, or of its private series. */
type Notice = { complaintId: string; role: Role } & ({ version: number } | { private: number });

/** Reads only the fields that mails are made of: texts that people wrote never reach the function that sends mail. */
const attributes = [...new Set(["sk", ...Object.keys(Concerned.shape), ...Object.keys(Occasion.shape)])];
const projection = {
  ProjectionExpression: attributes.map((_, n) => `#${n}`).join(", "),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name, n) => [`#${n}`, name])),
};

/** What a notification is about, and whether its mail has been sent. */
export async function readNotice(notice: Notice) {
  const head = { pk: complaintKey(notice.complaintId), sk: headKey };
  const [event, sent] = [eventOf(notice), sentOf(notice)];
  const items = new Map((await readTogether([head, event, sent], projection)).map((item) => [item.sk, item]));
  return {
    complaint: readable(Concerned, items.get(headKey)),
    occasion: readable(Occasion, items.get(event.sk)),
    isSent: items.has(sent.sk),
  };
}

function eventOf(notice: Notice): { pk: string; sk: string } {
  const { complaintId } = notice;
  return "version" in notice
    ? { pk: complaintKey(complaintId), sk: eventKey(notice.version) }
    : { pk: privateKey(complaintId), sk: privateEventKey(notice.private) };
}

/** Beside the private series: an agency's function would otherwise see that the citizen is mailed. */
function sentOf(notice: Notice): { pk: string; sk: string } {
  const { sk: event } = eventOf(notice);
  return { pk: privateKey(notice.complaintId), sk: noticeKey({ event, role: notice.role }) };
}

/** Notes that a mail was sent, for as long as the same notification could come again. */
export async function noteSent(notice: Notice, now: string): Promise<void> {
  await putIf(ifNew, { ...sentOf(notice), sentAt: now, expiresAt: secondsOf(now) + sentMailDays * daySeconds });
}
