import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { synthesizeEdited, withAgencies } from "../support/synthesized-with.ts";

/**
 * `npm run trial -- synth`: how long a province takes to be synthesized and judged, by how many agencies it has, each in a
 * process of its own as `npm run synth` is.
 */
const budget = { agencies: 500, seconds: 60 };
const [count] = process.argv.slice(2).map(Number);

if (count === undefined) {
  for (const agencies of [1, 40, budget.agencies]) measure(agencies);
} else {
  const folder = mkdtempSync(join(tmpdir(), "foad-synth-"));
  const plugins = [new AwsSolutionsChecks(), new ServerlessChecks()];
  const assembly = await synthesizeEdited({ folder, edit: withAgencies(count), plugins });
  const sizes = globSync("*.template.json", { cwd: assembly }).map((name) => statSync(join(assembly, name)).size);
  console.log(`${sizes.length} stacks, the largest template ${(Math.max(...sizes) / 1_024).toFixed(0)} KB`);
  rmSync(folder, { recursive: true });
}

function measure(agencies: number): void {
  const began = performance.now();
  const said = execFileSync(process.execPath, [import.meta.filename, String(agencies)], { encoding: "utf8" });
  const seconds = (performance.now() - began) / 1_000;
  console.log(`${String(agencies).padStart(3)} agencies: ${seconds.toFixed(1)} s, ${said.trim()}`);
  if (agencies === budget.agencies && seconds > budget.seconds) {
    console.log(`MISSED: ${budget.seconds} s`);
    process.exitCode = 1;
  }
}
