import specs from "@asyncapi/specs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import * as z from "zod";
import { CloudEvent, IssueCloudEvent } from "#functions/deliveries/cloud-event.ts";
import { IssuePayload } from "#functions/issues/issue.ts";
import { asyncapi } from "#infra/programs/documents/descriptions/asyncapi.ts";
import { audience } from "#shared/complaints/event-rules.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";
import { publicFunction } from "../support/documentation-page.ts";
import { templateOf } from "../support/synthesized.ts";

const handler = publicFunction();

/** A reference into one part of the document. */
const referenceTo = (part: string) => z.strictObject({ $ref: z.string().startsWith(`#/${part}/`) });
const Parameters = z.record(z.string(), z.unknown()).default({});
const Example = z.looseObject({ payload: z.looseObject({ type: z.string() }) });
const Message = z.looseObject({ name: z.string(), examples: z.tuple([Example]) });
const Served = z.looseObject({
  servers: z.record(z.string(), z.looseObject({ host: z.string(), variables: Parameters })),
  channels: z.record(
    z.string().regex(/^\w+$/),
    z.looseObject({
      address: z.string(),
      parameters: Parameters,
      messages: z.record(z.string(), referenceTo("components/messages")),
      servers: z.array(referenceTo("servers")).default([]),
    }),
  ),
  operations: z.record(
    z.string(),
    z.looseObject({ channel: referenceTo("channels"), messages: z.array(referenceTo("channels")) }),
  ),
  components: z.looseObject({ messages: z.record(z.string(), Message), schemas: z.record(z.string(), z.unknown()) }),
});

async function served(): Promise<string> {
  const answer = await handler(anApiEvent({ routeKey: "GET /v1/asyncapi.json" }), aContext);
  return String(answer?.body);
}

const text = await served();
const { servers, channels, operations, components } = Served.parse(JSON.parse(text));

const base = "urn:foad:asyncapi";
const schemas = formats.default(new Ajv({ strict: false, allErrors: true })).addSchema({ components }, base);

test("the served document is AsyncAPI 3.1.0 by the specification's own schema", () => {
  // The schema brings its own dialect along.
  const ajv = formats.default(new Ajv({ meta: false, validateSchema: false, strict: false, allErrors: true }));
  const validate = ajv.compile(specs.schemas["3.1.0"]);
  validate(JSON.parse(text));
  expect((validate.errors ?? []).map((error) => ajv.errorsText([error]))).toEqual([]);
});

test("its references lead to what they are meant for, and Redocly's other recommended rules find no fault", async () => {
  const unfit = {
    // Whoever may read a queue is told by its policy, not by a token.
    "security-defined": "off",
    // The one tag is the caller's name and says enough.
    "tag-description": "off",
  } as const;
  const config = await createConfig({ extends: ["recommended"], rules: unfit });
  const problems = await lintFromString({ source: text, absoluteRef: "asyncapi.json", config });
  expect(problems.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer }))).toEqual([]);
});

test.each([
  ...Object.values(channels).map(({ address, parameters }) => [address, parameters] as const),
  ...Object.values(servers).map(({ host, variables }) => [host, variables] as const),
])("of %s just the variables are described", (template, described) => {
  const variables = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  expect(Object.keys(described).sort()).toEqual(variables.sort());
});

test.each(Object.entries(operations))("%s sends the messages of its channel", (_, { channel, messages }) => {
  const known = channels[channel.$ref.replace("#/channels/", "")]?.messages ?? {};
  const its = Object.keys(known).map((type) => `${channel.$ref}/messages/${type}`);
  expect(messages.map(({ $ref }) => $ref)).toEqual(its);
});

test("there is one message for each event that an agency may be told of", () => {
  const told = Object.entries(audience).filter(([, viewers]) => viewers.includes("agency"));
  const ofIssues = IssuePayload.unwrap().options.map(({ shape }) => `issue-${shape.type.value}`);
  const all = [...told.map(([type]) => type), ...ofIssues];
  // These two are events of a complaint, though an issue is in their names.
  expect(told.map(([type]) => type).filter((type) => type.startsWith("issue-"))).toEqual(linkTypes);
  expect(Object.keys(asyncapi.components.messages).sort()).toEqual(all.sort());
});

const linkTypes = ["issue-linked", "issue-unlinked"];
const isOfIssue = (key: string) => key.startsWith("issue-") && !linkTypes.includes(key);
const ofComplaints = Object.entries(components.messages).filter(([key]) => !isOfIssue(key));
const ofIssues = Object.entries(components.messages).filter(([key]) => isOfIssue(key));

test.each(ofIssues)("the example of %s is an event of an issue as it is sent", (key, message) => {
  const [{ payload }] = message.examples;
  expect(IssueCloudEvent.parse(payload)).toEqual(payload);
  expect(payload.type).toBe(`ir.foad.issue.${key.replace("issue-", "")}.v1`);
  expect(message.name).toBe(payload.type);
});

test.each(ofComplaints)("the example of %s is an event as it is sent", (type, message) => {
  const [{ payload }] = message.examples;
  expect(CloudEvent.parse(payload)).toEqual(payload);
  expect(payload.type).toBe(`ir.foad.complaint.${type}.v1`);
  expect(message.name).toBe(payload.type);
});

test.each(Object.entries(components.messages))("the example of %s is as its schema says", (type, message) => {
  const validate = schemas.getSchema(`${base}#/components/messages/${type}/payload`);
  validate?.(message.examples[0].payload);
  expect(validate?.errors).toBeNull();
});

const Told = CloudEvent.transform(({ time, data }) => ({ time, ...data }));
const toldBy = (type: string) => Told.parse(components.messages[type]?.examples[0].payload);
const toldByAll = ofComplaints.map(([type]) => [type, toldBy(type)] as const);

test.each(toldByAll)("the example of %s is late where it has climbed, and only there", (_, told) => {
  const owed = { filed: told.acknowledgeBy, acknowledged: told.answerBy }[String(told.status)];
  const isLate = owed !== undefined && told.time >= owed;
  expect(told.level > 0).toBe(isLate);
});

test.each(["extended", "deadlines-changed"])("the example of %s has another deadline than before", (type) => {
  expect(toldBy(type).answerBy > toldBy("filed").answerBy).toBe(true);
});

test.each(toldByAll)("the example of %s is the first where it was filed, and else comes later", (type, told) => {
  const filed = toldBy("filed");
  expect([told.version > filed.version, told.time > filed.time]).toEqual([type !== "filed", type !== "filed"]);
});

async function pageIn(lang: "en" | "fa"): Promise<string> {
  const answer = await handler(
    anApiEvent({ routeKey: "GET /v1/docs", query: { page: "webhooks", language: lang } }),
    aContext,
  );
  return String(answer?.body);
}

test("a version is said to jump only if a complaint was transferred and came back, by the document and by the page", async () => {
  const told =
    "has no gaps while the agency has the complaint; it jumps if the complaint was transferred and came back.";
  expect(asyncapi.info.description).toContain(`\`version\` ${told}`);
  expect((await pageIn("en")).replaceAll("&#39;", "'")).toContain(`<code>version</code> ${told}`);
  expect(await pageIn("fa")).toContain("<code>version</code> تا وقتی شکایت نزد دستگاه است پیوسته است");
});

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
