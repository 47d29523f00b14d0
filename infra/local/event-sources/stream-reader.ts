import * as z from "zod";
import type { StateFolder } from "../machine/state-folder.ts";
import type { Position, Stream, StreamRecord } from "./dynamodb-streams.ts";
import { createNap } from "./nap.ts";

/** An agency's queue hears of a complaint within this; each reader costs DynamoDB Local one cheap call a time. */
const pollEvery = 150;
/** A stream gets a new shard every few hours. */
const lookForShardsEvery = 10_000;

const Positions = z.record(z.string(), z.object({ position: z.string().optional(), finished: z.boolean() }));

export type StreamReader = {
  /** Resolves once it has read to the tip and everything read is delivered. */
  settled(): Promise<void>;
  taken(): number;
  ended: Promise<void>;
};

type Options = {
  id: string;
  stream: Stream;
  lets: (record: unknown) => boolean;
  batchSize: number;
  deliver: (records: StreamRecord[], shardId: string) => Promise<void>;
  state: StateFolder;
  stopped: AbortSignal;
};

/** How far one shard is read; the iterator is taken anew whenever it is missing. */
type Reading = {
  shardId: string;
  parent: string | undefined;
  position: Position;
  finished: boolean;
  iterator?: string | undefined;
};

type Reader = Options & {
  /** What the last run left. */
  known: z.infer<typeof Positions>;
  readings: Map<string, Reading>;
  nap: ReturnType<typeof createNap>;
  taken: number;
  waiting: (() => void)[];
  lookedAt: number;
};

/** Reads a stream in order, shard after shard; its place is written down only after a batch is done, so none is lost. */
export function startStreamReader(options: Options): StreamReader {
  const reader: Reader = {
    ...options,
    known: options.state.read(positionFile(options), Positions) ?? {},
    readings: new Map(),
    nap: createNap(),
    taken: 0,
    waiting: [],
    lookedAt: 0,
  };
  options.stopped.addEventListener("abort", reader.nap.wake);
  const settled = () =>
    new Promise<void>((resolve) => {
      reader.waiting.push(resolve);
      reader.nap.wake();
    });
  return { taken: () => reader.taken, settled, ended: readOn(reader) };
}

async function readOn(reader: Reader): Promise<void> {
  while (!reader.stopped.aborted) {
    // Who asks during a round may have written behind its back, and waits for the next.
    const asked = reader.waiting.splice(0);
    const seen = await readRound(reader).catch((error: unknown) => recover(reader, error));
    if (seen === 0) for (const resolve of asked) resolve();
    else reader.waiting.push(...asked);
    const atTip = seen === 0 && reader.waiting.length === 0;
    if ((atTip || seen === "failed") && !reader.stopped.aborted) await reader.nap.sleep(pollEvery);
  }
}

/** Takes one page of every shard whose parent is finished, and returns how many records there were. */
async function readRound(reader: Reader): Promise<number> {
  if (Date.now() - reader.lookedAt > lookForShardsEvery) await lookForShards(reader);
  let seen = 0;
  for (const reading of reader.readings.values()) {
    const parent = reading.parent === undefined ? undefined : reader.readings.get(reading.parent);
    if (!reading.finished && (parent?.finished ?? true)) seen += await readPage(reader, reading);
  }
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
  await deliverInBatches({ reader, reading, wanted });
  reading.iterator = NextShardIterator ?? undefined;
  reading.position = Records.at(-1)?.dynamodb.SequenceNumber ?? reading.position;
  reading.finished = reading.iterator === undefined;
  if (reading.finished) reader.lookedAt = 0;
  if (reading.finished || Records.length > wanted.length) writePositions(reader);
  return Records.length;
}

type Delivery = { reader: Reader; reading: Reading; wanted: StreamRecord[] };

async function deliverInBatches({ reader, reading, wanted }: Delivery): Promise<void> {
  for (let from = 0; from < wanted.length; from += reader.batchSize) {
    const batch = wanted.slice(from, from + reader.batchSize);
    await reader.deliver(batch, reading.shardId);
    reader.taken += batch.length;
    reading.position = batch.at(-1)?.dynamodb.SequenceNumber;
    writePositions(reader);
  }
}

function writePositions(reader: Reader): void {
  const places = [...reader.readings.values()].map(({ shardId, position, finished }) => [
    shardId,
    { position, finished },
  ]);
  reader.state.write(positionFile(reader), Object.fromEntries(places));
}

function positionFile({ id }: { id: string }): string {
  return `position-${id}.json`;
}
