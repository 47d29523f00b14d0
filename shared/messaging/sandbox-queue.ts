import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { eventId } from "../domain/complaint/event.ts";
import { env } from "../runtime/env.ts";
import { patience } from "../runtime/patience.ts";

// A long poll waits five seconds.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler: patience(8_000) });
const Told = z.object({ id: z.string() });

/**
 * Whether the agency of the sandbox is told in its queue that a complaint was filed; `until`: when to stop waiting, by
 * `performance.now()`. Takes out all that it finds on the way, since nobody else does.
 */
export async function isInSandboxQueue({ id, until }: { id: string; until: number }): Promise<boolean> {
  while (performance.now() < until) {
    const messages = await takeSome();
    const told = messages.map(({ Body = "" }) => Told.parse(JSON.parse(Body)));
    if (told.some((event) => event.id === eventId(id, 1))) return true;
  }
  return false;
}

async function takeSome(): Promise<Message[]> {
  const QueueUrl = env("SANDBOX_QUEUE");
  const page = { MaxNumberOfMessages: 10, WaitTimeSeconds: 5 };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...page }));
  // Together: one by one, whoever fills the queue would use up the canary's time.
  const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
  if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  return Messages;
}
