import * as z from "zod";
import { callDynamodb } from "../dynamodb/engine.ts";
import type { StateFolder } from "../machine/state-folder.ts";
import type { Consumer } from "./queue-consumer.ts";

const Shard = z.object({ ShardId: z.string(), ParentShardId: z.string().optional() });
type Shard = z.infer<typeof Shard>;

const Description = z.object({
  StreamDescription: z.object({ Shards: z.array(Shard).default([]), LastEvaluatedShardId: z.string().optional() }),
});

/** A record as it reaches a function: DynamoDB's JSON and Lambda's event have the same shape. */
export const StreamRecord = z.looseObject({
  eventName: z.string(),
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number().default(0) }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

const Page = z.object({ Records: z.array(StreamRecord), NextShardIterator: z.string().nullish() });
export type Page = z.infer<typeof Page>;

/** The sequence number of the last record of a shard that is done; undefined where none is. */
export type Position = string | undefined;

export type Stream = {
  shards(): Promise<Shard[]>;
  iteratorAfter(shardId: string, position: Position): Promise<string>;
  page(iterator: string): Promise<Page>;
};

type Address = { endpoint: string; arn: string };

/** The three calls to DynamoDB Streams that a reader needs. */
export function openStream({ endpoint, arn }: Address): Stream {
  const address = { endpoint, arn: engineArn(arn) };
  return {
    shards: () => shardsOf(address),
    iteratorAfter: (shardId, position) => iteratorAfter({ address, shardId, position }),
    page: (ShardIterator) =>
      call({ address, operation: "GetRecords", body: { ShardIterator, Limit: 1000 }, schema: Page }),
  };
}

/** A stream that a template names by itself is in its region; the engine knows one region alone. */
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
  const at = (from: object) =>
    call({
      address,
      operation: "GetShardIterator",
      body: { StreamArn: address.arn, ShardId: shardId, ...from },
      schema: z.object({ ShardIterator: z.string() }),
    });
  const oldest = { ShardIteratorType: "TRIM_HORIZON" };
  if (position === undefined) return (await at(oldest)).ShardIterator;
  const after = { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position };
  const { ShardIterator } = await at(after).catch((error: unknown) => {
    // DynamoDB keeps a stream's records for a day. If those after the position are gone, reading goes on with the
    // oldest left.
    if (String(error).includes("TrimmedDataAccessException")) return at(oldest);
    throw error;
  });
  return ShardIterator;
}

