import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { spanOf } from "#infra/demo/year/calendar.ts";
import { writeInventedProvince } from "#infra/demo/year/invented-province.ts";
import { keyOf } from "#infra/demo/year/perform.ts";
import { planOf } from "#infra/demo/year/plan.ts";
import { openJournal } from "#infra/demo/year/play.ts";
import { countOfScripts } from "#infra/demo/year/scripts.ts";
import { sizeOf } from "../support/trial-size.ts";

const root = join(import.meta.dirname, "../..");
const state = mkdtempSync(join(tmpdir(), "foad-year-"));
const year = { seed: "small", complaints: countOfScripts + sizeOf("year"), quarters: 4 };
let running: ChildProcess | undefined;
afterAll(() => {
  running?.kill("SIGKILL");
  rmSync(state, { recursive: true, force: true, maxRetries: 5 });
});

/** Plays the year as a person would; what it printed, and how it ended. With `until`, it is killed as soon as it says that. */
async function played(until?: RegExp) {
  const args = ["--year", "--complaints", `${year.complaints}`, "--quarters", `${year.quarters}`, "--seed", year.seed];
  const env = { ...process.env, FOAD_STATE_FOLDER: state };
  const child = spawn(process.execPath, ["infra/demo/demo.ts", ...args], { cwd: root, env });
  running = child;
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
      if (until?.test(said)) child.kill("SIGKILL");
    });
  const [status, signal] = await once(child, "close");
  return { said, status, signal };
}

test("a small year is played, killed in its midst, and goes on; everything that was planned was done", async () => {
  expect(await played(/ 4\d %/)).toMatchObject({ signal: "SIGKILL" });
  const { said, status } = await played();
  const end = new RegExp(`100 % .* ${year.complaints} complaints .*done`);
  expect({ status, said }).toEqual({ status: 0, said: expect.stringMatching(end) });
  const span = spanOf(year.quarters);
  const plan = planOf({ ...year, span, province: writeInventedProvince(state, span) });
  const { purposes } = openJournal(join(state, "year.jsonl"), year);
  const journal = readFileSync(join(state, "year.jsonl"), "utf8");
  expect(plan.filter((request) => !journal.includes(`"act":"${keyOf(request)}"`))).toEqual([]);
  expect([...purposes]).toEqual(expect.arrayContaining(["notice", "opinion"]));
}, 900_000);
