import {
  addressDigest,
  comparableAddress,
  refusalToken,
  spellingDigest,
} from "#shared/domain/notifications/address-mark.ts";
import { composeMail } from "#shared/domain/notifications/mail.ts";
import { officialAddress, type Recipient, recipientsOf } from "#shared/domain/notifications/recipients.ts";
import { sendMail } from "#shared/messaging/mail.ts";
import { Notification } from "#shared/messaging/queues.ts";
import { readEmail } from "#shared/persistence/complaints/identities.ts";
import { hasBounced, hasUnsubscribed, recordBounce } from "#shared/persistence/notifications/mailed-addresses.ts";
import { readNotification, recordSentMail } from "#shared/persistence/notifications/sent-mails.ts";
import { readAddressKey } from "#shared/persistence/secrets.ts";
import { contacts, officialAddresses } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { errorName, log } from "#shared/runtime/log.ts";
import { queue } from "../triggers/queue.ts";

type Outcome =
  | "sent"
  | "sent before"
  | "no recipient"
  | "no address"
  | "address bounced before"
  | "address refused"
  | "unsubscribed";

/**
 * Mails one recipient about one event. A mail is sent twice only where a second try begins before the first one has recorded
 * the mail as sent.
 */
export const handler = queue({
  from: "NOTIFICATION_QUEUE",
  message: Notification,
  async consume(notification) {
    const outcome = await sendNotification(notification, new Date().toISOString());
    log.info("notification processed", { ...notification, outcome });
  },
});

async function sendNotification(notification: Notification, now: string): Promise<Outcome> {
  const { complaint, occasion, isSent } = await readNotification(notification);
  if (isSent) return "sent before";
  const recipient = recipientsOf(occasion, complaint).find(({ role }) => role === notification.role);
  if (!recipient) return "no recipient";
  const to = await addressOf(recipient, complaint.id);
  if (!to) return "no address";
  const addressKey = await readAddressKey();
  const digest = addressDigest(addressKey, to);
  const spelling = spellingDigest(addressKey, to);
  const mayRefuse = !officialAddresses.includes(comparableAddress(to));
  if (await hasBounced(spelling, now)) return "address bounced before";
  if (mayRefuse && (await hasUnsubscribed(digest))) return "unsubscribed";
  const refusal = mayRefuse ? unsubscribeUrl(refusalToken(addressKey, digest)) : undefined;
  const outcome = await sendMail({
    to,
    mark: spelling,
    mail: composeMail({ trigger: occasion, complaint, recipient, refusal }),
    refusal,
  });
  if (outcome === "refused") {
    await recordBounce(spelling, now);
    return "address refused";
  }
  await recordSentOrLog(notification, now);
  return "sent";
}

const unsubscribeUrl = (token: string) => `${env("PUBLIC_URL")}/v1/mail/unsubscribe?token=${token}`;

async function addressOf({ address }: Recipient, id: string): Promise<string | undefined> {
  return address.of === "citizen" ? readEmail(id) : officialAddress(address, contacts);
}

/** Records the mail as sent. A failure is only logged: an error would make the queue send the mail again. */
async function recordSentOrLog(notification: Notification, now: string): Promise<void> {
  await recordSentMail(notification, now).catch((error: unknown) =>
    log.error("mail record failed", { ...notification, errorName: errorName(error) }),
  );
}
