import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { LocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { apiCaller, type Receipt } from "../support/api-caller.ts";
import { EscalatedComplaint, escalationsIn, expectedEscalations } from "../support/escalation-by-the-rules.ts";
import { aRestartable, freePortRow, type Restartable } from "../support/restarts.ts";
import { provideAssembly } from "../support/synthesized.ts";
import { sizeOf } from "../support/trial-size.ts";

const count = sizeOf("escalation");
const officer = { name: "مریم کریمی" };

let folder = "";
let cloud: Restartable;
let now = Date.now();
let caller: Awaited<ReturnType<typeof apiCaller>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "foad-escalation-"));
  provideAssembly(join(folder, "assembly"));
  cloud = aRestartable({ folder, port: await freePortRow() });
  await cloud.start();
  const clock = { now: () => now } as LocalCloud["clock"];
  caller = await apiCaller({ endpoints: cloud.endpoints(), clock });
});

afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const Clock = z.object({ now: z.iso.datetime() });

async function readClock(): Promise<number> {
  const { now: read } = Clock.parse(await (await fetch(cloud.endpoints().clock)).json());
  return Date.parse(read);
}

/** Moves the cloud's time; a kill in the middle leaves it somewhere before, from where it goes on. */
async function advanceTo(target: number, { killAfterMs }: { killAfterMs?: number } = {}): Promise<void> {
  const minutes = Math.ceil((target - (await readClock())) / 60_000);
  const headers = { "content-type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify({ advance: `PT${Math.max(minutes, 1)}M` }) };
  const advanced = fetch(cloud.endpoints().clock, request).then((answer) => answer.json());
  if (killAfterMs === undefined) {
    await advanced;
  } else {
    advanced.catch(() => undefined);
    await sleep(killAfterMs);
    await cloud.kill();
    await cloud.start();
    if ((await readClock()) < target) await advanceTo(target);
  }
  now = await readClock();
}

async function inParallel<T>(all: T[], each: (one: T) => Promise<unknown>): Promise<void> {
  const waiting = all.values();
  const serve = async () => {
    for (const one of waiting) await each(one);
  };
  await Promise.all(Array.from({ length: 8 }, serve));
}

const act =
  (verb: string, body: unknown) =>
  async ({ id }: Receipt) => {
    const answered = await caller.call({
      as: "agency-social-security",
      method: "POST",
      path: `/v1/agency/complaints/${id}/${verb}`,
      body,
    });
    expect(answered.status, answered.text).toBe(200);
  };

const hours = (n: number) => n * 3_600_000;

test(`${count} complaints climb exactly as the rules say, through ten days and three kills`, async () => {
  const receipts: Receipt[] = [];
  await inParallel(Array.from({ length: count }), async () => receipts.push(await caller.file()));
  const [untouched, late, answered] = [0, 1, 2].map((third) => receipts.filter((_, n) => n % 3 === third));
  const start = now;
  await inParallel(answered ?? [], act("answer", { officer, finding: "founded", cause: "none", text: "درست شد" }));
  const breach = Math.max(...receipts.map(({ acknowledgeBy }) => Date.parse(acknowledgeBy)));
  await advanceTo(breach + hours(0.7), { killAfterMs: 700 });
  await inParallel(late ?? [], act("acknowledgement", { officer }));
  await advanceTo(breach + hours(31), { killAfterMs: 300 });
  await advanceTo(breach + hours(79));
  await advanceTo(breach + hours(90), { killAfterMs: 500 });
  await advanceTo(breach + hours(161));
  await advanceTo(start + hours(24 * 10 - 2));

  const climbs = await viewsOf(receipts);
  const until = new Date(now).toISOString();
  for (const climb of climbs) {
    expect(escalationsIn(climb), climb.id).toEqual(expectedEscalations(climb, until));
    for (const { type, at, dueAt = "" } of climb.history)
      if (type === "escalated") expect(at >= dueAt, climb.id).toBe(true);
  }
  const histogram = Map.groupBy(climbs, ({ level }) => level);
  process.stdout.write(
    `levels after ten days: ${[...histogram]
      .map(([level, all]) => `${level}: ${all.length}`)
      .sort()
      .join(", ")}\n`,
  );
  expect(
    climbs
      .filter(({ level }) => level === 0)
      .map(({ id }) => id)
      .sort(),
  ).toEqual((answered ?? []).map(({ id }) => id).sort());
  expect((untouched ?? []).length + (late ?? []).length).toBe(climbs.filter(({ level }) => level >= 4).length);
});

async function viewsOf(receipts: Receipt[]): Promise<EscalatedComplaint[]> {
  const climbs: EscalatedComplaint[] = [];
  await inParallel(receipts, async ({ id, secret }) => {
    const { body } = await caller.call({ path: `/v1/complaints/${id}`, secret });
    climbs.push(EscalatedComplaint.parse(body));
  });
  return climbs;
}