/** A sleep that a call can cut short. */
export function createInterruptibleSleep() {
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

/** In ms. An event is late by at most this; each reader costs DynamoDB Local one cheap call every time. */
const pollEvery = 150;
/** In ms. A write stands in the stream once it is answered: of 9,000, on a busy machine too, none came later. */
const visibleAfter = 10;
/** In ms. Who is killed reads again what it read since: each record comes at least once, as in AWS. */
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

/** How far one shard has been read. Where the iterator is missing, a new one is asked for. */
type Reading = {
  shardId: string;
  parent: string | undefined;
  position: Position;
  finished: boolean;
  iterator?: string | undefined;
};

type Reader = Options & {
  /** The positions that were written down before this start. */
  known: z.infer<typeof StoredPositions>;
  readings: Map<string, Reading>;
  pause: ReturnType<typeof createInterruptibleSleep>;
  taken: number;
  waiting: (() => void)[];
  lookedAt: number;
  /** When the last round began, if it found nothing. */
  emptyAt: number;
  /** By `performance.now()`; undefined where all positions are written down. */
  unwrittenSince: number | undefined;
};

/**
 * Reads a stream in order, a shard after its parent. The position is
 * written down only after a batch is done, so no record is lost.
 */
export function startStreamReader(options: Options): Consumer {
  const reader: Reader = {
    ...options,
    known: options.state.read(positionFile(options), StoredPositions) ?? {},
    readings: new Map(),
    pause: createInterruptibleSleep(),
    taken: 0,
    waiting: [],
    lookedAt: 0,
    emptyAt: 0,
    unwrittenSince: undefined,
  };
  options.stopped.addEventListener("abort", reader.pause.wake);
  const settled: Consumer["settled"] = async ({ isFirst }) => {
    // An advance asks at every instant, and at most of them nothing was written.
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
    const seen = await answeringRound(reader);
    const isAsked = seen !== "failed" && reader.waiting.length > 0;
    if (!isAsked && !reader.stopped.aborted) await reader.pause.sleep(pollEvery);
  }
  if (reader.unwrittenSince !== undefined) writePositions(reader);
}

/** Reads one round. If it finds nothing, tells so whoever asked before it began. */
async function answeringRound(reader: Reader): Promise<number | "failed"> {
  // Whoever asks during the round may have written to a shard that it has already read, and so waits for the next round.
  const asked = reader.waiting.splice(0);
  const began = performance.now();
  const seen = await readRound(reader).catch((error: unknown) => recover(reader, error));
  // Where a shard has ended just now, its child was not read yet.
  const isEmpty = seen === 0 && reader.lookedAt > 0;
  reader.emptyAt = isEmpty ? began : 0;
  if (!isEmpty) reader.waiting.push(...asked);
  else for (const resolve of asked) resolve();
  return seen;
}

/** Takes one page of every shard whose parent is finished, and returns how many records there were. */
async function readRound(reader: Reader): Promise<number> {
  if (Date.now() - reader.lookedAt > lookForShardsEvery) await lookForShards(reader);
  let seen = 0;
  for (const reading of reader.readings.values()) {
    const parent = reading.parent === undefined ? undefined : reader.readings.get(reading.parent);
    if (!reading.finished && (parent?.finished ?? true)) seen += await readPage(reader, reading);
  }
  writePositionsInTime(reader);
  return seen;
}

function recover(reader: Reader, error: unknown): "failed" {
  for (const reading of reader.readings.values()) reading.iterator = undefined;
  if (!reader.stopped.aborted) console.error(`${reader.id}: reading the stream failed, trying again:`, error);
  return "failed";
}

async function lookForShards(reader: Reader): Promise<void> {
  const { stream, readings, known } = reader;
  for (const { ShardId: shardId, ParentShardId: parent } of await stream.shards())
    if (!readings.has(shardId))
      readings.set(shardId, { shardId, parent, position: undefined, finished: false, ...known[shardId] });
  reader.lookedAt = Date.now();
}

async function readPage(reader: Reader, reading: Reading): Promise<number> {
  const { stream, lets } = reader;
  reading.iterator ??= await stream.iteratorAfter(reading.shardId, reading.position);
  const { Records, NextShardIterator } = await stream.page(reading.iterator);
  const wanted = Records.filter(lets);
  if (Records.length > 0) reader.emptyAt = 0;
  await deliverInBatches({ reader, reading, wanted });
  reading.iterator = NextShardIterator ?? undefined;
  reading.position = Records.at(-1)?.dynamodb.SequenceNumber ?? reading.position;
  reading.finished = reading.iterator === undefined;
  if (reading.finished) reader.lookedAt = 0;
  if (reading.finished || Records.length > wanted.length) notePositions(reader);
  return Records.length;
}

type BatchDelivery = { reader: Reader; reading: Reading; wanted: StreamRecord[] };

async function deliverInBatches({ reader, reading, wanted }: BatchDelivery): Promise<void> {
  for (let from = 0; from < wanted.length; from += reader.batchSize) {
    const batch = wanted.slice(from, from + reader.batchSize);
    await reader.deliver(batch, reading.shardId);
    reader.taken += batch.length;
    reading.position = batch.at(-1)?.dynamodb.SequenceNumber;
    notePositions(reader);
  }
}

function notePositions(reader: Reader): void {
  reader.unwrittenSince ??= performance.now();
  writePositionsInTime(reader);
}

function writePositionsInTime(reader: Reader): void {
  const { unwrittenSince = Number.POSITIVE_INFINITY } = reader;
  if (performance.now() - unwrittenSince >= writeEvery) writePositions(reader);
}

function writePositions(reader: Reader): void {
  const places = [...reader.readings.values()].map(({ shardId, position, finished }) => [
    shardId,
    { position, finished },
  ]);
  reader.state.write(positionFile(reader), Object.fromEntries(places));
  reader.unwrittenSince = undefined;
}

function positionFile({ id }: { id: string }): string {
  return `position-${id}.json`;
}
