import { SESClient, SESServiceException, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Mail } from "../domain/notifications/mail.ts";
import { clientTimeouts, env } from "../runtime/environment.ts";

// One attempt of two seconds: the queue tries again later, and the batch's other mails must fit into the same ten.
const ses = new SESClient({
  maxAttempts: 1,
  requestHandler: clientTimeouts(2_000),
});

/**
 * By error name: how SES words it that no mail will ever reach the address. The same errors also say that we may not
 * send (an identity not verified, an account suspended), which is no fault of the address and is tried again.
 */
const refusalPatterns: Record<string, RegExp> = {
  MessageRejected: /address.*(blacklisted|suppress)/i,
  InvalidParameterValue: /(illegal|missing local) address|local address|domain/i,
};

type MailToSend = {
  to: string;
  /** Stands for the address in the bounce, which may not carry the address itself. */
  mark: string;
  mail: Mail;
  /** The address by which the reader may refuse further mail with one click (RFC 8058). */
  refusal: string | undefined;
};

/** Sends a mail; `refused` if the address itself is, for good. Throws on any other failure. */
export async function sendMail(sending: MailToSend): Promise<"sent" | "refused"> {
  const command = new SendRawEmailCommand({
    Source: env("MAIL_SENDER"),
    Destinations: [sending.to],
    RawMessage: { Data: await messageOf(sending) },
    ConfigurationSetName: env("MAIL_CONFIGURATION_SET"),
    // A bounce comes back with this tag, and is passed on without the address.
    Tags: [{ Name: "address", Value: sending.mark }],
  });
  try {
    await ses.send(command);
    return "sent";
  } catch (error) {
    if (isRefusal(error)) return "refused";
    throw error;
  }
}

/** The mail as it is sent, MIME and headers: SES's own `SendEmail` lets nobody add a header. */
function messageOf({ to, mail, refusal }: MailToSend): Promise<Buffer> {
  const headers = {
    // Whoever answers automatically, such as during holidays, answers no such mail.
    "Auto-Submitted": "auto-generated",
    ...(refusal && {
      "List-Unsubscribe": { prepared: true, value: `<${refusal}>` },
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }),
  };
  return new MailComposer({ from: env("MAIL_SENDER"), to, ...mail, headers }).compile().build();
}

function isRefusal(error: unknown): boolean {
  return error instanceof SESServiceException && refusalPatterns[error.name]?.test(error.message) === true;
}
