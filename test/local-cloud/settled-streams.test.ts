import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { type StreamRecord, startStreamReader } from "#infra/programs/local-cloud/event-sources/stream-reader.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "foad-stream-"));
const stopping = new AbortController();
let ended: Promise<void> | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  stopping.abort();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

/** A stream of one shard, of which the records come when they are put, and how often it was asked. */
function aStream() {
  const records: StreamRecord[] = [];
  const asked = { times: 0 };
  const put = (SequenceNumber: string) =>
    records.push({ eventName: "INSERT", dynamodb: { SequenceNumber, ApproximateCreationDateTime: 0 } });
  const stream = {
    shards: async () => [{ ShardId: "one" }],
    iteratorAfter: async () => "next",
    page: async () => {
      asked.times++;
      return { Records: records.splice(0), NextShardIterator: "next" };
    },
  };
  return { stream, asked, put };
}

test("a stream to which nothing was written since it was found empty is not asked again; after a write it is", async () => {
  const { stream, asked, put } = aStream();
  const delivered: string[] = [];
  const now = 1_000;
  vi.spyOn(performance, "now").mockReturnValue(now);
  let writtenAt = 0;
  const reader = startStreamReader({
    id: "reader",
    stream,
    lets: () => true,
    batchSize: 10,
    deliver: async (records) => void delivered.push(...records.map(({ dynamodb }) => dynamodb.SequenceNumber)),
    writtenAt: () => writtenAt,
    state: openStateFolder(folder),
    stopped: stopping.signal,
  });
  ended = reader.ended;
  const settled = () => reader.settled({ isFirst: false });
  await settled();
  await sleep(300);
  const before = asked.times;
  for (let n = 0; n < 20; n++) await settled();
  expect(asked.times - before).toBeLessThan(3);
  for (let n = 0; n < 20; n++) await reader.settled({ isFirst: true });
  expect(asked.times - before).toBeGreaterThan(15);

  // Answered less than ten milliseconds before it was found empty, so it may come a moment later.
  writtenAt = now - 9;
  await settled();
  await settled();
  expect(delivered).toEqual([]);
  put("7");
  await settled();
  expect(delivered).toEqual(["7"]);
});
