import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provinceFileIn } from "#infra/programs/demo/year/invented-province.ts";
import { startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";

/**
 * `npm run trial -- year`: plays the whole year of the README with three seeds, or with those named, and reads the last quarter that
 * its province published. Fails where a year does not end or the quarter has only zeros.
 */
const root = join(import.meta.dirname, "../..");
const named = process.argv.slice(2);
const seeds = named.length > 0 ? named : ["nowruz", "mehregan", "yalda"];

for (const seed of seeds) {
  const state = mkdtempSync(join(tmpdir(), "foad-year-"));
  try {
    const env = { ...process.env, FOAD_STATE_FOLDER: state };
    const { status } = spawnSync(process.execPath, ["infra/programs/demo/demo.ts", "--year", "--seed", seed], {
      cwd: root,
      env,
      stdio: "inherit",
    });
    if (status !== 0) throw new Error(`The year ${seed} did not end.`);
    const { quarter, largest } = await lastQuarter(state);
    console.log(`${seed}: ${quarter}, the largest count is ${largest}`);
    if (largest === 0) throw new Error(`The last quarter of ${seed} has zeros alone.`);
  } finally {
    rmSync(state, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The name of the last published quarter, and the largest count of an agency in it. */
async function lastQuarter(state: string): Promise<{ quarter: string; largest: number }> {
  const provinceFile = provinceFileIn(state);
  const cloud = await startLocalCloud({
    assembly: join(state, "cdk.out"),
    provinceFile,
    state,
    port: 0,
    isStill: true,
  });
  try {
    const answer = await fetch(`${cloud.endpoints.api}/v1/statistics?period=quarter&table=agency`, {
      headers: { accept: "text/csv" },
    });
    const [head = "", ...lines] = (await answer.text()).trim().split(/\r?\n/);
    const columns = head.replace("\uFEFF", "").split(",");
    const [period, count] = ["period", "count"].map((name) => columns.indexOf(name));
    const rows = lines.map((line) => line.split(","));
    const quarter =
      rows
        .map((row) => row[period ?? 0] ?? "")
        .toSorted()
        .at(-1) ?? "";
    const counts = rows.filter((row) => row[period ?? 0] === quarter).map((row) => Number(row[count ?? 0] ?? 0));
    return { quarter, largest: Math.max(0, ...counts.filter(Number.isFinite)) };
  } finally {
    await cloud.stop();
  }
}
