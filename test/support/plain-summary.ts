import type { Reporter, TestModule } from "vitest/node";

/** Closes a run with one plain line that any reader of logs understands: `12 passed, 0 failed, 0 skipped`. */
export const plainSummary: Reporter = {
  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap((module: TestModule) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that could not be loaded has no tests and must not pass for green.
    const broken = errors.length + modules.filter((module) => module.errors().length > 0).length;
    process.stdout.write(
      `\n${count("passed")} passed, ${count("failed") + broken} failed, ${count("skipped")} skipped\n`,
    );
  },
};
