import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runSequence } from "../support/model/sequence.ts";
import { start, steps } from "../support/model/steps.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";

const cloud = withLocalCloud();

const sequences = sizeOf("model");
const seed = Number(process.env.FOAD_TEST_SEED ?? Date.now() % 2 ** 31);
const shrinkingMs = 20_000;
const say = (line: string) => process.stdout.write(`model: ${line}\n`);

test(`${sequences} sequences of commands go in the product as they go in the model`, {
  timeout: 600_000 + sequences * 20_000,
}, async () => {
  say(`seed ${seed}, ${sequences} sequences; FOAD_TEST_SEED=${seed} runs the same`);
  const startedAt = Date.now();
  let [run, shrinkUntil] = [0, Number.POSITIVE_INFINITY];
  const property = fc.asyncProperty(fc.record({ start, steps }), async (sequence) => {
    // A failure that is small enough by then is told as it is.
    if (Date.now() > shrinkUntil) return;
    await runSequence(cloud, sequence).catch((error) => {
      shrinkUntil = Math.min(shrinkUntil, Date.now() + shrinkingMs);
      throw error;
    });
    run += 1;
    if (run % 50 === 0) say(`${run} of ${sequences} sequences after ${Math.round((Date.now() - startedAt) / 1_000)} s`);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: sequences });
  expect(failed, `seed ${seed}\n${JSON.stringify(counterexample)}\n${errorInstance}`).toBe(false);
});
