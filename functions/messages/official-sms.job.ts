import { hmac } from "#shared/digest.ts";
import { officialSmsText } from "#shared/messages/sms.ts";
import { officialPhones, sms } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { errorName, log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { readAddressKey, readSmsKeys } from "#shared/storage/secrets.ts";
import { openSmsProviders, sendByFirst } from "./providers/providers.ts";
import { officialPhone, type Recipient } from "./recipients.ts";

/** The function has ten seconds for three mails, each with a message by two providers at the most. */
const timeoutMs = 1_000;

/**
 * Sends an official a message that complaints are late, right after the mail about them was sent, so as often as the mail.
 * `mail` names the mail: from it follows the reference, so a provider that takes references sends one message for it. A
 * message that fails is only logged, since the mail has all that is to be said.
 */
export async function messageOfficial({ address }: Recipient, mail: string): Promise<void> {
  const to = address.of === "citizen" ? undefined : officialPhone(address, officialPhones);
  if (!sms || to === undefined) return;
  try {
    const providers = openSmsProviders(sms.providers, await readSmsKeys(), { timeoutMs });
    const text = officialSmsText(`${env("PUBLIC_URL")}/desk`);
    const { outcome, provider } = await sendByFirst(providers, { to, text, reference: await referenceOf(mail) });
    for (const one of providers) one.close();
    log.info("official messaged", { state: outcome.state, provider });
    if (outcome.state === "rejected") log.warn(logEvents.smsNotSent, { reason: outcome.reason });
  } catch (error) {
    log.error(logEvents.smsNotSent, { errorName: errorName(error) });
  }
}

/** Fifteen digits that say nothing about the complaint. */
async function referenceOf(mail: string): Promise<string> {
  const digest = hmac(await readAddressKey(), "sms-reference", mail).readUIntBE(0, 6);
  return String(1e14 + (digest % 9e14));
}
