import type { IncomingHttpHeaders } from "node:http";
import { findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";
import { type BuildAppOptions, buildApp } from "fauxqs";
import * as z from "zod";
import { type CreatedResource, type DeclaredResource, physicalName, type Service } from "./cloudformation/resources.ts";
import { callerOf, type PermissionGate } from "./iam/gate.ts";
import { account, arnOf, region, urlSuffix } from "./machine/aws-account.ts";
import { plainFailure } from "./machine/errors.ts";
import { guard, parseJson } from "./machine/http-server.ts";
import { listenOn } from "./machine/ports.ts";
import type { StateFolder } from "./machine/state-folder.ts";

const Call = z.object({ QueueUrl: z.string().default(""), QueueName: z.string().optional() }).catch({ QueueUrl: "" });

type QueueCall = { gate: PermissionGate | undefined; headers: IncomingHttpHeaders; body: unknown };

/**
 * Why SQS would not do what it is asked. What is no call to SQS, such as one to the engine's own store of objects, has an
 * action that nothing grants.
 */
export function refusalOfCall({ gate, headers, body }: QueueCall): string | undefined {
  const caller = callerOf(headers);
  if (!caller) return undefined;
  const [, operation = ""] = /^AmazonSQS\.(\w+?)(?:Batch)?$/.exec(String(headers["x-amz-target"] ?? "")) ?? [];
  const { QueueUrl, QueueName = QueueUrl } = Call.parse(typeof body === "string" ? parseJson(body) : body);
  const resource = arnOf({ service: "sqs", resource: QueueName.split("/").at(-1) ?? "" });
  return gate?.refusal(caller, { action: `sqs:${operation}`, resource });
}

/** As SQS says it. */
export const refusedCall = (message: string) => ({
  status: 403,
  headers: { "x-amzn-query-error": "AccessDenied;Sender", "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify({ __type: "com.amazonaws.sqs#AccessDenied", message }),
});

type Stores = NonNullable<BuildAppOptions["stores"]>;
type Persistence = NonNullable<Stores["sqsStore"]["persistence"]>;

const Queue = z.looseObject({ QueueName: z.string().optional(), FifoQueue: z.boolean().optional() });

/** Queue properties that fauxqs takes as attributes; encryption, tags and policies mean nothing on one machine. */
const attributeNames = [
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "DelaySeconds",
  "FifoQueue",
  "FifoThroughputLimit",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedrivePolicy",
  "VisibilityTimeout",
];

type Contents = ReturnType<NonNullable<ReturnType<Stores["sqsStore"]["getQueueByName"]>>["inspectMessages"]>;

export type Queues = Service & {
  endpoint: string;
  /** The objects of S3, which the same engine keeps; s3.ts serves them. */
  objects: Stores["s3Store"];
  queueUrl(name: string): string;
  /** What a queue holds. An advance of the clock asks at every instant, and a request each time would be most of its work. */
  contents(name: string): Contents;
  /** The text, with each address of a queue in AWS replaced by the queue's address here. */
  localized(text: string): string;
  stop(): Promise<void>;
};

type QueueOptions = { state: StateFolder; port: number; gate?: PermissionGate };

/** SQS, and the store of S3, by fauxqs, on 127.0.0.1 alone. The port is given, so that queue URLs outlive a restart. */
export async function startQueues({ state, port, gate }: QueueOptions): Promise<Queues> {
  const { stores, persistence } = await openStores(state);
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  guard(app.server);
  app.addHook("preHandler", async ({ headers, body }, reply) => {
    const refusal = refusalOfCall({ gate, headers, body });
    if (refusal === undefined) return;
    const refused = refusedCall(refusal);
    await reply.code(refused.status).headers(refused.headers).send(refused.body);
  });
  // With no host set, fauxqs answers with queue URLs at the address to which the request was sent.
  stores.sqsStore.host = "";
  const endpoint = await listenOn(port, () => app.listen({ port, host: "127.0.0.1" }));
  const queueUrl = (name: string) => `${endpoint}/${account}/${name}`;
  return {
    endpoint,
    queueUrl,
    contents: (name) => contentsOf(stores, name),
    localized: (text) => text.replaceAll(`https://sqs.${region}.${urlSuffix}/`, `${endpoint}/`),
    objects: stores.s3Store,
    environment: { AWS_ENDPOINT_URL_SQS: endpoint },
    creators: {
      "AWS::SQS::Queue": (declared) => makeQueue({ declared, stores, queueUrl }),
    },
    async stop() {
      await app.close();
      persistence.close();
    },
  };
}

function contentsOf({ sqsStore }: Stores, name: string): Contents {
  const queue = sqsStore.getQueueByName(name);
  if (!queue) throw new Error(`There is no queue ${name}.`);
  return queue.inspectMessages();
}

type QueueMaking = { declared: DeclaredResource; stores: Stores; queueUrl: (name: string) => string };

function makeQueue({ declared, stores: { sqsStore }, queueUrl }: QueueMaking): CreatedResource {
  const queue = Queue.parse(declared.properties);
  const suffix = queue.FifoQueue ? ".fifo" : "";
  const name = queue.QueueName ?? `${physicalName({ ...declared, longest: 80 - suffix.length })}${suffix}`;
  const Arn = arnOf({ service: "sqs", resource: name });
  const attributes = Object.fromEntries(
    attributeNames.flatMap((attribute) => attributeText(attribute, queue[attribute])),
  );
  const existing = sqsStore.getQueueByName(name);
  // A queue kept from an earlier start may have been made at another port.
  if (existing) Object.assign(existing, { url: queueUrl(name) }).setAttributes(attributes);
  else sqsStore.createQueue(name, queueUrl(name), Arn, attributes);
  return { ref: queueUrl(name), attributes: { Arn, QueueName: name, QueueUrl: queueUrl(name) } };
}

function attributeText(name: string, value: unknown): [string, string][] {
  if (value === undefined) return [];
  return [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
}

/**
 * Does what fauxqs does when it starts itself, which it would do on every
 * address. It does not export the parts, so they are imported by path.
 */
async function openStores(state: StateFolder): Promise<{ stores: Stores; persistence: Persistence }> {
  const manifest = findPackageJSON("fauxqs", import.meta.url);
  if (!manifest) throw plainFailure("fauxqs is missing from node_modules: run npm ci.");
  const part = (path: string) => import(new URL(`dist/${path}`, pathToFileURL(manifest)).href);
  const [{ SqsStore }, { SnsStore }, { S3Store }, { PersistenceManager }] = await Promise.all(
    ["sqs/sqsStore.js", "sns/snsStore.js", "s3/s3Store.js", "persistence.js"].map(part),
  );
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const persistence = openOrExplain<Persistence>(state, () => {
    const kept = new PersistenceManager(state.folder("queues"));
    kept.load(stores.sqsStore, stores.snsStore, stores.s3Store);
    // In fauxqs 2.4 this write violates a constraint of its own table: whoever gave a message back was answered 500, and
    // the message was lost. Without the write only the disk is wrong: after a restart the message waits once more.
    kept.updateMessageReady = () => {};
    // What was acknowledged outlives this process all the same. By default each write waits for the disk, and every
    // other server of this process with it, so as to outlive a power cut too.
    kept.db.exec("PRAGMA synchronous = NORMAL");
    return kept;
  });
  Object.assign(stores.sqsStore, { persistence });
  Object.assign(stores.s3Store, { persistence });
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;
  return { stores, persistence };
}

function openOrExplain<T>(state: StateFolder, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw state.corrupt("queues", cause);
  }
}
