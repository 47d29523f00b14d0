import type { Server } from "node:http";
import { createRequire } from "node:module";
import PostalMime from "postal-mime";
import * as z from "zod";
import { guard } from "../machine/guard.ts";
import type { Recipients, Refusal } from "./request.ts";

/** One sent mail, as the mailbox lists it. */
export type Mail = Recipients & {
  id: string;
  from: string;
  subject: string;
  text?: string;
  html?: string;
  configurationSet?: string;
  /** Of a raw mail: every header as it was sent, by its lower-case name. */
  headers?: Record<string, string>;
  /** When it was sent, by the local clock, in ISO 8601. */
  at: string;
};

type Engine = { url: string; stop(): Promise<void> };

type StartServer = (config: { host: string; port: number }) => Promise<Server>;

/** For aws-ses-v2-local: what its default import is differs between Node and bundlers, what `require` gives does not. */
const require = createRequire(import.meta.url);
const Library = z.object({ default: z.custom<StartServer>((value) => typeof value === "function") });

/**
 * Starts aws-ses-v2-local on a free port. It keeps mails in a
 * module's variable, which all engines of a process share.
 */
export async function startEngine(): Promise<Engine> {
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

type Sending = { engine: Engine; form: URLSearchParams; recipients: Recipients; at: Date };

type Accepted = { mail: Mail; xml: string };

/** Gives the request to the engine and reads back what it made of it. */
export async function acceptMail({ engine, form, recipients, at }: Sending): Promise<Accepted | Refusal> {
  // Asked for all mails, the engine would answer more each time; its own time is real time, in seconds.
  const since = Math.floor(Date.now() / 1_000) - 1;
  const response = await fetch(engine.url, { method: "POST", body: form, headers: { authorization: "AWS local" } });
  const xml = await response.text();
  const id = /<MessageId>(.+?)<\/MessageId>/.exec(xml)?.[1];
  if (!response.ok || !id) return { code: "InvalidParameterValue", message: "The message is not complete." };
  const { destination, from, subject, body } = await stored({ engine, id, since });
  const named = recipients.to.length + recipients.cc.length + recipients.bcc.length > 0;
  const configurationSet = form.get("ConfigurationSetName") ?? undefined;
  const mail = {
    id,
    from,
    ...(named ? recipients : destination),
    subject,
    ...body,
    configurationSet,
    ...(form.has("RawMessage.Data") && { headers: await headersOf(form.get("RawMessage.Data") ?? "") }),
    at: at.toISOString(),
  };
  return { mail, xml };
}

/** The headers of a MIME message in base64. */
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
