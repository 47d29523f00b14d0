import type { IncomingHttpHeaders } from "node:http";
import { findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";
import { type BuildAppOptions, buildApp } from "fauxqs";
import * as z from "zod";
import {
  type CreatedResource,
  type DeclaredResource,
  physicalName,
  type Service,
} from "../cloudformation/resources.ts";
import { callerOf, type PermissionGate } from "../iam/gate.ts";
import { account, arnOf, region, urlSuffix } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/errors.ts";
import { guard, parseJson } from "../machine/http-server.ts";
import { listenOn } from "../machine/ports.ts";
import type { StateFolder } from "../machine/state-folder.ts";

const Call = z.object({ QueueUrl: z.string().default(""), QueueName: z.string().optional() }).catch({ QueueUrl: "" });

type QueueCall = { gate: PermissionGate | undefined; headers: IncomingHttpHeaders; body: unknown };

/**
 * Returns why the policies refuse a call; undefined if they allow it. A request that is no SQS call, such as one to the
 * engine's own store of objects, gets an action that no policy grants.
 */
function refusalOfCall({ gate, headers, body }: QueueCall): string | undefined {
  const caller = callerOf(headers);
  if (!caller) return undefined;
  const [, operation = ""] = /^AmazonSQS\.(\w+?)(?:Batch)?$/.exec(String(headers["x-amz-target"] ?? "")) ?? [];
  const { QueueUrl, QueueName = QueueUrl } = Call.parse(typeof body === "string" ? parseJson(body) : body);
  const resource = arnOf({ service: "sqs", resource: QueueName.split("/").at(-1) ?? "" });
  return gate?.refusal(caller, { action: `sqs:${operation}`, resource });
}

/** A refusal in the form that SQS uses. */
const refusedCall = (message: string) => ({
  status: 403,
  headers: { "x-amzn-query-error": "AccessDenied;Sender", "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify({ __type: "com.amazonaws.sqs#AccessDenied", message }),
});

type Stores = NonNullable<BuildAppOptions["stores"]>;
type Persistence = NonNullable<Stores["sqsStore"]["persistence"]>;

const Queue = z.looseObject({ QueueName: z.string().optional(), FifoQueue: z.boolean().optional() });

/** Queue properties that fauxqs supports as attributes. Encryption, tags and policies have no effect here. */
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
  /** The store of S3 objects, which the same engine has; s3.ts serves it. */
  objects: Stores["s3Store"];
  queueUrl(name: string): string;
  /**
   * Returns a queue's messages without a request to the queue. An advance of the clock needs them at every instant, and
   * requests would be most of its work.
   */
  contents(name: string): Contents;
  /** Replaces each queue URL of AWS in the text by the local URL. */
  localized(text: string): string;
  stop(): Promise<void>;
};

type QueueOptions = { state: StateFolder; port: number; gate?: PermissionGate };

/**
 * Starts fauxqs on 127.0.0.1, which has SQS and the store of S3. The port is fixed, so that queue URLs survive a restart.
 */
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
 * Opens the stores as fauxqs's own start does. Its own start would listen on every address. fauxqs does not export these
 * parts, so they are imported by path.
 */
async function openStores(state: StateFolder): Promise<{ stores: Stores; persistence: Persistence }> {
  const manifest = findPackageJSON("fauxqs", import.meta.url);
  if (!manifest) throw plainFailure("fauxqs is missing from node_modules: run npm ci.");
  const importModule = (path: string) => import(new URL(`dist/${path}`, pathToFileURL(manifest)).href);
  const [{ SqsStore }, { SnsStore }, { S3Store }, { PersistenceManager }] = await Promise.all(
    ["sqs/sqsStore.js", "sns/snsStore.js", "s3/s3Store.js", "persistence.js"].map(importModule),
  );
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const persistence = openOrReportCorrupt<Persistence>(state, () => {
    const kept = new PersistenceManager(state.folder("queues"));
    kept.load(stores.sqsStore, stores.snsStore, stores.s3Store);
    // In fauxqs 2.4 this write violates a constraint of its own table: a call that made a message visible again was answered
    // 500, and the message was lost. Without the write only the disk is wrong: after a restart the message waits again.
    kept.updateMessageReady = () => {};
    // By default each write waits for the disk, and blocks every server of this process meanwhile. With NORMAL, acknowledged
    // writes survive the end of the process, but perhaps not a power failure.
    kept.db.exec("PRAGMA synchronous = NORMAL");
    return kept;
  });
  Object.assign(stores.sqsStore, { persistence });
  Object.assign(stores.s3Store, { persistence });
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;
  return { stores, persistence };
}

function openOrReportCorrupt<T>(state: StateFolder, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw state.corrupt("queues", cause);
  }
}
