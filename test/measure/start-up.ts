import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { apiFunctions } from "#infra/constructs/routes.ts";
import { checkOut, nameOf } from "../upgrade/release.ts";

/**
 * `npm run trial -- start-up COMMIT`: how long each function of the API takes to start, of the working tree and of that
 * commit, side by side in one run, and as a multiple of a bare handler with a client of DynamoDB.
 */
const slowestRatio = 1.05;
const rounds = 21;

const root = join(import.meta.dirname, "../..");
const [ref = "HEAD"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "foad-start-up-"));
try {
  const before = bundlesOf(checkOut(ref, join(folder, "code")), "before");
  const after = bundlesOf(root, "after");
  const bare = await bareHandler();
  console.log(`${rounds} starts of each; before: ${nameOf(ref)}`);
  for (const name of apiFunctions) compare(name, { bare, before: before(name), after: after(name) });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

type Files = Record<"bare" | "before" | "after", string>;

/** One after the other in each round, so that whatever else the machine does meets all of them alike. */
function compare(name: string, { before, ...files }: Files): void {
  const isNew = !existsSync(before);
  const taken = Array.from({ length: rounds }, () => ({
    bare: startUp(files.bare),
    before: isNew ? Number.NaN : startUp(before),
    after: startUp(files.after),
  }));
  const middle = (of: keyof Files) => taken.map((one) => one[of]).toSorted((a, b) => a - b)[rounds >> 1] ?? 0;
  const ratio = middle("after") / middle("before");
  const words = isNew ? "new" : `${ratio.toFixed(3)} of before`;
  const multiple = `${(middle("after") / middle("bare")).toFixed(2)} of a bare handler`;
  console.log(
    `${ratio > slowestRatio ? "MISSED" : "kept  "} ${name.padEnd(20)} ${middle("after").toFixed(1)} ms of a processor, ${multiple}, ${words}`,
  );
  if (ratio > slowestRatio) process.exitCode = 1;
}

/** Where the bundles of Qazvin are that some code makes. */
function bundlesOf(code: string, name: string): (one: string) => string {
  const outdir = join(folder, name);
  const env = { ...process.env, FOAD_PROVINCE: "qazvin", FOAD_PROVINCE_FILE: undefined, CDK_OUTDIR: outdir };
  execFileSync(process.execPath, ["infra/app.ts"], { cwd: code, env, stdio: ["ignore", "ignore", "inherit"] });
  return (one) => join(outdir, "bundles", one, "index.js");
}

/** Milliseconds of a processor from the first line of a fresh process until the handler is loaded: other work of the machine adds little to them. */
function startUp(file: string): number {
  const load = `const began = process.cpuUsage(); require(${JSON.stringify(file)}); const { user, system } = process.cpuUsage(began); process.stdout.write(String((user + system) / 1000));`;
  const env = { PATH: process.env.PATH, AWS_REGION: "us-east-1", POWERTOOLS_SERVICE_NAME: "start-up" };
  return Number(execFileSync(process.execPath, ["--eval", load], { env, encoding: "utf8" }));
}

async function bareHandler(): Promise<string> {
  mkdirSync(join(folder, "bare"));
  writeFileSync(join(folder, "bare", "package.json"), '{"type":"commonjs"}');
  const outfile = join(folder, "bare", "index.js");
  const entryPoints = [join(import.meta.dirname, "bare-handler.ts")];
  const asOurs = { bundle: true, minify: true, format: "cjs", platform: "node", target: "node24" } as const;
  await build({ entryPoints, outfile, ...asOurs, mainFields: ["module", "main"] });
  return outfile;
}
