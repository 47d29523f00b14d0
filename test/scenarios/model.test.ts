import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runSequence } from "../support/model/sequence.ts";
import { start, steps } from "../support/model/steps.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();

/** `FOAD_SEQUENCES=2000` is the whole of it. */
const sequences = Number(process.env.FOAD_SEQUENCES ?? 40);
const seed = Number(process.env.FOAD_SEED ?? Date.now() % 2 ** 31);

test(`${sequences} sequences of commands go in the product as they go in the model`, {
  timeout: 120_000 + sequences * 10_000,
}, async () => {
  process.stdout.write(`model: seed ${seed}, ${sequences} sequences; FOAD_SEED=${seed} runs the same\n`);
  const startedAt = Date.now();
  let run = 0;
  const property = fc.asyncProperty(fc.record({ start, steps }), async (sequence) => {
    await runSequence(cloud, sequence);
    run += 1;
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    if (run % 50 === 0) process.stdout.write(`model: ${run} of ${sequences} sequences after ${seconds} s\n`);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, {
    seed,
    numRuns: sequences,
    maxSkipsPerRun: 0,
  });
  expect(failed, `seed ${seed}\n${JSON.stringify(counterexample)}\n${errorInstance}`).toBe(false);
});
