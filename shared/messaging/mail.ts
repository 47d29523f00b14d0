import { SESClient, SESServiceException, SendEmailCommand } from "@aws-sdk/client-ses";
import type { Mail } from "../domain/telling/mail.ts";
import { env } from "../runtime/env.ts";
import { patience } from "../runtime/patience.ts";

// One attempt of two seconds: the queue tries again later, and the batch's other mails must fit into the same ten.
const ses = new SESClient({
  maxAttempts: 1,
  requestHandler: patience(2_000),
});

/**
 * By error name: how SES words it that no mail will ever reach the address. The same errors also say that we may not
 * send (an identity not verified, an account suspended), which is no fault of the address and is tried again.
 */
const refusals: Record<string, RegExp> = {
  MessageRejected: /address.*(blacklisted|suppress)/i,
  InvalidParameterValue: /(illegal|missing local) address|local address|domain/i,
};

/** `mark` stands for the address in the bounce, which may not carry the address itself. */
type Sending = { to: string; mark: string; mail: Mail };

/** Sends a mail; `refused` if the address itself is, for good. Throws on any other failure. */
export async function sendMail({ to, mark, mail: { subject, text, html } }: Sending): Promise<"sent" | "refused"> {
  const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });
  const command = new SendEmailCommand({
    Source: env("MAIL_SENDER"),
    Destination: { ToAddresses: [to] },
    Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
    ConfigurationSetName: env("MAIL_CONFIGURATION_SET"),
    // A bounce comes back with this tag, and is passed on without the address.
    Tags: [{ Name: "address", Value: mark }],
  });
  try {
    await ses.send(command);
    return "sent";
  } catch (error) {
    if (isRefusal(error)) return "refused";
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof SESServiceException && refusals[error.name]?.test(error.message) === true;
}
