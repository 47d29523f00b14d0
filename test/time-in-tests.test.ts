import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((file) => ({
    file,
    source: withoutComments(readFileSync(join(root, file), "utf8")),
  }));
const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");

/** A cloud that starts now: without an instant, or at the beginning of the present hour. */
const startsNow = /withLocalCloud\((?:"\w+")?(?:, startOfHour\(\))?\)/;
const writtenDate = /\b20[2-4]\d-[01]\d(?:-[0-3]\d)?/g;

/** Dates in a test whose cloud starts now. The days of a request are then counted from the cloud's clock. */
const writtenDates = (source: string) => (startsNow.test(source) ? (source.match(writtenDate) ?? []) : []);

test("no scenario that starts now writes a date, which passes one day", () => {
  const found = [...read("test/scenarios/**/*.test.ts"), ...read("test/deep/*.test.ts")].flatMap(({ file, source }) =>
    writtenDates(source).map((date) => `${file}: ${date}`),
  );
  expect(found.filter((one) => !datesOfPlantedFigures.test(one))).toEqual([]);
});
/** Figures of quarters that are planted with their days. */
const datesOfPlantedFigures = /^test\/scenarios\/figures\.test\.ts/;

/** What judges by the time of the machine: a wait of so long, a wait with a patience of its own, or how long something took. */
const wallClock = [
  /\bwaitForTimeout\(/,
  /\b(?:sleep|setTimeout)\((?:\w+, )?[\d_]+\)/,
  /(?:performance|Date)\.now\(\) - \w+\)?\.?(?:to|[<>])/,
  /(?:poll|waitFor|waitUntil)\([^;]*?\btimeout: *[\d_]+/,
  /expect\((?:Math\.abs\()?(?:performance|Date)\.now\(\)/,
];
const wallClockWaits = (source: string) => wallClock.flatMap((pattern) => source.match(pattern)?.[0] ?? []);

/** Files in which real time is the subject, or passes between two tries. No answer is judged by it. */
const waiting: Record<string, string> = {
  "test/scenarios/long/webhooks.test.ts": "one of the receivers is slow",
  "test/local-cloud/clock.test.ts": "it is about the clock that follows real time",
  "test/local-cloud/settled-streams.test.ts": "it shows that nothing comes, and can only fail to notice",
  "test/scenarios/long/guessing.test.ts":
    "the gateway's limit is one of real time, and each guess is repeated until it passes",
  "test/scenarios/hostile-page.test.ts": "a page asks again and again until its file is clean",
};

test("no test that everybody runs waits or judges by the time of the machine", () => {
  const everybodys = ["test/*/*.test.ts", "test/*/*/*.test.ts"].flatMap(read);
  const found = everybodys.filter(
    ({ file, source }) => !file.startsWith("test/deep/") && wallClockWaits(source).length > 0,
  );
  expect(found.map(({ file }) => file).filter((file) => !(file in waiting))).toEqual([]);
  expect(Object.keys(waiting).filter((file) => !found.some((one) => one.file === file))).toEqual([]);
});

test("a planted date and a planted wait are found", () => {
  const request = 'const cloud = withLocalCloud();\ncloud.file({ occurredAt: "2026-11-24T06:10:00Z" });';
  expect(writtenDates(request)).toEqual(["2026-11-24"]);
  expect(
    writtenDates(request.replace("withLocalCloud()", 'withLocalCloud("qazvin", Date.parse("2026-12-01"))')),
  ).toEqual([]);
  for (const wait of [
    "await sleep(300);",
    "await page.waitForTimeout(1_000);",
    "setTimeout(resolve, 30)",
    "await expect.poll(() => said(page), { timeout: 10_000 }).toBe('done');",
    "await page.locator('.cases').waitFor({ timeout: 40_000 });",
    "expect(performance.now() - began).toBeLessThan(2_000);",
    "expect(Math.abs(Date.now() - sentAt)).toBeLessThan(10_000);",
  ])
    expect(wallClockWaits(wait), wait).not.toEqual([]);
  expect(wallClockWaits("until: performance.now()")).toEqual([]);
});
