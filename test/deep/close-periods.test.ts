import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DeleteCommand, DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closePeriods } from "#functions/figures/close-periods.function.ts";
import { countAgencyFigures } from "#functions/figures/count-agency-figures.function.ts";
import { readAgencyFigureMonths, readAgencyFigures } from "#functions/figures/own-figures.store.ts";
import { closesAt, tablesOfPeriod } from "#functions/figures/publication.ts";
import { readAgencyCount, readClosedBetween, readLastClosed, readTable } from "#functions/figures/published.store.ts";
import { countedProvince, figureIds } from "#shared/province/slices.static.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { addMonths, type IranianMonth, iranianMonth, monthsOf, type Period } from "#shared/time/period.ts";
import { expectedOf, expectedTables } from "../support/cohort/expected.ts";
import { type ComplaintLife, chance, createLives, runLife } from "../support/cohort/lives.ts";
import { withRealTables } from "../support/real-tables.ts";
import { sizeOf } from "../support/trial-size.ts";
import { captureLog } from "../support/written-log.ts";

withRealTables();
const key = "a key for tests";
mockClient(SecretsManagerClient).on(GetSecretValueCommand).resolves({ SecretString: key });
beforeAll(() => {
  process.env.STATISTICS_KEY_SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:statistics";
});
const log = captureLog();
afterAll(log.release);

const count = sizeOf("cohort");
const patienceMs = 150_000 + count * 300;
/** The first of Mehr 1405 in Tehran; the fourteen months last until the end of Aban 1406. */
const begins = "2026-09-22T20:30:00.000Z";
const [first, last] = ["1405-07", "1406-08"];
/** Nothing is filed in this month, which is published all the same. */
const silent = "1406-04";

const months: IranianMonth[] = [];
for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);

/** Writes of the run that is under way; the one with this number ends it, before it is made or right after. */
let writes = 0;
let fatal: { at: number; when: "before" | "after" } | undefined;
table.middlewareStack.add(
  (next, { commandName = "" }) =>
    async (args) => {
      const dies = /^(TransactWrite|Put)/.test(commandName) && ++writes === fatal?.at;
      if (dies && fatal?.when === "before") throw new Error("killed");
      const result = await next(args);
      if (dies) throw new Error("killed");
      return result;
    },
  { step: "initialize", name: "killed" },
);

const forEver = Number.POSITIVE_INFINITY;
const anHourAfter = (month: IranianMonth) => addMilliseconds(closesAt(month), 60 * 60_000);
const run = (month: IranianMonth) => closePeriods({ now: anHourAfter(month), until: forEver }, 7);

/** The engine takes seconds for a page of ten thousand complaints, for which a function would not wait. */
async function* figures() {
  const patient = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  let start: Record<string, unknown> | undefined;
  do {
    const page = await patient.send(
      new ScanCommand({ TableName: process.env.COMPLAINTS_TABLE, ExclusiveStartKey: start, ConsistentRead: true }),
    );
    for (const item of page.Items ?? []) if (String(item.pk).startsWith("STATISTICS#")) yield item;
    start = page.LastEvaluatedKey;
  } while (start);
}

/** Everything that is published, byte for byte. */
async function published(): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for await (const { pk, sk, ...item } of figures())
    if (!String(pk).startsWith(partitions.counting)) {
      const bytes = item.figures instanceof Uint8Array ? Buffer.from(item.figures).toString("base64") : item;
      all.set(`${pk} ${sk}`, JSON.stringify(bytes));
    }
  return all;
}

async function nothingPublished(): Promise<void> {
  for await (const { pk, sk } of figures())
    await table.send(new DeleteCommand({ TableName: process.env.COMPLAINTS_TABLE, Key: { pk, sk } }));
}

/** Four at a time: the engine, which all files of a run share, takes no hundred connections at once. */
async function livedAll(all: ComplaintLife[]): Promise<ComplaintLife[]> {
  const done: ComplaintLife[] = [];
  const waiting = all.values();
  const serve = async () => {
    for (const life of waiting) done.push(await runLife(life));
  };
  await Promise.all(Array.from({ length: 4 }, serve));
  return done;
}

const planned = createLives(count, { from: begins, days: 425, seed: 128 });
let filed: ComplaintLife[] = [];
let clean = new Map<string, string>();

