import { Concerned, Occasion, type Role } from "#shared/domain/telling/notification.ts";
import { secondsOf } from "#shared/domain/time/duration.ts";
import { complaintKey, eventKey, headKey, noticeKey } from "#shared/runtime/keys.ts";
import { readTogether } from "../batch.ts";
import { ifNew, putIf } from "../transaction.ts";

type Notice = { complaintId: string; version: number; role: Role };

/** A day longer than past events may be redriven, or those at the edge would be mailed twice. */
const lifetimeSeconds = 31 * 24 * 60 * 60;

/** Reads only the fields that mails are made of: texts that people wrote never reach the function that sends mail. */
const attributes = [...new Set(["sk", ...Object.keys(Concerned.shape), ...Object.keys(Occasion.shape)])];
const projection = {
  ProjectionExpression: attributes.map((_, n) => `#${n}`).join(", "),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name, n) => [`#${n}`, name])),
};

/** What a notification is about, and whether its mail has been sent. */
export async function readNotice({ complaintId, version, role }: Notice) {
  const pk = complaintKey(complaintId);
  const [event, notice] = [eventKey(version), noticeKey({ version, role })];
  const Keys = [headKey, event, notice].map((sk) => ({ pk, sk }));
  const items = new Map((await readTogether(Keys, projection)).map((item) => [item.sk, item]));
  return {
    complaint: Concerned.parse(items.get(headKey)),
    occasion: Occasion.parse(items.get(event)),
    isSent: items.has(notice),
  };
}

/** Notes that a mail was sent, for as long as the same notification could come again. */
export async function noteSent({ complaintId, version, role }: Notice, now: string): Promise<void> {
  const keys = { pk: complaintKey(complaintId), sk: noticeKey({ version, role }) };
  await putIf(ifNew, { ...keys, sentAt: now, expiresAt: secondsOf(now) + lifetimeSeconds });
}
