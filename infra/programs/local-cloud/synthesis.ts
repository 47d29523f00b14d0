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
 * Synthesizes the stacks into `outdir` as `npm run synth` does, unless the folder already has the assembly of the same
 * sources. The output of the synthesis is shown only if it fails.
 */
export async function synthesize({ outdir, signal, ...sources }: Synthesis): Promise<void> {
  const madeFrom = join(outdir, "made-from");
  const fingerprint = fingerprintOf(sources);
  if (existsSync(madeFrom) && readFileSync(madeFrom, "utf8") === `${fingerprint} ${writtenAt(outdir)}`) return;
  refuseUnwritable(placeOf(outdir));
  // Removed before the synthesis writes: if it is killed, the folder has an incomplete assembly.
  rmSync(madeFrom, { force: true });
  await runSynthesis({ outdir, signal, ...sources });
  writeFileSync(madeFrom, `${fingerprint} ${writtenAt(outdir)}`);
}

const placeOf = (folder: string): Place => ({ folder, serves: "the folder of the stacks", variable: "CDK_OUTDIR" });

/** The time at which an assembly was written into the folder. Other programs may write one without changing `made-from`. */
function writtenAt(outdir: string): number | undefined {
  return statSync(join(outdir, "manifest.json"), { throwIfNoEntry: false })?.mtimeMs;
}

/** A hash of all sources of an assembly: the code, the locked package versions, and the province files. */
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
    env: { ...process.env, FOAD_PROVINCE_FOLDER: provinces, FOAD_PROVINCE: province, CDK_OUTDIR: outdir },
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
