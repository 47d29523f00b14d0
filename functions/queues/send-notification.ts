import { addressMark } from "../../shared/domain/address-mark.ts";
import { mailOf } from "../../shared/domain/mail.ts";
import { type Concerned, officialAddress, type Recipient, recipientsOf } from "../../shared/domain/notification.ts";
import { sendMail } from "../../shared/messaging/mail.ts";
import { Notification } from "../../shared/messaging/notifications.ts";
import { log } from "../../shared/runtime/log.ts";
import { contacts } from "../../shared/runtime/province.static.ts";
import { readEmail } from "../../shared/store/identities.ts";
import { noteSent, readNotice } from "../../shared/store/notices.ts";
import { isParked, parkAddress } from "../../shared/store/parked-addresses.ts";
import { readAddressKey } from "../../shared/store/secrets.ts";
import { queue } from "./queue.ts";

type Outcome = "sent" | "sent before" | "not to be told" | "no address" | "address is parked" | "address refused";

/** Mails one recipient about one event, once where that can be had cheaply; a failure is tried again by the queue. */
export const handler = queue({
  from: "NOTIFICATION_QUEUE",
  message: Notification,
  async consume(notification) {
    const outcome = await tell(notification, new Date().toISOString());
    log.info("notification consumed", { ...notification, outcome });
  },
});

async function tell(notification: Notification, now: string): Promise<Outcome> {
  const { complaint, occasion, isSent } = await readNotice(notification);
  if (isSent) return "sent before";
  const recipient = recipientsOf(occasion, complaint).find(({ role }) => role === notification.role);
  if (!recipient) return "not to be told";
  const to = await addressOf(recipient, complaint);
  if (!to) return "no address";
  const mark = addressMark(await readAddressKey(), to);
  if (await isParked(mark, now)) return "address is parked";
  const outcome = await sendMail({ to, mark, mail: mailOf({ occasion, complaint, recipient }) });
  if (outcome === "refused") {
    await parkAddress(mark, now);
    return "address refused";
  }
  await note(notification, now);
  return "sent";
}

async function addressOf({ address }: Recipient, complaint: Concerned): Promise<string | undefined> {
  return address.of === "citizen" ? readEmail(complaint) : officialAddress(address, contacts);
}

/** The mail is on its way: a note that cannot be written must not send it again. */
async function note(notification: Notification, now: string): Promise<void> {
  await noteSent(notification, now).catch((error: unknown) =>
    log.error("mail not noted", { ...notification, failure: error instanceof Error ? error.name : "unknown" }),
  );
}
