import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import PostalMime from "postal-mime";
import * as z from "zod";
import type { CreatedResource, DeclaredResource, Service } from "./cloudformation/resources.ts";
import { callerOf, type PermissionGate, type PermissionRequest } from "./iam/gate.ts";
import { arnOf } from "./machine/aws-account.ts";
import { guard, readBody, sendJson, serveOnLoopback } from "./machine/http-server.ts";
import { listenOn } from "./machine/ports.ts";

type Refusal = { code: string; message: string };

type Recipients = { to: string[]; cc: string[]; bcc: string[] };

const ACTIONS = new Set(["SendEmail", "SendRawEmail"]);
const ADDRESS = /^[^@\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/;
const MOST_RECIPIENTS = 50;

/** Returns the error that SES itself would answer; undefined if it would accept the mail. */
function refusalOf(form: URLSearchParams): Refusal | undefined {
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

/** The permissions that SES requires: on the sender's domain, and on the configuration set if the mail names one. */
function sesPermissions(form: URLSearchParams): PermissionRequest[] {
  const sender = form.get("Source") ?? "";
  const set = form.get("ConfigurationSetName");
  const used = [`identity/${sender.slice(sender.lastIndexOf("@") + 1)}`, ...(set ? [`configuration-set/${set}`] : [])];
  return used.map((resource) => ({
    action: `ses:${form.get("Action")}`,
    resource: arnOf({ service: "ses", resource }),
    context: { "ses:fromaddress": [sender] },
  }));
}

/** Returns all recipients of a request. */
function recipientsOf(form: URLSearchParams): Recipients {
  const list = (name: string) =>
    [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, address]) => address);
  return {
    to: [...list("Destination.ToAddresses"), ...list("Destinations")],
    cc: list("Destination.CcAddresses"),
    bcc: list("Destination.BccAddresses"),
  };
}

const invalid = (message: string): Refusal => ({ code: "InvalidParameterValue", message });

/** One sent mail, as the mailbox lists it. */
type Mail = Recipients & {
  id: string;
  from: string;
  subject: string;
  text?: string;
  html?: string;
  configurationSet?: string;
  /** Only for raw mails: the headers as they were sent, by lower-case name. */
  headers?: Record<string, string>;
  /** When it was sent, by the local clock, in ISO 8601. */
  at: string;
};

type Engine = { url: string; stop(): Promise<void> };

type StartServer = (config: { host: string; port: number }) => Promise<Server>;

/** aws-ses-v2-local is loaded with `require`, because its default import differs between Node and bundlers. */
const require = createRequire(import.meta.url);
const Library = z.object({ default: z.custom<StartServer>((value) => typeof value === "function") });

/**
 * Starts aws-ses-v2-local on a free port. It keeps mails in a module variable that all its servers in this process share.
 */
async function startEngine(): Promise<Engine> {
  const { default: start } = Library.parse(require("aws-ses-v2-local"));
  const server = await start({ host: "127.0.0.1", port: 0 });
  guard(server);
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, stop };
}

const StoredMail = z.object({
  messageId: z.string(),
  from: z.string(),
  destination: z.object({ to: z.array(z.string()), cc: z.array(z.string()), bcc: z.array(z.string()) }),
  subject: z.string(),
  body: z.object({ text: z.string().optional(), html: z.string().optional() }),
});

const Store = z.object({ emails: z.array(z.unknown()) });

type MailRequest = { engine: Engine; form: URLSearchParams; recipients: Recipients; at: Date };

type Accepted = { mail: Mail; xml: string };

/** Sends the request to the engine, and returns the stored mail and the engine's answer. */
async function acceptMail({ engine, form, recipients, at }: MailRequest): Promise<Accepted | Refusal> {
  // Only recent mails are requested, since the list of all mails grows. The engine's time is real time, in seconds.
  const since = Math.floor(Date.now() / 1_000) - 1;
  const response = await fetch(engine.url, { method: "POST", body: form, headers: { authorization: "AWS local" } });
  const xml = await response.text();
  const id = /<MessageId>(.+?)<\/MessageId>/.exec(xml)?.[1];
  if (!response.ok || !id) return { code: "InvalidParameterValue", message: "The message is not complete." };
  const { destination, from, subject, body } = await stored({ engine, id, since });
  const namesRecipients = recipients.to.length + recipients.cc.length + recipients.bcc.length > 0;
  const configurationSet = form.get("ConfigurationSetName") ?? undefined;
  const mail = {
    id,
    from,
    ...(namesRecipients ? recipients : destination),
    subject,
    ...body,
    configurationSet,
    ...(form.has("RawMessage.Data") && { headers: await headersOf(form.get("RawMessage.Data") ?? "") }),
    at: at.toISOString(),
  };
  return { mail, xml };
}

