import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";

/**
 * Plays the scenarios, or the named files, at instants that mislead tests: `npm run trial -- any-day`. With `--instant-of COMMIT` it
 * only prints the one instant that the commit's id chooses, for `FOAD_TEST_NOW`.
 */
const instants: Record<string, string> = {
  "Wednesday noon, before two closed days": "2027-01-13T08:30:00Z",
  "a Thursday": "2027-01-14T06:00:00Z",
  "a Friday night": "2027-06-11T19:00:00Z",
  "the minute in which offices open": "2027-05-08T02:30:00Z",
  "the last minutes of a day in Tehran": "2027-02-03T20:27:00Z",
  "the last minutes of a day in UTC": "2027-02-07T23:57:00Z",
  "the last minute of a year, before Nowruz": "2027-03-20T20:29:00Z",
  "a holiday of Nowruz": "2027-03-24T06:00:00Z",
  "the first day of an Iranian month": "2027-04-21T05:30:00Z",
  "29 February": "2028-02-29T08:00:00Z",
  "the last day whose holidays are known": "2028-03-19T08:00:00Z",
  "two years ahead": "2028-12-05T06:10:00Z",
};

const [option, commit = ""] = process.argv.slice(2);
if (option === "--instant-of") {
  const number = createHash("sha256").update(commit).digest().readUInt32BE(0);
  process.stdout.write(Object.values(instants)[number % Object.keys(instants).length] ?? "");
} else play(process.argv.slice(2));

function play(named: string[]): void {
  const files = named.length > 0 ? named : ["test/scenarios"];
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "assembled", ...files];
  const results = Object.entries(instants).map(([name, now]) => {
    process.stdout.write(`\n${now}: ${name}\n`);
    const options = { cwd: join(import.meta.dirname, ".."), env: { ...process.env, FOAD_TEST_NOW: now } };
    const { status } = spawnSync(process.execPath, vitest, { ...options, stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
    return `${status === 0 ? "passed" : "failed"}  ${now}  ${name}`;
  });
  process.stdout.write(`\n${results.join("\n")}\n`);
}
