import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unreleasedWarning } from "#infra/provinces/province-files.ts";
import type { Province } from "#shared/province/schema.ts";
import { anAgency, aProvince, someOfficeHours, yearlyHolidays } from "../support/a-province.ts";

const root = join(import.meta.dirname, "../..");
const gas = anAgency({ id: "gas" });
const water = anAgency({ id: "water" });
const province = aProvince({ agencies: [gas, water] });

/** So that no calendar ends while this test lives. */
const to = "2099-12-31";
const { timeZone, national } = someOfficeHours();
const calendar = {
  timeZone,
  national: national.map((range) => ({ ...range, to })),
  holidays: yearlyHolidays("2026-01-01", to),
  holidaysUntil: to,
};
/** What a province says in its own file, beside that calendar. */
const fileOf = (content: Province) =>
  JSON.stringify(
    { ...content, officeHours: { provincial: [], holidays: [], removedHolidays: [], overrides: [] } },
    null,
    2,
  );

/** A repository of its own, with the province in it. */
const sound =
  "semnan: nothing is wrong. It names no account and region: a deployment goes to the account of its credentials.";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foad-release-"));
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "Semnan");
  git("config", "user.email", "it@semnan.example");
  mkdirSync(path("calendar"));
  writeFileSync(path("calendar/national.json"), JSON.stringify(calendar));
  put(province);
  commit("The province's file");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);
const put = (content: Province) => writeFileSync(path("semnan.json"), fileOf(content));
const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
function commit(subject: string): string {
  git("add", "--all");
  git("commit", "--quiet", "--message", subject);
  return git("rev-parse", "HEAD");
}

/** Runs a program of ours on that folder; what it prints, by lines, and its exit code. */
function run(program: string, ...args: string[]) {
  const env = { ...process.env, FOAD_PROVINCE_FOLDER: folder, FOAD_PROVINCE: "semnan", CDK_OUTDIR: path("out") };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  return {
    status,
    lines: `${stdout}${stderr}`
      .trim()
      .split("\n")
      .map((line) => line.trim()),
  };
}
const check = (...args: string[]) => run("infra/programs/operator/province.ts", "check", ...args);
const release = (...args: string[]) => run("infra/programs/operator/release.ts", ...args);

/** Released as province IT does it; the commit that the list names. */
function released(): string {
  const named = git("rev-parse", "HEAD");
  expect(release("semnan").status).toBe(0);
  commit("Semnan is released");
  return named;
}

describe("A release", () => {
  test("is a commit that its list names, with all that can never leave", () => {
    const named = released();
    const list = JSON.parse(readFileSync(path("semnan.released.json"), "utf8"));
    expect(list).toMatchObject({
      commit: named,
      id: "semnan",
      agencies: [
        { id: "gas", queueStack: 1, clientIds: ["agency-gas"], offices: [{ id: "gas-semnan-1", countyId: "semnan" }] },
        { id: "water" },
      ],
      queues: { gas: "foad-semnan-agency-gas.fifo" },
    });
    expect(check()).toEqual({ status: 0, lines: [sound] });
  });

  test("is refused of what is not committed, and of a file with faults", () => {
    writeFileSync(path("note.txt"), "to be done");
    expect(release("semnan")).toEqual({ status: 1, lines: expect.arrayContaining(["?? note.txt"]) });
    put({ ...province, categories: [] });
    commit("No category");
    expect(release("semnan").lines.join()).toContain("categories");
    expect(release().status).toBe(1);
    const mistyped = release("--hlep");
    expect(mistyped.status).toBe(2);
    expect(mistyped.lines).toEqual([expect.stringMatching(/^Nothing was released: .*npm run release -- <id>$/)]);
    expect(git("ls-files", "--others")).toBe("");
  });

  test("is refused of a restored instant that has not come, and could not be taken out again", () => {
    put({ ...province, restorePoints: ["2099-01-10T06:00:00.000Z"] });
    commit("Restored some day");
    const { status, lines } = release("semnan");
    expect({ status, said: lines.join() }).toEqual({ status: 1, said: expect.stringContaining("2099-01-10") });
    expect(git("ls-files", "--others")).toBe("");
  });

  test("keeps check and synth from losing what was released", () => {
    const named = released();
    put({ ...province, agencies: [{ ...gas, queueStack: 2 }] });
    const lines = [
      expect.stringMatching(
        `^agencies: agency "water" was released on [0-9-]{10} .commit ${named.slice(0, 8)}. and cannot be`,
      ),
      expect.stringMatching(/^agencies\[0\]\.queueStack: is 2, but 1 was released/),
    ];
    expect(check()).toEqual({ status: 1, lines: [expect.stringContaining("semnan.json is not valid"), ...lines] });
    const synth = run("infra/app.ts");
    expect(synth).toEqual({ status: 1, lines: [expect.stringContaining("semnan.json is not valid"), ...lines] });
    put({ ...province, agencies: [gas, { ...water, retiredFrom: "2027-03-21" }] });
    expect(check().status).toBe(0);
  });

  test("is retention erasure failed where the file gets another name, or the list is broken", () => {
    released();
    const other = { ...province, id: "damghan", idPrefix: "DM", mail: { sender: "foad@damghan.example" } };
    renameSync(path("semnan.json"), path("damghan.json"));
    writeFileSync(path("damghan.json"), JSON.stringify({ ...other, tokens: { ...other.tokens, audience: "damghan" } }));
    expect(check().lines.at(-1)).toMatch(/"semnan" was released and has no file any more: put semnan\.json back/);
    git("checkout", "--quiet", "semnan.json");
    rmSync(path("damghan.json"));
    writeFileSync(path("semnan.released.json"), "{}");
    expect(check().lines.at(-1)).toMatch(/^\(top\): semnan\.released\.json cannot be read, take it from git again/);
  });
});

