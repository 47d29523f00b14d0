import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, describe, expect, test } from "vitest";
import { closePeriods } from "#functions/statistics/close-periods.ts";
import { closesAt } from "#shared/domain/statistics/closing.ts";
import { type IranianMonth, iranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import { later } from "#shared/domain/time/duration.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { readFiled, readOwnFigures } from "#shared/store/statistics/agency-figures.ts";
import { readClosed, readLastClosed } from "#shared/store/statistics/closed.ts";
import { readPublished, readShown } from "#shared/store/statistics/editions.ts";
import { table } from "#shared/store/table.ts";
import { expectedOf } from "../support/cohort/expected.ts";
import { chance, type Life, lived, lives } from "../support/cohort/lives.ts";
import { withRealTables } from "../support/real-tables.ts";
import { writtenLog } from "../support/written-log.ts";

withRealTables();
const log = writtenLog();
afterAll(log.release);

const count = Number(process.env.FOAD_COHORT ?? 300);
const patienceMs = 150_000 + count * 60;
/** The first of Mehr 1405 in Tehran; the fourteen months last until the end of Aban 1406. */
const begins = "2026-09-22T20:30:00.000Z";
const [first, last] = ["1405-07", "1406-08"];
/** Nothing is filed in this month, which is published all the same. */
const silent = "1406-04";

const months: IranianMonth[] = [];
for (let month = first; month <= last; month = monthsLater(month, 1)) months.push(month);

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
const anHourAfter = (month: IranianMonth) => later(closesAt(month), 60 * 60_000);
const run = (month: IranianMonth) => closePeriods({ now: anHourAfter(month), until: forEver }, 7);

/** The engine takes seconds for a page of ten thousand complaints, for which a function would not wait. */
async function* figures() {
  const patient = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  let start: Record<string, unknown> | undefined;
  do {
    const page = await patient.send(
      new ScanCommand({ TableName: process.env.COMPLAINTS_TABLE, ExclusiveStartKey: start, ConsistentRead: true }),
    );
    for (const item of page.Items ?? []) if (String(item.pk).startsWith("S#")) yield item;
    start = page.LastEvaluatedKey;
  } while (start);
}

/** Everything that is published and everything it was made of, byte for byte. */
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
async function livedAll(all: Life[]): Promise<Life[]> {
  const done: Life[] = [];
  const waiting = all.values();
  const serve = async () => {
    for (const life of waiting) done.push(await lived(life));
  };
  await Promise.all(Array.from({ length: 4 }, serve));
  return done;
}

const planned = lives(count, { from: begins, days: 425, seed: 128 });
let filed: Life[] = [];
let clean = new Map<string, string>();

describe("a province of fourteen months", () => {
  test("is closed month by month, the silent one too, each when its time has come and not before", {
    timeout: patienceMs,
  }, async () => {
    filed = await livedAll(planned.filter(({ filedAt }) => iranianMonth(filedAt) !== silent));
    for (const month of months) {
      const tooEarly = await closePeriods({ now: closesAt(month), until: forEver }, 7);
      expect(tooEarly > closesAt(month)).toBe(true);
      expect((await readLastClosed())?.month).toBe(month === first ? undefined : monthsLater(month, -1));
      await run(month);
      expect(await readLastClosed()).toMatchObject({ month, since: first, asOf: closesAt(month) });
    }
    clean = await published();
  });

  test("has the figures that were planned, in every table, cell and measure of every period", {
    timeout: patienceMs,
  }, async () => {
    const closed = await readClosed({ from: first, to: last });
    const kinds = closed.flatMap(({ periods }) => periods.map(({ kind }) => kind));
    const times = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([times("month"), times("quarter"), times("four-quarters"), times("year")]).toEqual([14, 4, 1, 0]);
    for (const { periods, edition, asOf } of closed)
      for (const period of periods) {
        const within = filed.filter(({ filedAt }) => monthsOf(period).includes(iranianMonth(filedAt)));
        const { tallies } = await readPublished({ period, edition });
        expect(tallies, `${period.kind} ${period.name}`).toEqual(expectedOf(within, asOf));
      }
  });

  test("tells an agency its own work of each quarter, and how much of it there was", async () => {
    const closed = await readClosed({ from: first, to: last });
    const winter = filed.filter(({ filedAt }) => /^1405-1[012]/.test(iranianMonth(filedAt)));
    const gas = expectedOf(winter, closesAt("1405-12")).tables.agency?.gas;
    const own = await readOwnFigures({ agencyId: "gas", closed });
    expect(own.map(({ quarter }) => quarter.name)).toEqual(["1405-Q3", "1405-Q4", "1406-Q1", "1406-Q2"]);
    expect(own[1]?.figures.all).toMatchObject({ all: gas?.all?.[0], "outcome:N": gas?.["outcome:N"]?.[0] });
    for (const one of ["level:1", "extended:not-extended", "time-elapsed:unanswered"])
      expect(own[1]?.figures.all[one] ?? 0, one).toBe((gas?.[one]?.[0] ?? 0) - (gas?.[`unseen:${one}`]?.[0] ?? 0));
    expect(JSON.stringify(own)).not.toMatch(/solved|handling|pressed|unseen/);
    expect(await readFiled({ agencyId: "gas", quarter: "1405-Q4" })).toBe(gas?.all?.[0]);
    expect(await readFiled({ agencyId: "gas", quarter: "1406-Q3" })).toBeUndefined();
    expect(await readFiled({ agencyId: "water", quarter: "1405-Q4" })).toBe(0);
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

  test("shows what is held back and what is few as that, and nothing exact", async () => {
    const [closed] = await readClosed({ from: "1405-12", to: "1405-12" });
    const cells = await readShown({
      period: { kind: "quarter", name: "1405-Q4" },
      edition: closed?.edition ?? "",
      table: "agency",
    });
    expect(cells.length).toBeGreaterThan(30);
    expect(cells.find(({ cell }) => cell === "bank-sepah")?.all).toMatch(/^<5$|^held-back$/);
  });
});

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
