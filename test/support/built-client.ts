import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll } from "vitest";

const root = join(import.meta.dirname, "../..");

/** The typed client as `npm run client` builds it, for the tests of one file. Its folder is there as soon as the first test runs. */
export function withBuiltClient(): { folder: string } {
  const built = { folder: "" };
  beforeAll(() => {
    mkdirSync(join(root, ".local"), { recursive: true });
    built.folder = mkdtempSync(join(root, ".local", "client-"));
    const build = ["infra/programs/client/build.ts", "--out", relative(root, built.folder)];
    execFileSync(process.execPath, build, { cwd: root, encoding: "utf8" });
  });
  afterAll(() => rmSync(built.folder, { recursive: true, force: true }));
  return built;
}
