import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { chromiumPath } from "./chromium-path.ts";

declare module "vitest" {
  export interface ProvidedContext {
    assemblies: Record<string, string>;
  }
}

const root = join(import.meta.dirname, "../..");

/** Synthesizes both provinces once for all tests, by the very command that deploys. */
export async function setup(project: TestProject) {
  // Unpacks the browser that npm brought: two files that did so at once would start half of one. Who needs it says so.
  await chromiumPath().catch(() => undefined);
  const folder = mkdtempSync(join(tmpdir(), "foad-assembly-"));
  const assemblies = Object.fromEntries(
    ["qazvin", "alborz"].map((province) => [province, synthesize(province, folder)]),
  );
  project.provide("assemblies", assemblies);
  return () => rmSync(folder, { recursive: true, force: true });
}

function synthesize(province: string, folder: string): string {
  const outdir = join(folder, province);
  const env = { ...process.env, FOAD_PROVINCE: province, CDK_OUTDIR: outdir };
  execFileSync(process.execPath, ["infra/app.ts"], { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  return outdir;
}
