import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";
import { addressDigest, unsubscribeToken } from "#shared/identities/address-mark.ts";

const Secrets = z.record(z.string(), z.object({ value: z.string() }));

/** The key of addresses' marks, as a local cloud keeps it. */
export function addressKeyOf({ state }: { state: string }): string {
  const secrets = Secrets.parse(JSON.parse(readFileSync(join(state, "secrets.json"), "utf8")));
  return Object.entries(secrets).find(([id]) => id.includes("AddressKey"))?.[1].value ?? "";
}

/** What a mail to this address would carry. */
export function unsubscribeTokenOf(cloud: { state: string }, address: string): string {
  const key = addressKeyOf(cloud);
  return unsubscribeToken(key, addressDigest(key, address));
}

const Mail = z.object({
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  configurationSet: z.string().optional(),
  headers: z.record(z.string(), z.string()),
});
export type Mail = z.infer<typeof Mail>;

const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

/** The mails about one complaint, as `endpoints.mail` lists them. */
export async function mailsAbout({ mail }: Pick<Endpoints, "mail">, id: string): Promise<Mail[]> {
  const all = z.array(Mail).parse(await (await fetch(mail)).json());
  return all.filter(({ subject }) => subject.includes(id));
}

/** Puts a message into the queue whose name has this in it, as AWS would. */
export async function putMessage({ sqs }: Pick<Endpoints, "sqs">, name: string, body: unknown): Promise<void> {
  const client = new SQSClient({ ...identity, endpoint: sqs });
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const QueueUrl = QueueUrls.find((url) => url.includes(name));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  client.destroy();
}
