import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const keeper = fileURLToPath(new URL("../../infra/programs/local-cloud/dynamodb/engine-keeper.ts", import.meta.url));

test("an engine whose parent is gone has a moment to commit what it answered, and then ends", async () => {
  const folder = mkdtempSync(join(tmpdir(), "foad-keeper-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const beats = join(folder, "beats");
  const engine = `setInterval(() => fs.appendFileSync(${JSON.stringify(beats)}, Date.now() + "\\n"), 5)`;
  const child = fork(keeper, [process.execPath, "-e", engine], { execArgv: [] });
  const [{ pid }] = await once(child, "message");
  await expect.poll(() => readFileSync(beats, "utf8").length).toBeGreaterThan(0);
  const left = Date.now();
  child.disconnect();
  await once(child, "exit");
  const last = Number(readFileSync(beats, "utf8").trim().split("\n").at(-1));
  expect(last - left).toBeGreaterThan(100);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});
