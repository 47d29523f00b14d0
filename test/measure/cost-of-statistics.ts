import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { closePeriods } from "#functions/figures/close-periods.function.ts";
import { countAgencyFigures } from "#functions/figures/count-agency-figures.function.ts";
import { countWaitingComplaints } from "#functions/figures/count-waiting.job.ts";
import { closesAt } from "#functions/figures/publication.ts";
import { readLastClosed } from "#functions/figures/published.store.ts";
import { table } from "#shared/storage/table.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { addMonths } from "#shared/time/period.ts";
import { createLives, runLife } from "../support/cohort/lives.ts";
import { meter } from "./capacity.ts";
import { startDeployed } from "./deployed-functions.ts";
import { prices } from "./prices.ts";

/** What counting a million complaints may cost, in dollars. */
const budget = 4;
/** A month; the figures of a year are made of it, its quarters and its four quarters. */
const filedAMonth = Number(process.env.FOAD_MONTHLY ?? 160);
/** Below it a year's fixed reads and runs outweigh what grows with complaints. */
const fewest = 1_000;
const months = 15;
const begins = "2026-09-22T20:30:00.000Z";
/** Counted complaints are written as they come; one entry of keys in the index of their cohort. */
const filingWrites = 1;
const runsAMonth = 2 * 30 * 24;
const idleSeconds = 0.05;

mockClient(SecretsManagerClient).on(GetSecretValueCommand).resolves({ SecretString: "a key for tests" });

type Part = { reads: number; writes: number; seconds: number; gb: number };
const none: Part = { reads: 0, writes: 0, seconds: 0, gb: 0 };

const { functions, indexes, stop } = await startDeployed();
const gbOf = (name: string) => functions[name]?.gb ?? 0;
const capacity = meter({ client: table, indexes });
try {
  const planned = createLives(filedAMonth * months, { from: begins, days: 30.44 * months, seed: 1 });
  const waiting = planned.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const life of waiting) await runLife(life);
    }),
  );
  capacity.take();
  const closing = await closingOfAYear();
  // One of the months. One in four complaints is never answered and waits, more than anywhere.
  const waits = await metered("close-periods", () =>
    countWaitingComplaints({ now: addMilliseconds(begins, (440 * 24 + 8) * 60 * 60_000) }),
  );
  // The first run makes the figures of the last month that has closed.
  const own = await metered("count-agency-figures", () =>
    countAgencyFigures({ now: addMilliseconds(closesAt("1406-06"), 60 * 60_000), until: Number.POSITIVE_INFINITY }),
  );
  report({ closing, waits, own });
} finally {
  await stop();
}

/** What the runs use that close the last twelve months, of which four end a quarter and count twelve months each. */
async function closingOfAYear(): Promise<Part> {
  let total = none;
  for (let month = "1405-07", n = 0; n < months; month = addMonths(month, 1), n++) {
    const now = addMilliseconds(closesAt(month), 60 * 60_000);
    const part = await metered("close-periods", () => closePeriods({ now, until: Number.POSITIVE_INFINITY }));
    if ((await readLastClosed())?.month !== month) throw new Error(`${month} was not closed`);
    capacity.take();
    const { reads, writes, seconds } = part;
    console.log(
      `${month}  ${String(reads).padStart(9)} reads ${String(writes).padStart(7)} writes ${seconds.toFixed(1).padStart(6)} s`,
    );
    if (n >= months - 12) total = plus(total, part);
  }
  return total;
}

async function metered(name: string, work: () => Promise<unknown>): Promise<Part> {
  const { user, system } = process.cpuUsage();
  await work();
  const used = process.cpuUsage({ user, system });
  const { reads, writes } = capacity.take().used;
  const seconds = (used.user + used.system) / 1e6;
  return { reads, writes, seconds, gb: gbOf(name) };
}

function plus(one: Part, other: Part): Part {
  return {
    reads: one.reads + other.reads,
    writes: one.writes + other.writes,
    seconds: one.seconds + other.seconds,
    gb: other.gb,
  };
}

function dollarsOf({ reads, writes, seconds, gb }: Part): number {
  return (
    (reads * prices.reads.dollars + writes * prices.writes.dollars + seconds * gb * prices.gbSeconds.dollars) / 1e6
  );
}

function report({ closing, waits, own }: { closing: Part; waits: Part; own: Part }): void {
  const complaints = filedAMonth * 12;
  const perMillion = (yearly: number) => (yearly / complaints) * 1e6;
  const idle =
    (runsAMonth *
      12 *
      (prices.invocations.dollars +
        idleSeconds * gbOf("close-periods") * prices.gbSeconds.dollars +
        prices.reads.dollars)) /
    1e6;
  const rows: [string, number][] = [
    ["index of cohorts", (filingWrites * complaints * prices.writes.dollars) / 1e6],
    ["closing of periods", dollarsOf(closing)],
    ["what waits, every month", dollarsOf(waits) * 12],
    ["own figures, every month", dollarsOf(own) * 12],
    ["runs that find nothing to do", idle],
  ];
  console.log(`\n${filedAMonth} complaints a month: $ a year, and per million complaints`);
  for (const [what, yearly] of rows)
    console.log(what.padEnd(32), yearly.toFixed(4).padStart(9), perMillion(yearly).toFixed(2).padStart(9));
  // What does not grow with the complaints is nothing beside a million of them.
  const grows = rows.slice(0, 4).reduce((sum, [, yearly]) => sum + yearly, 0);
  const kept = perMillion(grows) <= budget;
  const sum = `$${perMillion(grows).toFixed(2)} per million without idle runs`;
  if (filedAMonth < fewest)
    console.log(`${sum}: of so few, most is what any province pays; FOAD_MONTHLY=1000 says more`);
  else console.log(`${kept ? "kept  " : "MISSED"} ${sum}; the budget is $${budget}`);
  const countedThere = filingWrites * prices.writes.dollars;
  console.log(
    `$${(perMillion(grows) - countedThere).toFixed(2)} beside a life, whose filing counts the index of cohorts`,
  );
  if (!kept && filedAMonth >= fewest) process.exitCode = 1;
}