test("a folder that no git keeps is neither released nor compared, and what to do is said", () => {
  rmSync(path(".git"), { recursive: true });
  const said = `${folder} lies in no git repository, so nothing in it is released or compared: git init there, and commit the provinces' files.`;
  expect(release("semnan")).toEqual({ status: 1, lines: [said] });
  expect(check("--against", "HEAD")).toEqual({ status: 1, lines: [said] });
});

test("whoever deploys what no release lists is told to release it first", () => {
  const more = { ...province, agencies: [...province.agencies, anAgency({ id: "power" })] };
  const warned = (one: Province) => unreleasedWarning(one, { file: path("semnan.json") });
  expect(warned(more)).toBeUndefined();
  released();
  expect(warned(province)).toBeUndefined();
  expect(warned(more)).toMatch(/^semnan has what its last release does not list: npm run release -- semnan before/);
});

describe("A comparison with a git ref", () => {
  test("says what the change does, and passes where nothing is lost", () => {
    const power = anAgency({ id: "power", queueStack: 2 });
    put({ ...province, agencies: [{ ...gas, retiredFrom: "2027-03-21", successorId: "power" }, water, power] });
    const { status, lines } = check("semnan", "--against", "main");
    expect(status).toBe(0);
    expect(lines).toEqual([
      sound,
      `semnan against main (commit ${git("rev-parse", "main").slice(0, 8)}):`,
      expect.stringMatching(/^agencies\[0\]\.retiredFrom: agency "gas": retires on 2027-03-21/),
      expect.stringMatching(/^agencies\[0\]\.successorId: agency "gas": is succeeded by "power"/),
      expect.stringMatching(/^agencies\[2\]: agency "power": new; gets the queue foad-semnan-agency-power\.fifo/),
    ]);
  });

  test("refuses what would be lost though it was never released, the list of a release among it", () => {
    released();
    rmSync(path("semnan.released.json"));
    put({ ...province, agencies: [gas], name: { fa: "نام", en: "Komesh" } });
    const { status, lines } = check("semnan", "--against", "HEAD");
    expect(status).toBe(1);
    expect(lines.slice(2)).toEqual([
      expect.stringMatching(/^name: is called so/),
      "Refused, since something would be lost:",
      expect.stringMatching(/^\(top\): the list of its last release is gone: git checkout/),
      expect.stringMatching(/^agencies: agency "water" stands in HEAD and cannot be removed/),
    ]);
  });

  test("refuses a province that has another file now, or none", () => {
    renameSync(path("semnan.json"), path("damghan.json"));
    const { status, lines } = check("--against", "HEAD");
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatch(/^semnan stood in HEAD and has no file any more: its stacks would stay/);
  });

  test("says plainly that nothing changes, that the file is new, and what cannot be compared", () => {
    const titled = (ref: string) => `semnan against ${ref} (commit ${git("rev-parse", ref).slice(0, 8)})`;
    expect(check("--against", "HEAD").lines.at(-1)).toBe(`${titled("HEAD")}: nothing changes.`);
    writeFileSync(path("semnan.json"), "{");
    commit("Broken");
    writeFileSync(path("semnan.json"), JSON.stringify({ ...JSON.parse(fileOf(province)), agencies: "many" }));
    commit("Of another form");
    git("rm", "--quiet", "semnan.json");
    commit("Not there");
    put(province);
    expect(check("--against", "HEAD").lines.at(-1)).toBe(
      `${titled("HEAD")}: its file was not there yet, all of it is new.`,
    );
    const unread = check("--against", "HEAD~1");
    expect(unread).toMatchObject({ status: 1 });
    expect(unread.lines.slice(-5)).toEqual([
      `${titled("HEAD~1")}:`,
      "Not compared, since it was of another form or not there:",
      "agencies",
      "Refused, since something would be lost:",
      "agencies: cannot be read as it was in HEAD~1, so nobody can say what would be lost",
    ]);
    const broken = check("--against", "HEAD~2");
    expect(broken.status).toBe(1);
    expect(broken.lines.at(-1)).toMatch(/semnan\.json is no JSON in commit .*, so nothing can be compared: line 1/);
    expect(check("--against", "nowhere").lines.at(-1)).toBe('git knows no commit by the name "nowhere".');
  });
});
