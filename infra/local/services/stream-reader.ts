import * as z from "zod";
import type { StateFolder } from "../state-folder.ts";
import type { Position, Stream, StreamRecord } from "./dynamodb-streams.ts";
import { createNap } from "./nap.ts";

/** An agency's queue hears of a complaint within this; each reader costs DynamoDB Local one cheap call a time. */
const pollEvery = 150;
/** A stream gets a new shard every few hours. */
const lookForShardsEvery = 10_000;

const Positions = z.record(z.string(), z.object({ position: z.string().optional(), finished: z.boolean() }));

type Reading = {
  shardId: string;
  parent: string | undefined;
  position: Position;
  finished: boolean;
  iterator?: string | undefined;
};

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

/** Reads a stream in order, shard after shard; its place is written down only after a batch is done, so none is lost. */
export function startStreamReader({ id, stream, lets, batchSize, deliver, state, stopped }: Options): StreamReader {
  const file = `position-${id}.json`;
  const readings = new Map<string, Reading>();
  const known = state.read(file, Positions) ?? {};
  const nap = createNap();
  let taken = 0;
  let waiting: (() => void)[] = [];
  let lookedAt = 0;

  const save = () => {
    const positions = [...readings.values()].map(({ shardId, position, finished }) => [
      shardId,
      { position, finished },
    ]);
    state.write(file, Object.fromEntries(positions));
  };
  const look = async () => {
    for (const { ShardId, ParentShardId } of await stream.shards())
      if (!readings.has(ShardId))
        readings.set(ShardId, {
          shardId: ShardId,
          parent: ParentShardId,
          position: undefined,
          finished: false,
          ...known[ShardId],
        });
    lookedAt = Date.now();
  };
  const take = async (reading: Reading): Promise<number> => {
    reading.iterator ??= await stream.iteratorAfter(reading.shardId, reading.position);
    const { Records, NextShardIterator } = await stream.page(reading.iterator);
    const wanted = Records.filter(lets);
    for (let from = 0; from < wanted.length; from += batchSize) {
      const batch = wanted.slice(from, from + batchSize);
      await deliver(batch, reading.shardId);
      taken += batch.length;
      reading.position = batch.at(-1)?.dynamodb.SequenceNumber;
      save();
    }
    reading.iterator = NextShardIterator ?? undefined;
    reading.position = Records.at(-1)?.dynamodb.SequenceNumber ?? reading.position;
    reading.finished = reading.iterator === undefined;
    if (reading.finished) lookedAt = 0;
    if (reading.finished || Records.length > wanted.length) save();
    return Records.length;
  };
  const round = async (): Promise<number> => {
    if (Date.now() - lookedAt > lookForShardsEvery) await look();
    let seen = 0;
    for (const reading of readings.values()) {
      const parent = reading.parent === undefined ? undefined : readings.get(reading.parent);
      if (!reading.finished && (parent?.finished ?? true)) seen += await take(reading);
    }
    return seen;
  };
  const run = async () => {
    while (!stopped.aborted) {
      const satisfied = waiting;
      waiting = [];
      const seen = await round().catch((error: unknown) => troubled(error));
      if (seen === 0) for (const resolve of satisfied) resolve();
      else waiting.push(...satisfied);
      if (seen === 0 && waiting.length > 0) continue;
      if (seen <= 0 && !stopped.aborted) await nap.sleep(pollEvery);
    }
  };
  const troubled = (error: unknown): number => {
    for (const reading of readings.values()) reading.iterator = undefined;
    if (!stopped.aborted) console.error(`${id}: reading the stream failed, trying again:`, error);
    return -1;
  };
  stopped.addEventListener("abort", nap.wake);
  return {
    taken: () => taken,
    settled: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        nap.wake();
      }),
    ended: run(),
  };
}
