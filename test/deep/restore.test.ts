import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { loadProvince } from "#shared/province/province-file.ts";
import type { Received } from "../support/agency-inbox.ts";
import type { Receipt } from "../support/api-caller.ts";
import { aRun, type Run } from "../support/erased-cases.ts";
import { copyOf, restoreTables } from "../support/local-tables.ts";
import { processingFunction } from "../support/planted-assembly.ts";
import { synthesizeProvince } from "../support/restarted-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";

const count = sizeOf("restore");
const root = join(import.meta.dirname, "../..");
const provinceFile = join(root, "infra/provinces/qazvin.json");
const folder = mkdtempSync(join(tmpdir(), "foad-restore-"));
const state = join(folder, "state");
const agencyId = "gas";
const officer = { name: "مریم رستمی" };
const citizen = { name: "زهرا کریمی", nationalId: "0012345679" };
const forgetter = processingFunction("RetentionEraserapplyretention");
const Tables = z.object({
  complaints: z.object({ name: z.string(), streamLabel: z.string() }),
  identities: z.string(),
});
const Feed = z.object({ items: z.array(z.object({ id: z.string(), source: z.string() })) });

let run: Run;
let filed: Receipt[] = [];
let lost: Receipt[] = [];
/** One complaint with the secrets that were renewed after the instant of the restore. */
let dead: Receipt[] = [];
let to = "";
let before: Received[] = [];
let after: Received[] = [];
let said = "";
let durationMs = 0;

const named = ({ event: { source, id } }: Received) => `${source} ${id}`;
const isBy = (until: string) => (one: Received) => one.event.time <= until;

async function done(call: Parameters<Run["call"]>[0], status = 200) {
  const answered = await run.call({ method: "POST", ...call });
  expect(answered.status, answered.text).toBe(status);
}
const messageOf = ({ id, secret }: Receipt) =>
  done({ secret, path: `/v1/complaints/${id}/messages`, body: { text: "هنوز خبری نشده است." } }, 201);
const acknowledged = ({ id }: Receipt) =>
  done({ as: `agency-${agencyId}`, path: `/v1/agency/complaints/${id}/acknowledgement`, body: { officer } });
const held = ({ id }: Receipt, method: "PUT" | "DELETE") =>
  done({ as: "admin", method, path: `/v1/admin/holds/${id}`, body: { reason: "به دستور دادگاه" } });
const erased = ({ id, secret }: Receipt) => done({ secret, method: "DELETE", path: `/v1/complaints/${id}/identity` });
const consented = ({ id, secret }: Receipt, shareWithAgency: boolean) =>
  done({ secret, path: `/v1/complaints/${id}/consent`, body: { shareWithAgency } });
const renewed = async (receipt: Receipt): Promise<Receipt> => {
  const path = `/v1/inspector/complaints/${receipt.id}/secret`;
  const { nationalId } = citizen;
  const { body } = await run.call({ as: "inspector-1", method: "POST", path, body: { nationalId } });
  return { ...receipt, ...z.object({ secret: z.string(), phoneSecret: z.string() }).parse(body) };
};
const holdOf = async ({ id }: Receipt) => {
  const { body } = await run.call({ as: "admin", path: `/v1/admin/holds/${id}` });
  return z.object({ held: z.boolean() }).parse(body).held;
};
const filedMany = async (howMany: number) => {
  const all: Receipt[] = [];
  for (let n = 0; n < howMany; n++) all.push(await run.file({ agencyId, citizen }));
  return all;
};
const [toErase, toHold, toLift, erasedEarlier, toTakeBack, toShareAgain, toRenew] = [0, 1, 2, 3, 4, 5, 6];
const one = (n: number) => filed[n] ?? expect.unreachable();

