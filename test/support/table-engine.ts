import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { type DynamodbEngine, startDynamodbEngine } from "#infra/programs/local-cloud/dynamodb/engine.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";

declare module "vitest" {
  export interface ProvidedContext {
    tableEngine: string;
  }
}

/** Starts the one engine that keeps the tables of every file in memory: half of what one costs is its start. */
export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "foad-engine-"));
  const engine = await startDynamodbEngine({
    state: openStateFolder(folder),
    inMemory: true,
    lasting: true,
    say: () => {},
  });
  project.provide("tableEngine", engine.endpoint);
  return async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The engine that runs for all files. It keeps the tables of each access key apart, and a file has one of its own. */
export function sharedTableEngine(): DynamodbEngine {
  return { endpoint: inject("tableEngine"), died: new Promise(() => {}), stop: async () => {} };
}
