import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";

const root = join(import.meta.dirname, "../..");
const made = new Map<string, string>();

/** Folder of a province's assembly, synthesized once per test process by the very command that deploys. */
export function assemblyOf(province: string): string {
  const known = made.get(province);
  if (known) return known;
  const outdir = mkdtempSync(join(tmpdir(), `foad-${province}-`));
  execFileSync(process.execPath, ["infra/app.ts"], {
    cwd: root,
    env: { ...process.env, FOAD_PROVINCE: province, CDK_OUTDIR: outdir },
    stdio: "pipe",
  });
  made.set(province, outdir);
  return outdir;
}

export function templateOf(province: string, part: string): Template {
  const file = join(assemblyOf(province), `Foad-${province}-${part}.template.json`);
  return Template.fromJSON(JSON.parse(readFileSync(file, "utf8")));
}
