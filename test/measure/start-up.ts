import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { budgetOf } from "./bundle-budgets.ts";

/** The callers that people wait for. */
const judged = ["public", "citizen", "agency", "file-complaint", "admin"];
const rounds = Number(process.env.ROUNDS ?? 25);

const folder = mkdtempSync(join(tmpdir(), "foad-start-up-"));
execFileSync(process.execPath, ["infra/app.ts"], {
  env: { ...process.env, FOAD_PROVINCE: "qazvin", CDK_OUTDIR: folder },
  stdio: "ignore",
});
const bare = await bareHandler();
const bundles = Object.fromEntries(judged.map((name) => [name, join(folder, "bundles", name, "index.js")]));

/** One after the other in each round, so that whatever else the machine does meets all of them alike. */
const taken: Record<string, number[]> = {};
for (let round = 0; round < rounds; round++)
  for (const [name, file] of Object.entries({ bare, ...bundles }))
    taken[name] = [...(taken[name] ?? []), startUp(file)];

const middle = (all: number[] = []) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
const measure = middle(taken.bare);
console.log(`bare ESM handler: ${measure.toFixed(1)} ms, median of ${rounds}`);
for (const name of judged) {
  const budget = budgetOf(name);
  const [bytes, ratio] = [statSync(bundles[name] ?? "").size, middle(taken[name]) / measure];
  const kept = bytes <= budget.bytes && ratio <= budget.ratio;
  const figures = `${(bytes / 1_024).toFixed(0)} KB of ${budget.bytes / 1_024}, ${ratio.toFixed(2)} of ${budget.ratio}`;
  console.log(`${kept ? "kept  " : "MISSED"} ${name.padEnd(16)} ${figures}`);
  if (!kept) process.exitCode = 1;
}
rmSync(folder, { recursive: true });

/** Milliseconds from the first line of a fresh process until the handler is loaded. */
function startUp(file: string): number {
  const load = `const began = performance.now(); import(${JSON.stringify(file)}).then(() => process.stdout.write(String(performance.now() - began)), (error) => { console.error(error); process.exit(1) });`;
  const env = { PATH: process.env.PATH, AWS_REGION: "us-east-1", POWERTOOLS_SERVICE_NAME: "start-up" };
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", load], { env, encoding: "utf8" }));
}

async function bareHandler(): Promise<string> {
  const outfile = join(folder, "bare.mjs");
  const entry = join(import.meta.dirname, "bare-handler.ts");
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    banner,
  });
  return outfile;
}
