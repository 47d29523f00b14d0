import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";

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
    agencyId: z.string().optional(),
    fromAgencyId: z.string().optional(),
  }),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

/** What an agency finds about an issue. */
const IssueCloudEvent = CloudEvent.extend({
  data: z.strictObject({
    issueId: z.string(),
    version: z.int(),
    status: z.string(),
    category: z.string(),
    countyIds: z.array(z.string()),
    outage: z.boolean(),
    level: z.int(),
    planBy: z.iso.datetime(),
    promisedBy: z.iso.datetime().optional(),
  }),
});

export type Received = {
  event: CloudEvent | z.infer<typeof IssueCloudEvent>;
  text: string;
  group: string;
  deduplication: string;
};

/** The province of every cloud that says no other. */
const pilot = join(import.meta.dirname, "../../infra/provinces/qazvin.json");

const Consumers = z.object({
  agencies: z.array(z.object({ id: z.string(), consumer: z.object({ principalArn: z.string() }).optional() })),
});

/** By agency, the ARN of the principal that consumes its queue, where the province file names one. */
function consumersIn(provinceFile: string): Map<string, string | undefined> {
  const { agencies } = Consumers.parse(JSON.parse(readFileSync(provinceFile, "utf8")));
  return new Map(agencies.map(({ id, consumer }) => [id, consumer?.principalArn]));
}

/** Takes messages out of the agencies' queues as each agency's own consumer would, with no more than its rights. */
export function agencyInbox({ sqs, queues }: Pick<Endpoints, "sqs" | "queues">, provinceFile = pilot) {
  const principals = consumersIn(provinceFile);
  const clients = new Map<string, SQSClient>();
  const clientOf = (agencyId: string): SQSClient => {
    const sessionToken = principals.get(agencyId);
    const credentials = { accessKeyId: "local", secretAccessKey: "local", ...(sessionToken && { sessionToken }) };
    const client = clients.get(agencyId) ?? new SQSClient({ region: "us-east-1", credentials, endpoint: sqs });
    clients.set(agencyId, client);
    return client;
  };
  /** Everything that stands in the agency's queue now, in the order it came. */
  async function receiveAll(agencyId: string): Promise<Received[]> {
    const QueueUrl = queues[agencyId];
    const client = clientOf(agencyId);
    const all: Received[] = [];
    for (let page = await receive(client, QueueUrl); page.length > 0; page = await receive(client, QueueUrl)) {
      all.push(...page.map(received));
      for (const { ReceiptHandle } of page) await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return all;
  }

  async function receive(client: SQSClient, QueueUrl: string | undefined): Promise<Message[]> {
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

  function close(): void {
    for (const client of clients.values()) client.destroy();
  }

  return { receiveAll, receiveEverywhere, close };
}

function received({ Body = "", Attributes }: Message): Received {
  return {
    event: z.union([CloudEvent, IssueCloudEvent]).parse(JSON.parse(Body)),
    text: Body,
    group: Attributes?.MessageGroupId ?? "",
    deduplication: Attributes?.MessageDeduplicationId ?? "",
  };
}
