import { Parser } from "@asyncapi/parser";
import { expect, test } from "vitest";
import { audience } from "#shared/domain/telling/audience.ts";
import { CloudEvent } from "#shared/messaging/cloud-event.ts";
import { asyncapi } from "../../infra/documents/asyncapi/asyncapi.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";
import { publicFunction } from "../support/public-function.ts";
import { templateOf } from "../support/synthesized.ts";

const handler = publicFunction();

async function served(): Promise<string> {
  const answer = await handler(anApiEvent({ routeKey: "GET /v1/asyncapi.json" }), aContext);
  return String(answer?.body);
}

/** As the parser numbers them. */
const warning = 1;

test("the served document has no error and no warning by AsyncAPI's own parser", async () => {
  const { document, diagnostics } = await new Parser().parse(await served());
  const faults = diagnostics.filter(({ severity }) => severity <= warning);
  expect(faults.map(({ code, message, path }) => ({ code, message, at: path.join(".") }))).toEqual([]);
  expect(document?.version()).toBe("3.0.0");
});

test("there is one message for each event that an agency may be told of", () => {
  const told = Object.entries(audience).filter(([, viewers]) => viewers.includes("agency"));
  expect(Object.keys(asyncapi.components.messages).sort()).toEqual(told.map(([type]) => type).sort());
});

test.each(Object.entries(asyncapi.components.messages))(
  "the example of %s is an event as it is sent",
  (type, message) => {
    const { examples } = JSON.parse(JSON.stringify(message));
    expect(examples).toHaveLength(1);
    const [{ payload }] = examples;
    expect(CloudEvent.parse(payload)).toEqual(payload);
    expect(payload.type).toBe(`ir.foad.complaint.${type}.v1`);
  },
);

test("the queues are told of as they are deployed", () => {
  const { queue, deadLetterQueue } = asyncapi.channels.agencyQueue.bindings.sqs;
  const name = (template: string) => template.replace("{agencyId}", "social-security");
  const agencies = templateOf("qazvin", "Agencies-1");
  agencies.hasResourceProperties("AWS::SQS::Queue", {
    QueueName: name(queue.name),
    FifoQueue: queue.fifoQueue,
    DeduplicationScope: queue.deduplicationScope,
    FifoThroughputLimit: queue.fifoThroughputLimit,
    VisibilityTimeout: queue.visibilityTimeout,
    MessageRetentionPeriod: queue.messageRetentionPeriod,
    RedrivePolicy: { maxReceiveCount: queue.redrivePolicy.maxReceiveCount },
  });
  agencies.hasResourceProperties("AWS::SQS::Queue", {
    QueueName: name(deadLetterQueue.name),
    FifoQueue: deadLetterQueue.fifoQueue,
    MessageRetentionPeriod: deadLetterQueue.messageRetentionPeriod,
  });
});
