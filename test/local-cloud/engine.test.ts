import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startDynamodbEngine } from "#infra/programs/local-cloud/dynamodb/engine.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";

test("what an engine unpacks lies in the state folder, and the next one clears what a killed one left", async () => {
  const folder = mkdtempSync(join(tmpdir(), "foad-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const state = openStateFolder(folder);
  // Only on the disk does it need a library that it unpacks.
  const start = () => startDynamodbEngine({ state, inMemory: false, say: () => {} });
  const unpacked = () => readdirSync(state.path("dynamodb-unpacked"));
  const killed = await start();
  const left = unpacked();
  process.kill(JSON.parse(readFileSync(state.path("dynamodb-process.json"), "utf8")).pid, "SIGKILL");
  await killed.died;
  const next = await start();
  onTestFinished(() => next.stop());
  expect(left).toHaveLength(1);
  expect(unpacked()).toHaveLength(1);
  expect(unpacked()).not.toEqual(left);
});
