import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { region } from "../place.ts";
import { unexpected } from "./calls.ts";

const patience = 20_000;

const CloudEvent = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  data: z.looseObject({ version: z.int(), status: z.string() }),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

type Wanted = { endpoint: string; queueUrl: string; complaintId: string; count: number };

/**
 * Receives and deletes the next events about one complaint, as the agency's own program would. What lies there about
 * other complaints is given back untouched.
 */
export async function receiveEvents({ endpoint, queueUrl, complaintId, count }: Wanted): Promise<CloudEvent[]> {
  const sqs = new SQSClient({ endpoint, region, credentials: { accessKeyId: "local", secretAccessKey: "local" } });
  const taken: CloudEvent[] = [];
  const others: Message[] = [];
  for (const end = Date.now() + patience; taken.length < count && Date.now() < end; ) {
    const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    const { Messages = [] } = await sqs.send(receive);
    const ours = Messages.filter(({ Body }) => eventIn(Body)?.subject === complaintId);
    others.push(...Messages.filter((message) => !ours.includes(message)));
    for (const { ReceiptHandle } of ours)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    taken.push(...ours.flatMap(({ Body }) => eventIn(Body) ?? []));
  }
  for (const { ReceiptHandle } of others)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  if (taken.length >= count) return taken;
  throw unexpected({
    expected: `${count} event(s) about ${complaintId} in ${queueUrl}`,
    came: `${taken.length} within ${patience / 1_000} s`,
  });
}

function eventIn(body = "{}"): CloudEvent | undefined {
  return CloudEvent.safeParse(JSON.parse(body)).data;
}
