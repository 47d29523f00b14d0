import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { commitOf } from "#infra/programs/operator/git.ts";
import { givenOrOnlyProvince, provincesFolder, readProvince } from "#infra/provinces/province-files.ts";
import { changedResources } from "../../support/changed-resources.ts";
import { checkOut, nameOf } from "../release.ts";
import { readRelease } from "./deployed.ts";
import { playUpgrade, type Step } from "./play.ts";
import { provincesAt } from "./provinces-at.ts";

/**
 * `npm run trial -- upgrade [<git ref of the last release>]`: synthesizes that release and the working tree, each with the
 * province's file of its time, deploys one over the other on templates, in both directions, and names every update that
 * CloudFormation would refuse.
 */
const root = join(import.meta.dirname, "../../..");
const [ref = "origin/main"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "foad-upgrade-"));

try {
  play();
} catch (error) {
  process.stderr.write(`Nothing was played. ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function play(): void {
  const { id: province } = readProvince(
    givenOrOnlyProvince(process.env.FOAD_PROVINCE || undefined, "in FOAD_PROVINCE"),
  );
  const today = resolve(provincesFolder);
  const release = checkOut(commitOf(ref, root), join(folder, "release"));
  const code = { root, release };
  const older = provincesAt({ province, folder: today, code, into: join(folder, "provinces") });
  const last = synthesize({ code: release, province, provinces: older.folder, name: "last" });
  const next = synthesize({ code: root, province, provinces: today, name: "next" });
  console.log(`The last release of ${province}: ${nameOf(ref)}`);
  console.log(`Its file: ${older.told}`);
  console.log(`This one: the working tree; ${difference(last, next)}\n`);
  const { there, back } = playUpgrade({ last: readRelease(last), next: readRelease(next) });
  tell("Deployed over the last release", there);
  tell("Back to the last release", back);
  if ([...there, ...back].some(({ refusals }) => refusals.length > 0)) process.exitCode = 1;
}

type Synthesized = { code: string; province: string; provinces: string; name: string };

function synthesize({ code, province, provinces, name }: Synthesized): string {
  const outdir = join(folder, name);
  const env = { ...process.env, FOAD_PROVINCE: province, FOAD_PROVINCE_FOLDER: provinces, CDK_OUTDIR: outdir };
  try {
    execFileSync(process.execPath, ["infra/app.ts"], { cwd: code, env, stdio: ["ignore", "ignore", "inherit"] });
  } catch (cause) {
    const which = code === root ? "The working tree" : `Commit ${ref}`;
    throw new Error(`${which} makes no templates of ${province}.json in ${provinces}, as it says above.`, { cause });
  }
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
  const { others } = changedResources(last, next);
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