/** Returns the headers of a MIME message that is encoded in base64. */
async function headersOf(raw: string): Promise<Record<string, string>> {
  const { headers } = await PostalMime.parse(Buffer.from(raw, "base64"));
  return Object.fromEntries(headers.map(({ key, value }) => [key, value]));
}

type Wanted = { engine: Engine; id: string; since: number };

async function stored({ engine, id, since }: Wanted): Promise<z.infer<typeof StoredMail>> {
  const { emails } = Store.parse(await (await fetch(`${engine.url}/store?since=${since}`)).json());
  const mail = emails.map((email) => StoredMail.safeParse(email)).find(({ data }) => data?.messageId === id);
  return StoredMail.parse(mail?.data);
}

type Ses = {
  url: string;
  /** The address that lists all sent mails (GET), the newest last. */
  mailbox: string;
  mails(): Mail[];
  stop(): Promise<void>;
};

/** In bytes. SES accepts messages of 10 MB; base64 and form encoding make the request longer. */
const LONGEST_REQUEST = 25 * 1_024 * 1_024;

type Options = { port: number; now: () => number; gate?: PermissionGate | undefined };

/**
 * Serves SES v1 on 127.0.0.1. This server forwards mails to aws-ses-v2-local, which parses them. Used alone,
 * aws-ses-v2-local keeps only the first recipient, refuses in a JSON form that the SDK cannot read, never answers unknown
 * actions, stamps mails with real time, and does not notice that its port is in use.
 */
export async function startSes({ port, now, gate }: Options): Promise<Ses> {
  const mails: Mail[] = [];
  const engine = await startEngine();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === "GET") return sendJson(response, { status: 200, body: mails });
    const form = new URLSearchParams((await readBody({ request, limit: LONGEST_REQUEST }))?.toString() ?? "");
    const caller = callerOf(request.headers);
    const notAllowed = caller && gate?.refusal(caller, ...sesPermissions(form));
    if (notAllowed) return refuse(response, { code: "AccessDenied", message: notAllowed });
    const refused = refusalOf(form);
    if (refused) return refuse(response, refused);
    const accepted = await acceptMail({ engine, form, recipients: recipientsOf(form), at: new Date(now()) });
    if ("code" in accepted) return refuse(response, accepted);
    mails.push(accepted.mail);
    sendXml(response, { status: 200, xml: accepted.xml });
  };
  const server = await serveOnLoopback({ port, answer }).catch(async (error: unknown) => {
    await engine.stop();
    throw error;
  });
  const stop = () => server.stop().then(engine.stop);
  return { url: server.url, mailbox: `${server.url}/mails`, mails: () => [...mails], stop };
}

function refuse(response: ServerResponse, { code, message }: Refusal): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const xml = `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${error}<RequestId>local</RequestId></ErrorResponse>`;
  sendXml(response, { status: 400, xml });
}

function sendXml(response: ServerResponse, { status, xml }: { status: number; xml: string }): void {
  response.writeHead(status, { "content-type": "text/xml", "content-length": Buffer.byteLength(xml) });
  response.end(xml);
}

/** Starts SES with the resource types of the templates. They are only names: here every sender counts as verified. */
export async function startMail(options: Parameters<typeof startSes>[0]): Promise<Service & { mailbox: string }> {
  const ses = await listenOn(options.port, () => startSes(options));
  return {
    mailbox: ses.mailbox,
    environment: { AWS_ENDPOINT_URL_SES: ses.url },
    creators: {
      "AWS::SES::EmailIdentity": named,
      "AWS::SES::ConfigurationSet": named,
      "AWS::SES::ConfigurationSetEventDestination": named,
    },
    stop: ses.stop,
  };
}

function named({ stack, logicalId, properties }: DeclaredResource): CreatedResource {
  const stated = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
  const [, name] = stated.find(([key]) => key === "EmailIdentity" || key === "Name") ?? [];
  const ref = typeof name === "string" ? name : `${stack}-${logicalId}`;
  return { ref, attributes: { Arn: arnOf({ service: "ses", resource: `identity/${ref}` }) } };
}
