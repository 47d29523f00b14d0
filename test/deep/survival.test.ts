import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadUnderKills } from "../support/load-under-kills.ts";
import { aRestartable, freePortRow } from "../support/restarts.ts";
import { lendAssembly } from "../support/synthesized.ts";

/** `npm run soak` is the same with a thousand complaints and five kills. */
test("what was answered 201 outlives kill -9: readable, in its agency's queue and no other, and never twice", async () => {
  const folder = mkdtempSync(join(tmpdir(), "foad-survival-"));
  lendAssembly(join(folder, "assembly"));
  const cloud = aRestartable({ folder, port: await freePortRow() });
  onTestFinished(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const seed = Date.now() % 1_000_000;
  const { tally, audit, starts, faults } = await loadUnderKills({ cloud, complaints: 60, clients: 8, kills: 2, seed });
  expect(faults, `seed ${seed}`).toEqual([]);
  expect(tally.filed.length).toBe(60);
  expect(audit.events).toBe(60 + tally.moves);
  expect(starts.length).toBe(3);
  expect(tally.cutOff + tally.refused, "no request met a kill").toBeGreaterThan(0);
}, 180_000);
