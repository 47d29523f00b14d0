import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { patience } from "./test/support/patience.ts";
import { plainSummary } from "./test/support/plain-summary.ts";
import { setClockOfSuite } from "./test/support/test-clock.ts";

// Tests are of the provinces that are here, whichever one this shell deploys.
for (const name of ["FOAD_PROVINCE", "FOAD_PROVINCE_FOLDER"]) delete process.env[name];

setClockOfSuite();

const common = {
  // So long only what hangs takes: no test is judged by the speed of the machine.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: patience } },
  env: { FOAD_PROVINCE_FILE: join(import.meta.dirname, "infra/provinces/qazvin.json") },
};

/** Needs nothing but Node, no synthesis, no Java, no port, and no time: a maintainer runs it after every change. */
const unit = [
  "test/*.test.ts",
  "test/domain/**/*.test.ts",
  "test/province/**/*.test.ts",
  "test/functions/*.test.ts",
  "test/public-page/*.test.ts",
];
/** The local cloud with a small app of its own, what waits in real time, and what takes its time without either. */
const local = [
  "test/local-cloud/**/*.test.ts",
  "test/functions/waiting/*.test.ts",
  "test/functions/cleaning/*.test.ts",
  // A function that starts anew forgets all that was loaded.
  "test/functions/edge-key.test.ts",
  // It leaves a secret behind, which is fetched once.
  "test/functions/call-draw.test.ts",
  "test/attack/*.test.ts",
];

const isNamed = (folder: string) => process.argv.some((argument) => argument.startsWith(folder));
/** What plays long even in its short form: it runs where it is named, as `npm run test:deep` does. */
const isDeep = isNamed("test/deep");
const deep = isDeep ? [] : ["test/deep/**"];
/** Scenarios in which weeks pass, or all routes are tried: they run where the scenarios are named, as `npm run test:long` does. */
const long = isNamed("test/scenarios") ? [] : ["test/scenarios/long/**"];

export default defineConfig({
  test: {
    reporters: ["default", plainSummary],
    // A scenario waits as often as it works, so four share a machine of two cores well. What plays long seldom waits, and
    // each of it runs a cloud of its own, in several processes.
    maxWorkers: isDeep ? 3 : 4,
    projects: [
      // Loading the code takes longer than testing it, so files share what is loaded: each leaves it as it found it.
      { test: { ...common, name: "unit", include: unit, exclude: local, isolate: false, pool: "threads" } },
      { test: { ...common, name: "local", include: local } },
      {
        test: {
          ...common,
          name: "assembled",
          include: ["test/**/*.test.ts"],
          exclude: [...unit, ...local, ...long, ...deep],
          globalSetup: ["test/support/synthesize.ts", "test/support/table-engine.ts"],
          setupFiles: ["test/support/own-access-key.ts"],
        },
      },
    ],
  },
});
