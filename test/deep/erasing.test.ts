import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { needlesLeaked } from "../support/canaries.ts";
import { aRun, type Run, someCases } from "../support/erased-cases.ts";
import { processingFunction } from "../support/planted-assembly.ts";
import { killProcessesOf } from "../support/processes.ts";
import { sizeOf } from "../support/trial-size.ts";

const count = sizeOf("erasing");
const dayMs = 24 * 60 * 60_000;
const folder = mkdtempSync(join(tmpdir(), "foad-erasing-"));
const state = join(folder, "state");
const began = Date.now();
const functionOf = (of: string) => processingFunction(of);
const forgetter = functionOf("RetentionEraserapplyretention");
const closer = functionOf("StatisticsCountercloseperiods");
let run: Run;
let cases: Awaited<ReturnType<typeof someCases>>;
let before: Awaited<ReturnType<typeof everything>>;
let kills = 0;

beforeAll(async () => {
  run = await aRun({ folder, state });
  cases = await someCases(run, count);
  await run.quiet();
  // A month is closed, so that it is known since when there is anything to forget.
  await reopenedAfter(62);
  // Only now: the first run of what forgets follows the orders that it finds, and would leave nothing empty.
  for (const { secret, id } of cases.filter(({ isErased }) => isErased))
    expect((await run.call({ secret, method: "DELETE", path: `/v1/complaints/${id}/identity` })).status).toBe(200);
  before = await everything();
}, 3_600_000);
afterAll(async () => {
  await run?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The same state so many days after the cases were closed, with what runs by the hour run once. */
async function reopenedAfter(days: number): Promise<void> {
  await run.stop();
  run = await aRun({ folder, state, startsAt: began + days * dayMs });
  await run.runRarest();
}

const Answer = z.object({ nextDueAt: z.iso.datetime() });

/** Forgetting is killed in the midst of it, several times, and then comes to its end. */
async function forgottenAfter(days: number): Promise<void> {
  await run.stop();
  run = await aRun({ folder, state, startsAt: began + days * dayMs });
  for (let n = 1; n <= 5; n++) {
    const going = run.invoke(forgetter, {}).catch(() => "killed");
    await sleep(n * 400);
    killProcessesOf("applyretention");
    // One that had come to its end is killed as well, and nothing is shown by that.
    if ((await going) === "killed") kills++;
    // Else the next would be given to the process that is dying.
    await sleep(300);
  }
  let dueAgain = 0;
  // Each run has six seconds, in which a busy machine gets less far; when all is walked, it is due again a day later.
  for (let n = 0; n < Math.max(3, count / 10) || dueAgain < began + (days + 0.5) * dayMs; n++)
    dueAgain = Date.parse(Answer.parse(await run.invoke(forgetter, {})).nextDueAt);
}

type Item = Record<string, unknown>;

/** Every store, index, file and log that may hold anything of a case. */
async function everything() {
  const tables = await run.tables.allItems();
  const logs = globSync("*", { cwd: join(state, "logs") }).map((file) =>
    readFileSync(join(state, "logs", file), "utf8"),
  );
  return {
    ...tables,
    files: await filesKept(),
    logs: logs.join("\n"),
    queues: JSON.stringify(await run.receiveEverywhere()),
  };
}

async function filesKept(): Promise<string[]> {
  const endpoint = run.environment.AWS_ENDPOINT_URL_S3 ?? "";
  const s3 = new S3Client({ ...clientSettings, endpoint, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const listed = Buckets.map(({ Name }) => s3.send(new ListObjectsV2Command({ Bucket: Name, Prefix: "clean/" })));
  const keys = (await Promise.all(listed)).flatMap(({ Contents = [] }) => Contents.map(({ Key = "" }) => Key));
  s3.destroy();
  return keys;
}

/** The files of these cases: in the bucket of attachments, and in its backup. */
const inBoth = (some: typeof cases) =>
  some
    .flatMap(({ attachmentId }) => (attachmentId ? [`clean/${attachmentId}`, `clean/${attachmentId}`] : []))
    .toSorted();

const of = (items: Item[], ids: Set<string>) =>
  items.filter(({ pk }) => ids.has(String(pk).replace(/^(COMPLAINT|CONFIDENTIAL|shared|call)#(.*#)?/, "")));
const idsOf = (isHeld: boolean) => new Set(cases.filter((one) => one.isHeld === isHeld).map(({ id }) => id));
const needlesOf = (isHeld: boolean, which: "who" | "words") =>
  new Set(cases.filter((one) => one.isHeld === isHeld).flatMap((one) => one[which]));

/** Held cases are whole; their items stand as they stood. */
function expectHeldWhole({ items, indexed, identities }: typeof before): void {
  const held = idsOf(true);
  expect(held.size).toBe(Math.ceil(count / 10));
  for (const [now, then] of [
    [items, before.items],
    [indexed, before.indexed],
    [identities, before.identities],
  ] as const)
    expect(of(now, held)).toEqual(of(then, held));
  for (const which of ["who", "words"] as const)
    expect(needlesLeaked(needlesOf(true, which), JSON.stringify([items, identities])).length).toBe(
      needlesOf(true, which).size,
    );
}

/** Who is told of no hold finds of every case what is found of one that was forgotten; citizen and inspectors read held ones. */
async function expectHoldsUntold({ status }: { status: 200 | 404 }): Promise<void> {
  const held = cases.filter(({ isHeld }) => isHeld);
  expect(held.some(({ attachmentId }) => attachmentId)).toBe(true);
  for (const { id, secret, words, attachmentId } of held) {
    const path = `/v1/agency/complaints/${id}`;
    const asAgency = await run.call({ as: "agency-gas", path });
    expect(asAgency.status).toBe(status);
    expect((await run.call({ as: "agency-gas", path: `${path}/deadlines` })).status).toBe(status);
    const file = `${path}/attachments/${attachmentId}`;
    expect((await run.call({ as: "agency-gas", path: file })).status).toBe(404);
    const message = { officer: { name: "مریم کریمی" }, text: "پیگیری می‌شود" };
    const moved = await run.call({ as: "agency-gas", method: "POST", path: `${path}/messages`, body: message });
    expect(moved.status).toBe(status === 200 ? 409 : 404);
    const lists = ["complaints?status=closed&limit=100", "events?limit=100"];
    const listed = await Promise.all(lists.map((list) => run.call({ as: "agency-gas", path: `/v1/agency/${list}` })));
    if (status === 404) for (const { text } of listed) expect(text).not.toContain(id);
    expectGone(
      new Set(words),
      [asAgency, ...listed].map(({ text }) => text),
    );
    if (status === 200) expect(asAgency.text).toContain("█████");
    const reads = [
      { secret, path: `/v1/complaints/${id}` },
      { as: "inspector-1", path: `/v1/inspector/complaints/${id}` },
    ];
    for (const read of reads)
      expect(needlesLeaked(new Set(words), (await run.call(read)).text).length).toBeGreaterThan(5);
  }
}

const expectGone = (needles: Set<string>, places: unknown) =>
  expect(needlesLeaked(needles, JSON.stringify(places)), "what may be held no longer").toEqual([]);

test("all that is to be forgotten is there before", () => {
  for (const which of ["who", "words"] as const)
    expect(needlesLeaked(needlesOf(false, which), JSON.stringify([before.items, before.identities])).length).toBe(
      needlesOf(false, which).size,
    );
  expect(before.files.toSorted()).toEqual(inBoth(cases));
});

test("after two years nobody is known any more by the table of identities, but of held cases", async () => {
  await forgottenAfter(800);
  const now = await everything();
  expectGone(needlesOf(false, "who"), now.identities);
  const erased = new Set(cases.filter(({ isErased }) => isErased).map(({ id }) => id));
  expect(erased.size).toBeGreaterThan(0);
  const left = of(now.identities, idsOf(false));
  // What a citizen had erased left an empty item, and one for the agency that had a copy.
  expect(left).toEqual(of(before.identities, erased));
  expect(left.length).toBe(2 * erased.size);
  for (const item of left) expect(Object.keys(item)).toEqual(["pk"]);
  expectHeldWhole(now);
  // Until the year in which they were filed is published, no case is forgotten as a whole.
  await run.invoke(closer, {});
}, 1_200_000);

test("after five years no text, name or file is left in any store, index or log, and each case still reads as one", async () => {
  await forgottenAfter(1_900);
  const now = await everything();
  for (const which of ["who", "words"] as const) expectGone(needlesOf(false, which), now);
  expect(now.files.toSorted()).toEqual(inBoth(cases.filter(({ isHeld }) => isHeld)));
  expectHeldWhole(now);
  for (const one of cases.filter(({ isHeld }) => !isHeld)) await run.expectReadable(one);
  await expectHoldsUntold({ status: 200 });
}, 1_200_000);

test("after ten years nothing says that a case ever was, and figures stand as they stood", async () => {
  await forgottenAfter(3_800);
  const now = await everything();
  const ids = idsOf(false);
  expect([...ids].filter((id) => JSON.stringify([now.items, now.indexed, now.identities]).includes(id))).toEqual([]);
  expectHeldWhole(now);
  for (const { id, secret } of cases.filter(({ isHeld }) => !isHeld))
    expect((await run.call({ secret, path: `/v1/complaints/${id}` })).status).toBe(404);
  await expectHoldsUntold({ status: 404 });
  const figures = (items: Item[]) =>
    items.filter(({ pk }) => /^STATISTICS#(published|agency|closed|waiting)/.test(String(pk)));
  expect(figures(before.items).length).toBeGreaterThan(0);
  expect(figures(now.items)).toEqual(expect.arrayContaining(figures(before.items)));
  const [ledger] = [now.items.filter(({ pk, sk }) => pk === "RETENTION" && String(sk).startsWith("erased-count#"))];
  const total = (kind: string) => ledger.reduce((sum, item) => sum + Number(item[kind] ?? 0), 0);
  const gone = ids.size;
  expect({ texts: total("texts"), complaints: total("complaints") }).toEqual({ texts: gone, complaints: gone });
  const planted = needlesOf(false, "who").size + needlesOf(false, "words").size;
  process.stdout.write(
    `${gone} cases with ${planted} canaries forgotten, ${count - gone} held ones whole; killed ${kills} times; identities ${total("identities")}, texts ${total("texts")}, cases ${total("complaints")} in the ledger; ${now.files.length} of ${before.files.length} files left\n`,
  );
  expect(kills).toBeGreaterThan(0);
}, 1_200_000);