/** Written, copied as a backup has it, gone on with, lost, restored under other names, and served again. */
beforeAll(async () => {
  run = await aRun({ folder, state });
  filed = await filedMany(count);
  for (const receipt of filed.slice(0, count / 2)) await acknowledged(receipt);
  await held(one(toLift), "PUT");
  await erased(one(erasedEarlier));
  await consented(one(toTakeBack), true);
  for (const shares of [true, false, true]) await consented(one(toShareAgain), shares);
  await run.quiet();
  to = new Date(run.clock.now()).toISOString();
  const copy = await copyOf(run.environment);
  await run.clock.advance(60_000);
  for (const receipt of filed) await messageOf(receipt);
  lost = await filedMany(3);
  await erased(one(toErase));
  await held(one(toHold), "PUT");
  await held(one(toLift), "DELETE");
  await consented(one(toTakeBack), false);
  dead = [one(toRenew), await renewed(one(toRenew))];
  filed[toRenew] = await renewed(one(toRenew));
  await run.quiet();
  before = await run.receiveAll(agencyId);
  const began = performance.now();
  await restoreTables(run.environment, copy);
  await switchedOver();
  durationMs = performance.now() - began;
}, 600_000);
afterAll(async () => {
  await run?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function switchedOver(): Promise<void> {
  const [complaints, identities] = ["Restored-Complaints", "Restored-Identities"];
  const env = {
    ...process.env,
    FOAD_STATE_FOLDER: state,
    FOAD_PROVINCE_FILE: provinceFile,
    IDENTITIES_TABLE: undefined,
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["infra/programs/operator/restore.ts", complaints, identities],
    {
      cwd: root,
      env,
    },
  );
  said = stdout;
  const tables = Tables.parse(JSON.parse(/"tables": (.*)/.exec(stdout)?.[1] ?? ""));
  const made = await synthesizeProvince({ ...loadProvince(provinceFile), tables, restorePoints: [to] }, folder);
  await run.stop();
  run = await aRun({ folder, state, assembly: made.assembly });
}

test("holds and erasures that were ordered since stand before anything is served", async () => {
  expect(said).toContain("5 were missing");
  for (const table of ["Complaints", "Identities"]) expect(said).toContain(`expiry of items of Restored-${table}: on`);
  expect(await Promise.all([toHold, toLift, toErase].map((n) => holdOf(one(n))))).toEqual([true, false, false]);
  const { identities } = await run.tables.allItems();
  const isKept = (n: number) => identities.some(({ pk, name }) => pk === one(n).id && name !== undefined);
  expect([toErase, erasedEarlier, toHold].map(isKept)).toEqual([false, false, true]);
  const isShared = (n: number) =>
    identities.some(({ pk, name }) => pk === `shared#${agencyId}#${one(n).id}` && name !== undefined);
  expect([toTakeBack, toShareAgain].map(isShared)).toEqual([false, true]);
  // Forgetting finds nothing more to follow.
  await run.invoke(forgetter, {});
  const logs = readFileSync(join(state, "logs", `${forgetter}.log`), "utf8");
  expect(logs).not.toContain("restored tables follow");
});

test("what was written by then is there, what came later is not", async () => {
  for (const { id, secret } of filed)
    expect((await run.call({ secret, path: `/v1/complaints/${id}` })).status).toBe(200);
  for (const { id, secret } of lost)
    expect((await run.call({ secret, path: `/v1/complaints/${id}` })).status).toBe(404);
});

test("a secret that was renewed since opens nothing again, and the last one still does", async () => {
  const { id, secret, phoneSecret } = one(toRenew);
  for (const proof of [secret, phoneSecret])
    expect((await run.call({ secret: proof, path: `/v1/complaints/${id}` })).status).toBe(200);
  for (const proof of dead.flatMap((receipt) => [receipt.secret, receipt.phoneSecret]))
    expect((await run.call({ secret: proof, path: `/v1/complaints/${id}` })).status).toBe(404);
});

test("no event is told twice, none of what happened by then was missed, and what is new is told under a source of its own", async () => {
  for (const receipt of filed) await messageOf(receipt);
  const again = await filedMany(2);
  await run.quiet();
  after = await run.receiveAll(agencyId);
  const all = [...before, ...after].map(named);
  expect(new Set(all).size).toBe(all.length);
  const { items } = await run.tables.allItems();
  const stored = items.flatMap(({ sk, complaintId, version, at }) =>
    String(sk).startsWith("EVENT#") ? [{ id: `${complaintId}/${version}`, at: String(at) }] : [],
  );
  const byThen = stored.filter(({ at }) => at <= to).map(({ id }) => id);
  expect(
    before
      .filter(isBy(to))
      .map(({ event }) => event.id)
      .sort(),
  ).toEqual(byThen.sort());
  expect(after.map(({ event }) => event.id).sort()).toEqual(
    stored
      .filter(({ at }) => at > to)
      .map(({ id }) => id)
      .sort(),
  );
  expect(after.length).toBe(filed.length + again.length);
  expect(new Set(before.map(({ event }) => event.source))).toEqual(new Set(["foad/qazvin"]));
  expect(new Set(after.map(({ event }) => event.source))).toEqual(new Set(["foad/qazvin/restored-1"]));
});

test("a reader of the feed goes on after its last event of before the instant, and reads what is new and nothing else", async () => {
  await run.clock.advance(60_000);
  const read = (query: string) => run.call({ as: `agency-${agencyId}`, path: `/v1/agency/events?limit=100&${query}` });
  const gone = before.find(({ event }) => event.subject === lost[0]?.id) ?? expect.unreachable();
  expect((await read(`after=${encodeURIComponent(gone.event.id)}`)).status).toBe(400);
  const placeOf = ({ event: { time, data } }: Received) => `${time} ${String(data.version).padStart(6, "0")}`;
  const [last] = before.filter(isBy(to)).sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
  const { items } = Feed.parse((await read(`after=${encodeURIComponent(last?.event.id ?? "")}`)).body);
  expect(items.map(({ source, id }) => `${source} ${id}`).sort()).toEqual(after.map(named).sort().slice(0, 100));
  const numbers = new Set(before.filter((told) => !isBy(to)(told)).map(({ event }) => event.id));
  const given = after.filter(({ event }) => numbers.has(event.id)).length;
  process.stdout.write(
    `restored to ${to}: ${filed.length} complaints served again after ${Math.round(durationMs)} ms; ${numbers.size} events told that are lost, with ${lost.length} complaints; ${after.length} new ones, ${given} of them with numbers given before, under another source; 0 told twice, 0 missed; 5 orders followed\n`,
  );
  expect(given).toBeGreaterThan(0);
});
