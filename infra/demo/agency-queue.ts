import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { clientSettings } from "../local/machine/aws-account.ts";
import { unexpected } from "./calls.ts";

const patience = 20_000;

const CloudEvent = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  data: z.looseObject({ version: z.int(), status: z.string() }),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

type Queue = { endpoint: string; queueUrl: string };

export async function isEmpty({ endpoint, queueUrl }: Queue): Promise<boolean> {
  const numbers = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...numbers] });
  const { Attributes } = await clientOf(endpoint).send(asked);
  return numbers.every((number) => Attributes?.[number] === "0");
}

/**
 * Receives and deletes the next events about one complaint, as the agency's own program would. What has meanwhile come
 * about other complaints is given back.
 */
export async function receiveEvents({ endpoint, queueUrl, complaintId, count }: Queue & Wanted): Promise<CloudEvent[]> {
  const sqs = clientOf(endpoint);
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
  const came = `${taken.length} within ${patience / 1_000} s`;
  throw unexpected({ expected: `${count} event(s) about ${complaintId} in ${queueUrl}`, came });
}

type Wanted = { complaintId: string; count: number };

function eventIn(body = "{}"): CloudEvent | undefined {
  return CloudEvent.safeParse(JSON.parse(body)).data;
}

function clientOf(endpoint: string): SQSClient {
  return new SQSClient({ ...clientSettings, endpoint });
}
