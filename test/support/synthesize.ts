import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { synthesize } from "#infra/programs/local-cloud/synthesis.ts";
import { chromiumPath } from "./chromium-path.ts";

declare module "vitest" {
  export interface ProvidedContext {
    assemblies: Record<string, string>;
  }
}

const root = join(import.meta.dirname, "../..");

/** Synthesizes both provinces once for all tests, by the very command that deploys, as `npm start` does. */
export async function setup(project: TestProject) {
  // Unpacks the browser that npm brought: two files that did so at once would start half of one. Who needs it says so.
  await chromiumPath().catch(() => undefined);
  const folder = mkdtempSync(join(tmpdir(), "foad-assembly-"));
  // Hundreds of processes are going to load the same code: the first of them compiles it for all.
  process.env.NODE_COMPILE_CACHE ??= join(folder, "compiled");
  // esbuild is a Go program that cleans its memory all the time: less often, a synthesis's bundles take a quarter less.
  process.env.GOGC ??= "400";
  const provinces = ["qazvin", "alborz"];
  const assemblies = await Promise.all(provinces.map(async (one) => [one, await synthesized(one, folder)]));
  project.provide("assemblies", Object.fromEntries(assemblies));
  return () => rmSync(folder, { recursive: true, force: true });
}

async function synthesized(province: string, folder: string): Promise<string> {
  const outdir = join(folder, province);
  const provinces = join(root, "infra/provinces");
  await synthesize({ project: root, province, provinces, outdir, signal: new AbortController().signal });
  return outdir;
}
