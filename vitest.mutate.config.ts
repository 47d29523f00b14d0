import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** The unit tests that reach the domain, for Stryker: its runner knows no projects and would take all three. */
export default defineConfig({
  test: {
    include: ["test/domain/**/*.test.ts", "test/province/**/*.test.ts"],
    testTimeout: 30_000,
    env: { FOAD_PROVINCE_FILE: join(import.meta.dirname, "infra/provinces/qazvin.json") },
  },
});
