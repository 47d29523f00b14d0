import type { Server } from "node:http";
import { createRequire } from "node:module";
import * as z from "zod";
import type { Recipients, Refused } from "./request.ts";

/** One sent mail, as a person or a test wants to look at it. */
export type Mail = Recipients & {
  id: string;
  from: string;
  subject: string;
  text?: string;
  html?: string;
  configurationSet?: string;
  /** ISO, by the local clock. */
  at: string;
};

type Engine = { url: string; stop(): Promise<void> };

type StartServer = (config: { host: string; port: number }) => Promise<Server>;

/** Required, since what its default import is differs between Node and a bundler's interop. */
const require = createRequire(import.meta.url);
const Library = z.object({ default: z.custom<StartServer>((value) => typeof value === "function") });

/** aws-ses-v2-local on a port of its own; its store belongs to the module, so several engines share one. */
export async function startEngine(): Promise<Engine> {
  const { default: start } = Library.parse(require("aws-ses-v2-local"));
  const server = await start({ host: "127.0.0.1", port: 0 });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, stop };
}

const Stored = z.object({
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
export async function acceptMail({ engine, form, recipients, at }: Sending): Promise<Accepted | Refused> {
  // The engine counts real seconds; asked for all it holds, it would answer more with every mail.
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
    at: at.toISOString(),
  };
  return { mail, xml };
}

type Wanted = { engine: Engine; id: string; since: number };

async function stored({ engine, id, since }: Wanted): Promise<z.infer<typeof Stored>> {
  const { emails } = Store.parse(await (await fetch(`${engine.url}/store?since=${since}`)).json());
  const mail = emails.map((email) => Stored.safeParse(email)).find(({ data }) => data?.messageId === id);
  return Stored.parse(mail?.data);
}
