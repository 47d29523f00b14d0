import { addressMark, comparableAddress, refusalToken } from "#shared/domain/citizen/address-mark.ts";
import { mailOf } from "#shared/domain/telling/mail.ts";
import { officialAddress, type Recipient, recipientsOf } from "#shared/domain/telling/notification.ts";
import { sendMail } from "#shared/messaging/mail.ts";
import { Notification } from "#shared/messaging/notifications.ts";
import { contacts, officialAddresses } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/env.ts";
import { failureOf, log } from "#shared/runtime/log.ts";
import { readEmail } from "#shared/store/complaints/identities.ts";
import { hasBounced, noteBounce } from "#shared/store/mail/bounced-addresses.ts";
import { noteSent, readNotice } from "#shared/store/mail/notices.ts";
import { hasRefused } from "#shared/store/mail/refused-addresses.ts";
import { readAddressKey } from "#shared/store/secrets.ts";
import { queue } from "../pipelines/queue.ts";

type Outcome =
  | "sent"
  | "sent before"
  | "not to be told"
  | "no address"
  | "address bounced before"
  | "address refused"
  | "refused by its reader";

/**
 * Mails one recipient about one event. Usually once: a mail goes out twice where a second try comes before its note.
 */
export const handler = queue({
  from: "NOTIFICATION_QUEUE",
  message: Notification,
  async consume(notification) {
    const outcome = await notify(notification, new Date().toISOString());
    log.info("notification consumed", { ...notification, outcome });
  },
});

async function notify(notification: Notification, now: string): Promise<Outcome> {
  const { complaint, occasion, isSent } = await readNotice(notification);
  if (isSent) return "sent before";
  const recipient = recipientsOf(occasion, complaint).find(({ role }) => role === notification.role);
  if (!recipient) return "not to be told";
  const to = await addressOf(recipient, complaint.id);
  if (!to) return "no address";
  const addressKey = await readAddressKey();
  const mark = addressMark(addressKey, to);
  const mayRefuse = !officialAddresses.includes(comparableAddress(to));
  if (await hasBounced(mark, now)) return "address bounced before";
  if (mayRefuse && (await hasRefused(mark))) return "refused by its reader";
  const refusal = mayRefuse ? refusalAddress(refusalToken(addressKey, mark)) : undefined;
  const outcome = await sendMail({ to, mark, mail: mailOf({ occasion, complaint, recipient, refusal }), refusal });
  if (outcome === "refused") {
    await noteBounce(mark, now);
    return "address refused";
  }
  await noteOrLog(notification, now);
  return "sent";
}

const refusalAddress = (token: string) => `${env("PUBLIC_URL")}/v1/mail/refusals?token=${token}`;

async function addressOf({ address }: Recipient, id: string): Promise<string | undefined> {
  return address.of === "citizen" ? readEmail(id) : officialAddress(address, contacts);
}

/** The mail has been sent: to fail here would make the queue send it again, so a note that fails is only logged. */
async function noteOrLog(notification: Notification, now: string): Promise<void> {
  await noteSent(notification, now).catch((error: unknown) =>
    log.error("mail not noted", { ...notification, failure: failureOf(error) }),
  );
}
