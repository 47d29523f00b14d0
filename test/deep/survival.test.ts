import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadUnderKills } from "../support/load/under-kills.ts";
import { aRestartable, freePortRow } from "../support/restarts.ts";
import { provideAssembly } from "../support/synthesized.ts";
import { isDeep, sizeOf } from "../support/trial-size.ts";

const complaints = sizeOf("survival");
const kills = isDeep ? 5 : 2;
const seed = Number(process.env.FOAD_TEST_SEED ?? Date.now() % 1_000_000);

test(
  "what was answered 201 outlives kill -9: readable, in its agency's queue and no other, and never twice",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "foad-survival-"));
    provideAssembly(join(folder, "assembly"));
    const cloud = aRestartable({ folder, port: await freePortRow() });
    onTestFinished(async () => {
      await cloud.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    const { tally, audit, starts, faults } = await loadUnderKills({ cloud, complaints, clients: 8, kills, seed });
    expect(faults, `FOAD_TEST_SEED=${seed}`).toEqual([]);
    expect(tally.filed.length).toBe(complaints);
    expect(audit.events).toBe(complaints + tally.moves);
    expect(starts.length).toBe(kills + 1);
    expect(tally.cutOff + tally.refused, "no request met a kill").toBeGreaterThan(0);
  },
  120_000 + complaints * 1_000,
);
