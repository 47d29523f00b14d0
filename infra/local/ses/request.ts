import type { Ask } from "../iam/gate.ts";
import { arnOf } from "../machine/aws-account.ts";

export type Refusal = { code: string; message: string };

export type Recipients = { to: string[]; cc: string[]; bcc: string[] };

const ACTIONS = new Set(["SendEmail", "SendRawEmail"]);
const ADDRESS = /^[^@\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/;
const MOST_RECIPIENTS = 50;

/** What SES itself would refuse; undefined where it would take the mail. */
export function refusalOf(form: URLSearchParams): Refusal | undefined {
  if (!ACTIONS.has(form.get("Action") ?? ""))
    return { code: "InvalidAction", message: "Only SendEmail and SendRawEmail are served here." };
  if (form.get("Action") === "SendRawEmail") return undefined;
  const { to, cc, bcc } = recipientsOf(form);
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0) return invalid("Missing final '@domain'");
  if (all.length > MOST_RECIPIENTS) return invalid(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  if (![form.get("Source") ?? "", ...all].every((address) => ADDRESS.test(address))) return invalid("Illegal address");
  return undefined;
}

/** SES asks for a permission on the sender's domain, and on the configuration set where the mail names one. */
export function asksOf(form: URLSearchParams): Ask[] {
  const sender = form.get("Source") ?? "";
  const set = form.get("ConfigurationSetName");
  const used = [`identity/${sender.slice(sender.lastIndexOf("@") + 1)}`, ...(set ? [`configuration-set/${set}`] : [])];
  return used.map((resource) => ({
    action: `ses:${form.get("Action")}`,
    resource: arnOf({ service: "ses", resource }),
    context: { "ses:fromaddress": [sender] },
  }));
}

/** Every recipient a request names, not only the first of each kind. */
export function recipientsOf(form: URLSearchParams): Recipients {
  const list = (name: string) =>
    [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, address]) => address);
  return {
    to: [...list("Destination.ToAddresses"), ...list("Destinations")],
    cc: list("Destination.CcAddresses"),
    bcc: list("Destination.BccAddresses"),
  };
}

const invalid = (message: string): Refusal => ({ code: "InvalidParameterValue", message });
