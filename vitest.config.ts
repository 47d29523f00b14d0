import { defineConfig } from "vitest/config";
import { plainSummary } from "./test/support/plain-summary.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/synthesize.ts"],
    reporters: ["default", plainSummary],
    // A scenario waits as often as it works, so two share a machine of two cores well.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What another process does takes as long as the machine is busy.
    expect: { poll: { timeout: 20_000 } },
  },
});
