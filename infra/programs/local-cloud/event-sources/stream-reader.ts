import * as z from "zod";
import { callDynamodb } from "../dynamodb/engine.ts";
import type { StateFolder } from "../machine/state-folder.ts";
import type { Consumer } from "./queue-consumer.ts";

const Shard = z.object({ ShardId: z.string(), ParentShardId: z.string().optional() });
type Shard = z.infer<typeof Shard>;

const Description = z.object({
  StreamDescription: z.object({ Shards: z.array(Shard).default([]), LastEvaluatedShardId: z.string().optional() }),
});

/** A stream record. DynamoDB's JSON and Lambda's event have the same form. */
export const StreamRecord = z.looseObject({
  eventName: z.string(),
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number().default(0) }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

const Page = z.object({ Records: z.array(StreamRecord), NextShardIterator: z.string().nullish() });
type Page = z.infer<typeof Page>;

/** The sequence number of the last processed record of a shard; undefined if none was processed. */
type Position = string | undefined;

type Stream = {
  shards(): Promise<Shard[]>;
  iteratorAfter(shardId: string, position: Position): Promise<string>;
  page(iterator: string): Promise<Page>;
};

type Address = { endpoint: string; arn: string };

/** Returns the three calls to DynamoDB Streams that a reader needs. */
export function openStream({ endpoint, arn }: Address): Stream {
  const address = { endpoint, arn: engineArn(arn) };
  return {
    shards: () => shardsOf(address),
    iteratorAfter: (shardId, position) => iteratorAfter({ address, shardId, position }),
    page: (ShardIterator) =>
      call({ address, operation: "GetRecords", body: { ShardIterator, Limit: 1000 }, schema: Page }),
  };
}

/** A stream that a template names by its ARN has the region of AWS. The engine knows only its own region. */
const engineArn = (arn: string) =>
  arn.replace(/^arn:aws:dynamodb:[^:]+:[^:]+:/, "arn:aws:dynamodb:ddblocal:000000000000:");

type StreamCall<S extends z.ZodType> = { address: Address; operation: string; body: object; schema: S };

async function call<S extends z.ZodType>({ address, operation, body, schema }: StreamCall<S>): Promise<z.infer<S>> {
  const { endpoint, arn } = address;
  const answer = await callDynamodb({ endpoint, target: `DynamoDBStreams_20120810.${operation}`, body });
  if (!answer.ok) throw new Error(`${operation} on ${arn}: ${answer.error}`);
  return schema.parse(answer.value);
}

async function shardsOf(address: Address): Promise<Shard[]> {
  const found: Shard[] = [];
  let after: string | undefined;
  do {
    const body = { StreamArn: address.arn, ...(after ? { ExclusiveStartShardId: after } : {}) };
    const page = await call({ address, operation: "DescribeStream", body, schema: Description });
    found.push(...page.StreamDescription.Shards);
    after = page.StreamDescription.LastEvaluatedShardId;
  } while (after !== undefined);
  return found;
}

type IteratorRequest = { address: Address; shardId: string; position: Position };

async function iteratorAfter({ address, shardId, position }: IteratorRequest): Promise<string> {
  const requestIterator = (from: object) =>
    call({
      address,
      operation: "GetShardIterator",
      body: { StreamArn: address.arn, ShardId: shardId, ...from },
      schema: z.object({ ShardIterator: z.string() }),
    });
  const oldest = { ShardIteratorType: "TRIM_HORIZON" };
  if (position === undefined) return (await requestIterator(oldest)).ShardIterator;
  const after = { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position };
  const { ShardIterator } = await requestIterator(after).catch((error: unknown) => {
    // DynamoDB keeps stream records for a day. If the records after the position are gone, continue with the oldest one.
    if (String(error).includes("TrimmedDataAccessException")) return requestIterator(oldest);
    throw error;
  });
  return ShardIterator;
}

/** Returns a sleep function, and `wake`, which ends the sleep early. */
function createInterruptibleSleep() {
  let wake = () => {};
  return {
    wake: () => wake(),
    async sleep(ms: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      wake = resolve;
      await promise;
      clearTimeout(timer);
    },
  };
}

/** In ms. The longest delay of an event. Each poll costs DynamoDB Local one cheap call for each reader. */
const pollEvery = 150;
/**
 * In ms. A write is in the stream as soon as it is answered: of 9,000 writes on a busy machine none was later. This is a
 * margin.
 */
const visibleAfter = 10;
/** In ms. A killed process reads the records since its last written position again: delivery is at least once, as in AWS. */
const writeEvery = 100;
/** In ms. A stream gets a new shard only every few hours. */
const lookForShardsEvery = 10_000;

const StoredPositions = z.record(z.string(), z.object({ position: z.string().optional(), finished: z.boolean() }));

type Options = {
  id: string;
  stream: Stream;
  lets: (record: unknown) => boolean;
  batchSize: number;
  deliver: (records: StreamRecord[], shardId: string) => Promise<void>;
  /** When, by `performance.now()`, something was last written to the tables. */
  writtenAt: () => number;
  state: StateFolder;
  stopped: AbortSignal;
};

/** The progress of reading one shard. If the iterator is missing, a new one is requested. */
type ShardProgress = {
  shardId: string;
  parent: string | undefined;
  position: Position;
  finished: boolean;
  iterator?: string | undefined;
};

type Reader = Options & {
  /** The positions that were stored before this start. */
  known: z.infer<typeof StoredPositions>;
  shards: Map<string, ShardProgress>;
  pause: ReturnType<typeof createInterruptibleSleep>;
  taken: number;
  waiting: (() => void)[];
  lookedAt: number;
  /** Time by `performance.now()` when the last round began, if it found nothing; else 0. */
  emptyAt: number;
  /** Time by `performance.now()` of the first position that is not stored yet; undefined if all are stored. */
  unwrittenSince: number | undefined;
};

/**
 * Starts a reader that reads a stream in order, each shard after its parent. A position is stored only after its batch is
 * processed, so no record is lost.
 */
export function startStreamReader(options: Options): Consumer {
  const reader: Reader = {
    ...options,
    known: options.state.read(positionFile(options), StoredPositions) ?? {},
    shards: new Map(),
    pause: createInterruptibleSleep(),
    taken: 0,
    waiting: [],
    lookedAt: 0,
    emptyAt: 0,
    unwrittenSince: undefined,
  };
  options.stopped.addEventListener("abort", reader.pause.wake);
  const settled: Consumer["settled"] = async ({ isFirst }) => {
    // An advance asks at every instant. At most of them nothing was written, and no round is needed.
    if (!isFirst && reader.emptyAt > reader.writtenAt() + visibleAfter) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    reader.waiting.push(resolve);
    reader.pause.wake();
    await promise;
  };
  return { taken: () => reader.taken, settled, ended: continueReading(reader) };
}

async function continueReading(reader: Reader): Promise<void> {
  while (!reader.stopped.aborted) {
    const seen = await runRound(reader);
    const isAsked = seen !== "failed" && reader.waiting.length > 0;
    if (!isAsked && !reader.stopped.aborted) await reader.pause.sleep(pollEvery);
  }
  if (reader.unwrittenSince !== undefined) writePositions(reader);
}

/** Reads one round. If it finds nothing, resolves the callers of `settled` that asked before it began. */
async function runRound(reader: Reader): Promise<number | "failed"> {
  // Callers that ask during the round wait for the next one: they may have written to a shard that was already read.
  const asked = reader.waiting.splice(0);
  const began = performance.now();
  const seen = await readRound(reader).catch((error: unknown) => recover(reader, error));
  // If a shard has just ended, `lookedAt` is 0, and its child shard was not read yet.
  const isEmpty = seen === 0 && reader.lookedAt > 0;
  reader.emptyAt = isEmpty ? began : 0;
  if (!isEmpty) reader.waiting.push(...asked);
  else for (const resolve of asked) resolve();
  return seen;
}

/** Reads one page of every shard whose parent is finished, and returns the number of records. */
async function readRound(reader: Reader): Promise<number> {
  if (Date.now() - reader.lookedAt > lookForShardsEvery) await lookForShards(reader);
  let seen = 0;
  for (const shard of reader.shards.values()) {
    const parent = shard.parent === undefined ? undefined : reader.shards.get(shard.parent);
    if (!shard.finished && (parent?.finished ?? true)) seen += await readPage(reader, shard);
  }
  writePositionsIfDue(reader);
  return seen;
}

function recover(reader: Reader, error: unknown): "failed" {
  for (const shard of reader.shards.values()) shard.iterator = undefined;
  if (!reader.stopped.aborted) console.error(`${reader.id}: reading the stream failed, trying again:`, error);
  return "failed";
}

async function lookForShards(reader: Reader): Promise<void> {
  const { stream, shards, known } = reader;
  for (const { ShardId: shardId, ParentShardId: parent } of await stream.shards())
    if (!shards.has(shardId))
      shards.set(shardId, { shardId, parent, position: undefined, finished: false, ...known[shardId] });
  reader.lookedAt = Date.now();
}

async function readPage(reader: Reader, shard: ShardProgress): Promise<number> {
  const { stream, lets } = reader;
  shard.iterator ??= await stream.iteratorAfter(shard.shardId, shard.position);
  const { Records, NextShardIterator } = await stream.page(shard.iterator);
  const wanted = Records.filter(lets);
  if (Records.length > 0) reader.emptyAt = 0;
  await deliverInBatches({ reader, shard, wanted });
  shard.iterator = NextShardIterator ?? undefined;
  shard.position = Records.at(-1)?.dynamodb.SequenceNumber ?? shard.position;
  shard.finished = shard.iterator === undefined;
  if (shard.finished) reader.lookedAt = 0;
  if (shard.finished || Records.length > wanted.length) markUnwritten(reader);
  return Records.length;
}

type BatchDelivery = { reader: Reader; shard: ShardProgress; wanted: StreamRecord[] };

async function deliverInBatches({ reader, shard, wanted }: BatchDelivery): Promise<void> {
  for (let from = 0; from < wanted.length; from += reader.batchSize) {
    const batch = wanted.slice(from, from + reader.batchSize);
    await reader.deliver(batch, shard.shardId);
    reader.taken += batch.length;
    shard.position = batch.at(-1)?.dynamodb.SequenceNumber;
    markUnwritten(reader);
  }
}

function markUnwritten(reader: Reader): void {
  reader.unwrittenSince ??= performance.now();
  writePositionsIfDue(reader);
}

function writePositionsIfDue(reader: Reader): void {
  const { unwrittenSince = Number.POSITIVE_INFINITY } = reader;
  if (performance.now() - unwrittenSince >= writeEvery) writePositions(reader);
}

function writePositions(reader: Reader): void {
  const positions = [...reader.shards.values()].map(({ shardId, position, finished }) => [
    shardId,
    { position, finished },
  ]);
  reader.state.write(positionFile(reader), Object.fromEntries(positions));
  reader.unwrittenSince = undefined;
}

function positionFile({ id }: { id: string }): string {
  return `position-${id}.json`;
}
