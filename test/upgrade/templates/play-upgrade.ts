import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { touchedBetween } from "../../support/touched.ts";
import { checkOut, nameOf } from "../release.ts";
import { playUpgrade, type Step } from "./play.ts";
import { readRelease } from "./read-release.ts";

/**
 * `npm run play:upgrade -- [<git ref of the last release>]`: synthesizes that release and the working tree, deploys one
 * over the other on templates, in both directions, and names every update that CloudFormation would refuse.
 */
const root = join(import.meta.dirname, "../../..");
const province = process.env.FOAD_PROVINCE ?? "qazvin";
const [ref = "origin/main"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "foad-upgrade-"));

try {
  const last = synthesize(checkOut(ref, join(folder, "release")), "last");
  const next = synthesize(root, "next");
  console.log(`The last release of ${province}: ${nameOf(ref)}`);
  console.log(`This one: the working tree; ${difference(last, next)}\n`);
  const { there, back } = playUpgrade({ last: readRelease(last), next: readRelease(next) });
  tell("Deployed over the last release", there);
  tell("Back to the last release", back);
  if ([...there, ...back].some(({ refusals }) => refusals.length > 0)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function synthesize(project: string, name: string): string {
  const outdir = join(folder, name);
  const env = { ...process.env, FOAD_PROVINCE: province, CDK_OUTDIR: outdir };
  execFileSync(process.execPath, ["infra/app.ts"], { cwd: project, env, stdio: ["ignore", "ignore", "inherit"] });
  return outdir;
}

/** Code is compared as it is: where its packages lie is written into the source maps, and is elsewhere for a checkout. */
function difference(last: string, next: string): string {
  const bundles = [...new Set([last, next].flatMap((cwd) => globSync("bundles/*", { cwd })))];
  const codeOf = (assembly: string, bundle: string) =>
    globSync(`${bundle}/**/*.{js,json,br,wasm}`, { cwd: assembly })
      .sort()
      .map((file) => `${file} ${readFileSync(join(assembly, file), "latin1")}`)
      .join();
  const changed = bundles.filter((bundle) => codeOf(last, bundle) !== codeOf(next, bundle));
  const { others } = touchedBetween(last, next);
  return `${changed.length} of ${bundles.length} functions have other code, ${others.length} other resources differ`;
}

function tell(title: string, steps: Step[]): void {
  console.log(title);
  for (const { stack, refusals, dangling } of steps) {
    console.log(`  ${stack.padEnd(26)} ${refusals.length === 0 ? "goes through" : "REFUSED"}`);
    for (const refusal of refusals) console.log(`    refused: ${refusal}`);
    for (const output of dangling) console.log(`    gone until the reader is deployed too: ${output}`);
  }
}