describe("a province of fourteen months", () => {
  test("is closed month by month, the silent one too, each when its time has come and not before", {
    timeout: patienceMs,
  }, async () => {
    filed = await livedAll(planned.filter(({ filedAt }) => iranianMonth(filedAt) !== silent));
    for (const month of months) {
      const tooEarly = await closePeriods({ now: closesAt(month), until: forEver }, 7);
      expect(tooEarly > closesAt(month)).toBe(true);
      expect((await readLastClosed())?.month).toBe(month === first ? undefined : addMonths(month, -1));
      await run(month);
      expect(await readLastClosed()).toMatchObject({ month, firstMonth: first, asOf: closesAt(month) });
    }
    clean = await published();
  });

  test("has the figures that were planned, rounded to the bit, in every table and breakdown of every period", {
    timeout: patienceMs,
  }, async () => {
    const closed = await readClosedBetween({ from: first, to: last });
    const kinds = closed.flatMap(({ periods }) => periods.map(({ kind }) => kind));
    const times = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([times("month"), times("quarter"), times("four-quarters")]).toEqual([14, 4, 1]);
    const groupOf = (id: string) => countedProvince.agencies.find((one) => one.id === id)?.peerGroup;
    for (const { periods, edition, asOf } of closed)
      for (const period of periods) {
        const expected = expectedTables(expectedOf(filedWithin(period), asOf), { ...period, key, groupOf });
        const tables = await Promise.all(
          tablesOfPeriod(period.kind).map(async (one) => [one, await readTable({ period, edition, table: one })]),
        );
        expect(Object.fromEntries(tables), `${period.kind} ${period.name}`).toEqual(expected);
      }
  });

  test("has no number that is not a multiple of five", async () => {
    const [closed] = await readClosedBetween({ from: "1406-06", to: "1406-06" });
    const { edition = "", periods = [] } = closed ?? {};
    for (const period of periods)
      for (const one of tablesOfPeriod(period.kind))
        for (const { count, breakdowns = {} } of await readTable({ period, edition, table: one })) {
          const numbers = [count, ...Object.values(breakdowns).flatMap((parts) => Object.values(parts))];
          expect(numbers.filter((n) => n % 5 !== 0)).toEqual([]);
        }
  });

  test("draws calls by the counts that are published of each agency in each quarter", async () => {
    const period = { kind: "quarter", name: "1405-Q4" } as const;
    const [closed] = await readClosedBetween({ from: "1405-12", to: "1405-12" });
    const cells = await readTable({ period, edition: closed?.edition ?? "", table: "agency" });
    expect(cells.length).toBe(figureIds.agency.length);
    for (const { cell, count } of cells)
      expect(await readAgencyCount({ agencyId: cell, quarter: period.name })).toBe(count);
    expect(await readAgencyCount({ agencyId: "gas", quarter: "1406-Q3" })).toBeUndefined();
  });

  test("is never published anew", { timeout: patienceMs }, async () => {
    await run(last);
    expect(await published()).toEqual(clean);
  });

  test("is published to the same bytes where the job is killed twenty times while it writes", {
    timeout: patienceMs,
  }, async () => {
    await nothingPublished();
    const draw = chance(7);
    let kills = 0;
    for (const month of months)
      for (let isClosed = false; !isClosed; ) {
        fatal = kills < 20 ? { at: 1 + draw.below(40), when: draw.of(["before", "after"] as const) } : undefined;
        writes = 0;
        const before = (await readLastClosed())?.month;
        const outcome = await run(month).then(
          () => "ended",
          () => "killed",
        );
        if (outcome === "killed") kills++;
        fatal = undefined;
        isClosed = (await readLastClosed())?.month === month;
        if (!isClosed) expect((await readLastClosed())?.month).toBe(before);
      }
    expect(kills).toBe(20);
    const again = await published();
    // A run that was killed after its last write has published, and says so a run later.
    expect(again).toEqual(clean);
  });

  test("has each agency's own figures by that agency's own events, month after month, made once", {
    timeout: patienceMs,
  }, async () => {
    for (const month of months) {
      const now = anHourAfter(month);
      expect(await countAgencyFigures({ now: closesAt(month), until: forEver })).toBe(
        addMilliseconds(closesAt(month), 600_000),
      );
      expect(await countAgencyFigures({ now, until: forEver })).toBe(
        addMilliseconds(closesAt(addMonths(month, 1)), 600_000),
      );
    }
    expect(await readAgencyFigureMonths(99)).toEqual(months.toReversed());
    let received = 0;
    for (const agencyId of new Set(planned.map((life) => life.agencyId)))
      for (const month of months) {
        const { all = {} } = (await readAgencyFigures({ agencyId, month })) ?? {};
        expect(all, `${agencyId} ${month}`).toMatchObject(receivedBy(agencyId, month));
        expect(JSON.stringify(all)).not.toMatch(/solved|handling|pressured|called|acceptance/);
        received += all.all ?? 0;
      }
    expect(received).toBeGreaterThan(filed.length / 2);
    expect(await readAgencyFigures({ agencyId: "post", month: first })).toEqual({ all: {}, categories: {} });
  });
});

/** How many complaints an agency received in a month, and how many of those it transferred out and did not get back. */
function receivedBy(agencyId: string, month: IranianMonth): Record<string, number> {
  const known = filed.filter(({ isRetaliation }) => !isRetaliation);
  const transfersOf = (life: ComplaintLife) =>
    life.steps.flatMap((step) => (step.what === "transferred" ? [step] : []));
  const received = known.filter((life) =>
    [
      ...(life.agencyId === agencyId ? [life.filedAt] : []),
      ...transfersOf(life).flatMap(({ to, at }) => (to === agencyId ? [at] : [])),
    ].some((at) => iranianMonth(at) === month),
  );
  const out = received.filter(
    (life) =>
      life.agencyId === agencyId && transfersOf(life).some(({ by, at }) => by === "agency" && at < closesAt(month)),
  );
  const counts = {
    all: received.length,
    "transferred-out:transferred-out": out.length,
    "transferred-out:not-transferred-out": received.length - out.length,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));
}

function filedWithin(period: Period): ComplaintLife[] {
  return filed.filter(({ filedAt }) => monthsOf(period).includes(iranianMonth(filedAt)));
}

test("a run that has no more time goes on in the next", { timeout: patienceMs }, async () => {
  await nothingPublished();
  let runs = 0;
  while ((await readLastClosed())?.month !== first) {
    // Time for one segment and no more.
    await closePeriods({ now: anHourAfter(first), until: performance.now() }, 7);
    runs++;
  }
  expect(runs).toBeGreaterThan(8);
});
