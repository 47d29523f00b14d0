import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { bundleFunctions, entries } from "#infra/bundles/bundle.ts";
import { assemblyOf } from "../support/synthesized.ts";

const folder = mkdtempSync(join(tmpdir(), "foad-bundles-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SourceMap = z.object({ sources: z.array(z.string()) });

/** The functions whose bundles hold all commands of a client of the SDK: a dynamic import anywhere makes the bundler keep them. */
const wholeClients = (bundles: string) =>
  Object.keys(entries).filter((name) => {
    const map = readFileSync(join(bundles, name, "index.js.map"), "utf8");
    return SourceMap.parse(JSON.parse(map)).sources.some((source) => source.endsWith("/dist-es/commands/index.js"));
  });

test("no function starts with a whole client of the SDK", () => {
  expect(wholeClients(join(assemblyOf("qazvin"), "bundles"))).toEqual([]);
});

test("nor does one behind an edge, which checks each request", async () => {
  const provinceFile = join(import.meta.dirname, "../../infra/provinces/qazvin.json");
  await bundleFunctions({ entries, outdir: folder, provinceFile, edge: "required" });
  expect(wholeClients(folder)).toEqual([]);
});
