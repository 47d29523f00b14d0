import { SESClient, SESServiceException, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";
import { clientTimeouts, env } from "#shared/runtime/environment.ts";
import type { Mail } from "./mail.ts";

// One attempt of two seconds: the queue repeats it later, and the batch's other mails share the function's ten seconds.
const ses = new SESClient({
  maxAttempts: 1,
  requestHandler: clientTimeouts(2_000),
});

/**
 * By error name: the messages with which SES says that no mail will ever reach the address. SES uses the same errors if the
 * account may not send (identity not verified, account suspended). That is no fault of the address, and is tried again.
 */
const rejectionPatterns: Record<string, RegExp> = {
  MessageRejected: /address.*(blacklisted|suppress)/i,
  InvalidParameterValue: /(illegal|missing local) address|local address|domain/i,
};

type MailToSend = {
  to: string;
  /** The digest of the address as it is written (`spellingDigest`). A bounce carries it as a tag, in place of the address. */
  mark: string;
  mail: Mail;
  /** The URL with which the reader unsubscribes with one click (RFC 8058). */
  unsubscribeUrl: string | undefined;
};

/** Sends a mail. Returns `rejected` if SES will never deliver to the address. Throws on any other failure. */
export async function sendMail(mailToSend: MailToSend): Promise<"sent" | "rejected"> {
  const command = new SendRawEmailCommand({
    Source: env("MAIL_SENDER"),
    Destinations: [mailToSend.to],
    RawMessage: { Data: await messageOf(mailToSend) },
    ConfigurationSetName: env("MAIL_CONFIGURATION_SET"),
    // SES reports a bounce with this tag. The rule that queues the bounce drops the address.
    Tags: [{ Name: "addressDigest", Value: mailToSend.mark }],
  });
  try {
    await ses.send(command);
    return "sent";
  } catch (error) {
    if (isRejection(error)) return "rejected";
    throw error;
  }
}

/** The mail as MIME with headers: SES's `SendEmail` takes no headers. */
function messageOf({ to, mail, unsubscribeUrl }: MailToSend): Promise<Buffer> {
  const headers = {
    // Mail programs send no automatic replies, such as holiday notices, to a mail with this header.
    "Auto-Submitted": "auto-generated",
    ...(unsubscribeUrl && {
      "List-Unsubscribe": { prepared: true, value: `<${unsubscribeUrl}>` },
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }),
  };
  return new MailComposer({ from: env("MAIL_SENDER"), to, ...mail, headers }).compile().build();
}

function isRejection(error: unknown): boolean {
  return error instanceof SESServiceException && rejectionPatterns[error.name]?.test(error.message) === true;
}
