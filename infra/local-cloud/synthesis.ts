import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { plainFailure } from "./machine/errors.ts";
import { type Place, refuseUnwritable, unusableFolder } from "./machine/state-folder.ts";

type Sources = {
  project: string;
  province: string;
  /** The folder that holds the province's file. */
  provinces: string;
};

type Synthesis = Sources & { outdir: string; signal: AbortSignal };

/**
 * Runs the project's own synthesis as `npm run synth` does, unless the folder holds what it made of the same sources
 * before; what it says is shown only if it fails.
 */
export async function synthesize({ outdir, signal, ...sources }: Synthesis): Promise<void> {
  const madeFrom = join(outdir, "made-from");
  const fingerprint = fingerprintOf(sources);
  if (existsSync(madeFrom) && readFileSync(madeFrom, "utf8") === `${fingerprint} ${writtenAt(outdir)}`) return;
  refuseUnwritable(placeOf(outdir));
  // Before anything is written: where this is killed in between, the folder holds a part of what it should.
  rmSync(madeFrom, { force: true });
  await runSynthesis({ outdir, signal, ...sources });
  writeFileSync(madeFrom, `${fingerprint} ${writtenAt(outdir)}`);
}

const placeOf = (folder: string): Place => ({ folder, serves: "the folder of the stacks", variable: "CDK_OUTDIR" });

/** When an assembly was written into the folder, by whomever: an older version of this code leaves `made-from` as it is. */
function writtenAt(outdir: string): number | undefined {
  return statSync(join(outdir, "manifest.json"), { throwIfNoEntry: false })?.mtimeMs;
}

/** Of all that an assembly is made from: the code, its packages as they are locked, and the provinces' files. */
function fingerprintOf({ project, province, provinces }: Sources): string {
  const hash = createHash("sha256").update(JSON.stringify([province, process.version]));
  for (const [cwd, pattern] of [
    [project, "{package-lock.json,{infra,functions,shared}/**}"],
    [provinces, "{*.json,*/*.json}"],
  ] as const)
    for (const file of filesIn(cwd, pattern)) hash.update(JSON.stringify([file, digestOf(join(cwd, file))]));
  return hash.digest("hex");
}

function filesIn(cwd: string, pattern: string): string[] {
  const found = globSync(pattern, { cwd, withFileTypes: true }).filter((entry) => entry.isFile());
  return found.map(({ parentPath, name }) => relative(cwd, join(parentPath, name))).sort();
}

function digestOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

async function runSynthesis({ project, province, provinces, outdir, signal }: Synthesis): Promise<void> {
  const child = spawn(process.execPath, ["infra/app.ts"], {
    cwd: project,
    env: { ...process.env, FOAD_PROVINCES: provinces, FOAD_PROVINCE: province, CDK_OUTDIR: outdir },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
  const [status] = await once(child, "close");
  if (status === 0) return;
  const why = Buffer.concat(output).toString().trim();
  if (/ENOSPC|no space left on device/i.test(why)) throw unusableFolder(placeOf(outdir), { code: "ENOSPC" });
  throw plainFailure(`The stacks could not be synthesized:\n${why}`);
}
