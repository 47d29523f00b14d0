import { findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";
import type { BuildAppOptions } from "fauxqs";
import { buildApp } from "fauxqs";
import * as z from "zod";
import { physicalName } from "../cloudformation/physical-name.ts";
import type { Declared, Made, Service } from "../cloudformation/service.ts";
import { account, arnOf, region, urlSuffix } from "../machine/place.ts";
import { plainFailure } from "../machine/plain-failure.ts";
import { portInUse } from "../machine/ports.ts";
import type { StateFolder } from "../machine/state-folder.ts";

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

export type Queues = Service & {
  endpoint: string;
  /** The same engine's files; see s3.ts for what stands before them. */
  objects: Stores["s3Store"];
  queueUrl(name: string): string;
  /** A text with the addresses that queues have in AWS replaced by theirs here. */
  localized(text: string): string;
  stop(): Promise<void>;
};

/** SQS and S3 by fauxqs, on 127.0.0.1 alone; its port is fixed since queue URLs must outlive a restart. */
export async function startQueues({ state, port }: { state: StateFolder; port: number }): Promise<Queues> {
  const { stores, persistence } = await openStores(state);
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  // Without a host of its own fauxqs answers queue URLs under the address it was asked at.
  stores.sqsStore.host = "";
  const endpoint = await app.listen({ port, host: "127.0.0.1" }).catch((error: unknown) => {
    throw portInUse(port, error);
  });
  const queueUrl = (name: string) => `${endpoint}/${account}/${name}`;
  return {
    endpoint,
    queueUrl,
    localized: (text) => text.replaceAll(`https://sqs.${region}.${urlSuffix}/`, `${endpoint}/`),
    objects: stores.s3Store,
    environment: { AWS_ENDPOINT_URL_SQS: endpoint },
    makes: {
      "AWS::SQS::Queue": (declared) => makeQueue({ declared, stores, queueUrl }),
    },
    async stop() {
      await app.close();
      persistence.close();
    },
  };
}

type QueueMaking = { declared: Declared; stores: Stores; queueUrl: (name: string) => string };

function makeQueue({ declared, stores: { sqsStore }, queueUrl }: QueueMaking): Made {
  const queue = Queue.parse(declared.properties);
  const suffix = queue.FifoQueue ? ".fifo" : "";
  const name = queue.QueueName ?? `${physicalName({ ...declared, longest: 80 - suffix.length })}${suffix}`;
  const Arn = arnOf({ service: "sqs", resource: name });
  const attributes = Object.fromEntries(attributeNames.flatMap((attribute) => stated(attribute, queue[attribute])));
  const existing = sqsStore.getQueueByName(name);
  // Its stored address is of the port it was made at.
  if (existing) Object.assign(existing, { url: queueUrl(name) }).setAttributes(attributes);
  else sqsStore.createQueue(name, queueUrl(name), Arn, attributes);
  return { ref: queueUrl(name), attributes: { Arn, QueueName: name, QueueUrl: queueUrl(name) } };
}

function stated(name: string, value: unknown): [string, string][] {
  if (value === undefined) return [];
  return [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
}

/** What fauxqs itself does before it listens on every address; its parts are not exported, so they are taken by path. */
async function openStores(state: StateFolder): Promise<{ stores: Stores; persistence: Persistence }> {
  const manifest = findPackageJSON("fauxqs", import.meta.url);
  if (!manifest) throw plainFailure("fauxqs is missing from node_modules: run npm ci.");
  const part = (path: string) => import(new URL(`dist/${path}`, pathToFileURL(manifest)).href);
  const [{ SqsStore }, { SnsStore }, { S3Store }, { PersistenceManager }] = await Promise.all(
    ["sqs/sqsStore.js", "sns/snsStore.js", "s3/s3Store.js", "persistence.js"].map(part),
  );
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const persistence = opened<Persistence>(state, () => {
    const kept = new PersistenceManager(state.folder("queues"));
    kept.load(stores.sqsStore, stores.snsStore, stores.s3Store);
    // fauxqs 2.4 breaks its own table's rule here: a message made visible again was answered 500 and forgotten. Unwritten
    // it stays in flight on disk alone, until the time it was received for.
    kept.updateMessageReady = () => {};
    return kept;
  });
  Object.assign(stores.sqsStore, { persistence });
  Object.assign(stores.s3Store, { persistence });
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;
  return { stores, persistence };
}

function opened<T>(state: StateFolder, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw state.corrupt("queues", cause);
  }
}
