import * as z from "zod";
import { MailRole } from "#shared/complaints/event-rules.ts";
import { addressDigest, comparableAddress, spellingDigest, unsubscribeToken } from "#shared/identities/address-mark.ts";
import { readEmail } from "#shared/identities/identities.store.ts";
import { contacts, followAddresses, names, officialAddresses } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { errorName, log } from "#shared/runtime/log.ts";
import { readAddressKey } from "#shared/storage/secrets.ts";
import { LateMail, Notification } from "../deliveries/queues.job.ts";
import { queue } from "../triggers/queue.ts";
import { recordAnswerNotice } from "./answer-notices.store.ts";
import {
  endLateMail,
  isMailedAtOnce,
  type LateComplaint,
  lateMailName,
  returnLateMail,
  takeWaitingMails,
} from "./late-mails.store.ts";
import { sendMail } from "./mail.job.ts";
import { composeLateMail, composeMail, type Mail } from "./mail.ts";
import { hasBounced, hasUnsubscribed, recordBounce } from "./mailed-addresses.store.ts";
import { messageOfficial } from "./official-sms.job.ts";
import { officialAddress, type Recipient, recipientsOf } from "./recipients.ts";
import { readNotification, recordSentMail } from "./sent-mails.store.ts";

type Outcome =
  | "sent"
  | "sent before"
  | "no recipient"
  | "no address"
  | "address bounced before"
  | "address rejected"
  | "unsubscribed"
  | "waits for the hour's mail"
  | "nothing waits";

/**
 * Mails one recipient about one event, or an official about the complaints that became late within an hour. A mail is sent
 * twice only if a second try begins before the first one has recorded the mail as sent.
 */
export const handler = queue({
  from: "NOTIFICATION_QUEUE",
  message: z.union([Notification, LateMail]),
  async consume(message) {
    const now = new Date().toISOString();
    const outcome = "lateMail" in message ? await sendLateMail(message, now) : await sendNotification(message, now);
    log.info("notification processed", { ...message, outcome });
  },
});

async function sendNotification(notification: Notification, now: string): Promise<Outcome> {
  const { complaint, occasion, isSent } = await readNotification(notification);
  const recipient = recipientsOf(occasion, complaint).find(({ role }) => role === notification.role);
  if (!recipient) return "no recipient";
  const to = await addressOf(recipient, complaint.id);
  if (!to) return "no address";
  const recordNotice = async () => {
    if (occasion.type !== "answered" || recipient.role !== "citizen") return;
    await recordAnswerNotice(complaint.id, { way: "mail", at: now, addressDigest: await spellingOf(to) });
  };
  if (isSent) {
    // A run that was killed after it had recorded the mail left no notice of the answer.
    await recordNotice();
    return "sent before";
  }
  const isAboutDelay = occasion.type === "escalated" && recipient.role !== "citizen" && "version" in notification;
  if (isAboutDelay && !(await isMailedAtOnce(lateMailName(recipient), notification, now)))
    return "waits for the hour's mail";
  const outcome = await sendTo(to, { recipient, now }, (unsubscribeUrl) =>
    composeMail({ trigger: occasion, complaint, recipient, places: places(), unsubscribeUrl }),
  );
  if (outcome !== "sent") return outcome;
  await recordSentOrLog(notification, now);
  await recordNotice();
  if (isAboutDelay) await messageOfficial(recipient, `${complaint.id}#${notification.version}#${recipient.role}`);
  return outcome;
}

const spellingOf = async (address: string) => spellingDigest(await readAddressKey(), address);

/** Mails an official about the late complaints that waited. Those that are no longer late in the same way are left out. */
async function sendLateMail({ lateMail: name }: LateMail, now: string): Promise<Outcome> {
  const taken = await takeWaitingMails(name, now);
  if (!taken) return "nothing waits";
  try {
    const outcome = await mailTogether(name, taken, now);
    await endLateMail(name, { late: taken, wasSent: outcome === "sent", now });
    return outcome;
  } catch (error) {
    await returnLateMail(name, now);
    throw error;
  }
}

async function mailTogether(name: string, taken: readonly LateComplaint[], now: string): Promise<Outcome> {
  const role = MailRole.parse(name.split("#")[0]);
  const notifications = taken.map((one) => ({ ...one, role }));
  const read = await Promise.all(notifications.map(readOrLog));
  const late = read.filter((one) => one !== undefined).filter(isMailStillDue);
  const [first] = late;
  const recipient = first && recipientsOf(first.occasion, first.complaint).find((one) => one.role === role);
  const to = recipient && (await addressOf(recipient, first.complaint.id));
  if (!to) return "nothing waits";
  const cases = late.map(({ occasion, complaint }) => ({ trigger: occasion, complaint }));
  const outcome = await sendTo(to, { recipient, now }, () => composeLateMail(cases, { recipient, places: places() }));
  if (outcome !== "sent") return outcome;
  for (const notification of notifications) await recordSentOrLog(notification, now);
  await messageOfficial(recipient, `${name}#${now}`);
  return outcome;
}

type ReadNotification = Awaited<ReturnType<typeof readNotification>>;

/** One complaint that cannot be read must not keep the others from being mailed. */
function readOrLog(notification: Notification): Promise<ReadNotification | undefined> {
  return readNotification(notification).catch((error: unknown) => {
    log.error("late complaint not read", { ...notification, errorName: errorName(error) });
    return undefined;
  });
}

/** Not mailed, and not answered, transferred or escalated further meanwhile. */
function isMailStillDue({ complaint, occasion: { after }, isSent }: ReadNotification): boolean {
  const { status, agencyId, level } = complaint;
  return !isSent && status === after.status && agencyId === after.agencyId && level === after.level;
}

/** Sends a mail to an address, unless it bounced or its reader has unsubscribed. Officials cannot. */
async function sendTo(
  to: string,
  { recipient, now }: { recipient: Pick<Recipient, "role">; now: string },
  compose: (unsubscribeUrl: string | undefined) => Mail,
): Promise<Outcome> {
  const addressKey = await readAddressKey();
  const digest = addressDigest(addressKey, to);
  const spelling = spellingDigest(addressKey, to);
  const mayUnsubscribe = recipient.role === "citizen" && !officialAddresses.includes(comparableAddress(to));
  if (await hasBounced(spelling, now)) return "address bounced before";
  if (mayUnsubscribe && (await hasUnsubscribed(digest))) return "unsubscribed";
  const link = mayUnsubscribe ? unsubscribeUrl(unsubscribeToken(addressKey, digest)) : undefined;
  const outcome = await sendMail({ to, mark: spelling, mail: compose(link), unsubscribeUrl: link });
  if (outcome === "sent") return "sent";
  await recordBounce(spelling, now);
  return "address rejected";
}

const places = () => ({ desk: `${env("PUBLIC_URL")}/desk`, followAt: followAddresses, names });

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
