import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concurrentRound, runConcurrentRound } from "../support/model/same-instant.ts";
import { processingFunction } from "../support/planted-assembly.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";

const cloud = withLocalCloud();

const rounds = sizeOf("sameInstant");
const seed = Number(process.env.FOAD_TEST_SEED ?? Date.now() % 2 ** 31);
const say = (line: string) => process.stdout.write(`same instant: ${line}\n`);

test(`${rounds} times two officers, two inspectors, the citizen and the clock act at once, and some order explains it`, {
  timeout: 120_000 + rounds * 5_000,
}, async () => {
  say(`seed ${seed}, ${rounds} rounds; FOAD_TEST_SEED=${seed} begins the same`);
  const processDue = processingFunction("Escalationprocessduecomplaints");
  const outcomes: number[] = [];
  const property = fc.asyncProperty(concurrentRound, async (one) => {
    const answers = await runConcurrentRound({ cloud, sweep: () => cloud.invoke(processDue, {}) }, one);
    outcomes.push(...answers.map(({ status }) => status));
  });
  // What happened at one instant seldom happens again: the first failure is told as it is.
  const checked = await fc.check(property, { seed, numRuns: rounds, endOnFailure: true });
  expect(checked.failed, `seed ${seed}\n${JSON.stringify(checked.counterexample)}\n${checked.errorInstance}`).toBe(
    false,
  );
  const counted = [...Map.groupBy(outcomes, (status) => status)].sort(([a], [b]) => a - b);
  say(counted.map(([status, all]) => `${status}: ${all.length}`).join(", "));
});
