import { catalog, provinceId, publicUrl } from "#shared/province/slices.static.ts";
import { agencyQueueName, deadLetterQueueName } from "#shared/runtime/keys.ts";
import { envelope, messages } from "./messages.ts";

const named = { provinceId, agencyId: "{agencyId}" };
const all = messages();
const docs = `${publicUrl}/v1/docs`;
const day = 86_400;

/** How the queues are configured; test/documents/asyncapi.test.ts compares it with the deployed ones. */
const fifo = { fifoQueue: true, messageRetentionPeriod: 14 * day };
const queue = {
  name: agencyQueueName(named),
  ...fifo,
  deduplicationScope: "messageGroup",
  fifoThroughputLimit: "perMessageGroupId",
  visibilityTimeout: 60,
  redrivePolicy: { deadLetterQueue: { name: deadLetterQueueName(named) }, maxReceiveCount: 5 },
};

/** The agencies' queues and messages as an AsyncAPI 3 document. */
export const asyncapi = {
  asyncapi: "3.1.0",
  id: `urn:foad:${provinceId}:events`,
  info: {
    title: `FOAD 128: events of ${catalog.province.name.en} (رویدادهای ${catalog.province.name.fa})`,
    version: "1",
    description:
      "What happens to an agency's complaints, told at least once and in order per complaint; an event that was seen is known by its `source` and `id` together. It says where the complaint stands, never what anybody wrote or who they are: that is fetched with the agency's token. Pass over fields and types that you do not know. `version` has no gaps while the case is the agency's; it jumps where the case was sent on and came back.",
    contact: { name: "FOAD 128", url: docs },
    license: { name: "MIT", url: "https://opensource.org/license/mit" },
    tags: [{ name: "agency" }],
    externalDocs: { url: "https://cloudevents.io", description: "CloudEvents 1.0" },
  },
  defaultContentType: "application/json",
  servers: {
    sqs: {
      host: "{endpoint}",
      protocol: "sqs",
      description: "SQS, as the agency's registered AWS principal.",
      variables: { endpoint: { description: "Where the province's queues are; the province's centre tells." } },
    },
  },
  channels: {
    agencyQueue: {
      address: agencyQueueName(named),
      title: "An agency's own queue",
      description:
        "Group: the complaint's id. Deduplication: the event's id. What was received five times without being deleted goes to the dead-letter queue beside it.",
      parameters: {
        agencyId: {
          description: "The agency, from the catalog.",
          enum: catalog.agencies.map(({ id }) => id),
          examples: [catalog.agencies[0]?.id],
        },
      },
      messages: Object.fromEntries(Object.keys(all).map((type) => [type, { $ref: `#/components/messages/${type}` }])),
      bindings: {
        sqs: { queue, deadLetterQueue: { name: deadLetterQueueName(named), ...fifo }, bindingVersion: "0.2.0" },
      },
    },
  },
  operations: {
    tellAgency: {
      action: "send",
      channel: { $ref: "#/channels/agencyQueue" },
      title: "Tell an agency what happened",
      description:
        "New types of events and new fields come without a new version: delete what you do not know, and go on.",
      summary: "FOAD sends; the agency receives and deletes.",
      messages: Object.keys(all).map((type) => ({ $ref: `#/channels/agencyQueue/messages/${type}` })),
    },
  },
  components: { messages: all, schemas: { CloudEvent: envelope() } },
};
