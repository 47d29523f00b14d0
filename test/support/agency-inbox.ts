import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Endpoints } from "../../infra/local/local-cloud.ts";

/** What an agency finds in its queue, as far as the contract says what stands there. */
export const CloudEvent = z.strictObject({
  specversion: z.literal("1.0"),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal("application/json"),
  data: z.strictObject({
    complaintId: z.string(),
    version: z.int(),
    status: z.string(),
    category: z.string(),
    countyId: z.string(),
    acknowledgeBy: z.iso.datetime(),
    answerBy: z.iso.datetime(),
    level: z.int(),
  }),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

export type Received = { event: CloudEvent; text: string; group: string; deduplication: string };

const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

/** Takes messages out of the agencies' queues as an agency's own consumer would. */
export function agencyInbox({ sqs, queues }: Pick<Endpoints, "sqs" | "queues">) {
  const client = new SQSClient({ ...identity, endpoint: sqs });
  /** Everything that stands in the agency's queue now, in the order it came. */
  async function receiveAll(agencyId: string): Promise<Received[]> {
    const QueueUrl = queues[agencyId];
    const all: Received[] = [];
    for (let page = await receive(QueueUrl); page.length > 0; page = await receive(QueueUrl)) {
      all.push(...page.map(received));
      for (const { ReceiptHandle } of page) await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return all;
  }

  async function receive(QueueUrl: string | undefined): Promise<Message[]> {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All"] }),
    );
    return Messages;
  }

  /** What stands in every queue of the province, by agency; agencies without any left out. */
  async function receiveEverywhere(): Promise<Record<string, Received[]>> {
    const found: Record<string, Received[]> = {};
    for (const agencyId of Object.keys(queues)) {
      const messages = await receiveAll(agencyId);
      if (messages.length > 0) found[agencyId] = messages;
    }
    return found;
  }

  return { receiveAll, receiveEverywhere, close: () => client.destroy() };
}

function received({ Body = "", Attributes }: Message): Received {
  return {
    event: CloudEvent.parse(JSON.parse(Body)),
    text: Body,
    group: Attributes?.MessageGroupId ?? "",
    deduplication: Attributes?.MessageDeduplicationId ?? "",
  };
}
