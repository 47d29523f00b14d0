import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jsonSchemas } from "#infra/programs/operator/province-commands.ts";
import { yearlyHolidays } from "../support/a-province.ts";
import { fillInProvince } from "../support/province-files.ts";

const root = join(import.meta.dirname, "../..");
const here = join(root, "infra/provinces");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foad-provinces-"));
});
// The calendar that is here ends some day, and this test must not end with it.
beforeEach(() => {
  cpSync(here, folder, { recursive: true });
  const calendar = JSON.parse(readFileSync(join(here, "calendar/national.json"), "utf8"));
  const to = "2099-12-31";
  const national = calendar.national.with(-1, { ...calendar.national.at(-1), to });
  const holidays = [...calendar.holidays, ...yearlyHolidays("2028-03-20", to)];
  write("calendar/national.json", JSON.stringify({ ...calendar, national, holidays, holidaysUntil: to }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);
const qazvin = readFileSync(join(here, "qazvin.json"), "utf8");

/** The real program, in a folder of provinces of its own. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["infra/programs/operator/province.ts", ...args], {
    cwd: root,
    env: { ...process.env, FOAD_PROVINCE_FOLDER: folder },
    encoding: "utf8",
  });
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at |node:internal|ZodError/m);
  return { status, said: `${stdout}${stderr}`.replaceAll(`${folder}/`, "") };
}

/** A file that names no account could be deployed to any. */
const unbound = (missing: string) =>
  `nothing is wrong. It names no ${missing}: a deployment goes to the account of its credentials.\n`;
const sound = unbound("account and region");

describe("npm run province -- check", () => {
  test("finds nothing in the files that are here", () => {
    expect(run("check")).toEqual({ status: 0, said: `alborz: ${sound}qazvin: ${sound}` });
  });

  test("says of a file where it would be deployed to, until it names that", () => {
    const named = (...fields: string[]) => write("qazvin.json", qazvin.replace("{", `{${fields.join("")}`));
    named('"account": "012345678901",');
    expect(run("check", "qazvin")).toEqual({ status: 0, said: `qazvin: ${unbound("region")}` });
    named('"account": "012345678901",', '"region": "me-central-1",');
    expect(run("check", "qazvin")).toEqual({ status: 0, said: "qazvin: nothing is wrong.\n" });
  });

  test("says of one whose tables were restored what comes before each release", () => {
    const tables = {
      complaints: { name: "Restored", streamLabel: "2026-11-26T08:00:00.000" },
      identities: "Restored-Identities",
    };
    write(
      "qazvin.json",
      JSON.stringify({ ...JSON.parse(qazvin), account: "012345678901", region: "me-central-1", tables }),
    );
    expect(run("check", "qazvin")).toEqual({
      status: 0,
      said: "qazvin: nothing is wrong. Its complaints are in a restored table: before each deployment of a release, npm run restore -- Restored Restored-Identities.\n",
    });
  });

  test.each<[string, string | Buffer, string]>([
    [
      "has faults, all of them",
      qazvin.replace('"QZ"', '"QI"').replace('"PT48H"', '"PT0H"'),
      "qazvin.json is not valid:\n  idPrefix: must be two capital letters, none of I, L, O, U, which are read as digits\n  categories[0].answer.duration: PT0H is too short to be kept: write PT5M or more\n  categories[0].acknowledge.duration: PT3H to acknowledge is longer than the PT0H to answer: shorten it\n",
    ],
    [
      "is no JSON",
      qazvin.replace('"QZ",', '"QZ"'),
      'qazvin.json is not valid:\n  line 6, column 3: "phonePrefix" stands where a comma or } should\n',
    ],
    ["is empty", "", "qazvin.json is not valid:\n  line 1, column 1: the text ends where a value should stand\n"],
    [
      "is no text in UTF-8",
      Buffer.from(qazvin, "utf16le"),
      "qazvin.json is not valid:\n  is not in UTF-8: save it so\n",
    ],
  ])("a file that %s is refused in plain lines", (_, text, said) => {
    write("qazvin.json", text);
    expect(run("check", "qazvin")).toEqual({ status: 1, said });
  });

  test("a file that a Windows editor saved is read", () => {
    write("qazvin.json", `\ufeff${qazvin.replaceAll("\n", "\r\n")}`);
    expect(run("check", "qazvin")).toEqual({ status: 0, said: `qazvin: ${sound}` });
  });

  test("a province that has no file is answered by those that have", () => {
    const { status, said } = run("check", "semnan");
    expect(status).toBe(1);
    expect(said).toMatch(/^There is no province "semnan" in .*: there are alborz, qazvin\.\n$/);
  });

  test("a folder without a file is no clean one", () => {
    for (const id of ["qazvin", "alborz"]) rmSync(join(folder, `${id}.json`));
    rmSync(join(folder, "zanjan.json"), { force: true });
    expect(run("check")).toEqual({
      status: 1,
      said: "Nothing was checked: no file is there; npm run province -- new <id> writes one.\n",
    });
  });

  test("a calendar that is missing is named", () => {
    rmSync(join(folder, "calendar"), { recursive: true });
    expect(run("check", "alborz")).toEqual({
      status: 1,
      said: "calendar/national.json is not valid:\n  is missing: copy infra/provinces/calendar/national.json there\n",
    });
  });

  test("a calendar that ends soon is refused, and what follows is said", () => {
    const calendar = readFileSync(join(here, "calendar/national.json"), "utf8");
    write("calendar/national.json", calendar.replace('"to": "2027-03-20"', '"to": "2026-09-30"'));
    const { status, said } = run("check", "alborz");
    expect(status).toBe(1);
    expect(said).toMatch(
      /^alborz: The national calendar ended on 2026-09-30 .* the last week repeats, without holidays\./,
    );
  });

  test("a restored instant that has not come yet is refused, and one that is past is not", () => {
    const restored = (to: string) => write("qazvin.json", qazvin.replace("{", `{"restorePoints": ["${to}"],`));
    restored("2026-01-10T06:00:00.000Z");
    expect(run("check", "qazvin")).toEqual({ status: 0, said: `qazvin: ${sound}` });
    const inTehran = new Date(Date.now() + 3.5 * 60 * 60_000).toISOString();
    restored(inTehran);
    const { status, said } = run("check", "qazvin");
    expect(status).toBe(1);
    expect(said).toContain(
      `qazvin: restorePoints[0]: ${inTehran} has not come yet, and nothing is restored to it: write`,
    );
  });
});

describe("npm run province -- new", () => {
  test("writes a file that is valid once its blanks are filled", () => {
    expect(run("new", "zanjan").status).toBe(0);
    const blanks = run("check", "zanjan");
    expect(blanks.status).toBe(1);
    const lines = blanks.said.trim().split("\n").slice(1);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !line.endsWith(": is blank: fill it in"))).toEqual([]);
    write("zanjan.json", fillInProvince(readFileSync(join(folder, "zanjan.json"), "utf8")));
    expect(run("check", "zanjan")).toEqual({ status: 0, said: `zanjan: ${sound}` });
  });

  test("fills a folder that is empty with what stands beside each province's file, and leaves what is there", () => {
    rmSync(folder, { recursive: true });
    mkdirSync(join(folder, "calendar"), { recursive: true });
    write("calendar/national.json", "{}");
    const { status, said } = run("new", "zanjan");
    expect(status).toBe(0);
    expect(said).toContain("from infra/provinces: schema/calendar.json, schema/province.json.\nWrote zanjan.json.");
    expect(readFileSync(join(folder, "calendar/national.json"), "utf8")).toBe("{}");
    rmSync(folder, { recursive: true });
    expect(run("new", "zanjan").status).toBe(0);
    for (const name of ["calendar/national.json", "schema/calendar.json", "schema/province.json"])
      expect(readFileSync(join(folder, name), "utf8"), name).toBe(readFileSync(join(here, name), "utf8"));
    expect(run("check", "zanjan").said).not.toContain("national.json");
  });

  test.each([
    ["one that is there", ["new", "qazvin"], /is there already; nothing was written/],
    ["a name that is no id", ["new", "../Zanjan"], /is no id: lower-case letters/],
    ["none", ["new"], /is no id: lower-case letters/],
    ["two", ["new", "zanjan", "semnan"], /One province at a time/],
  ])("refuses %s, and writes nothing", (_, args, said) => {
    const before = readdirSync(folder);
    const answer = run(...args);
    expect(answer.status).toBe(1);
    expect(answer.said).toMatch(said);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(join(folder, "qazvin.json"), "utf8")).toBe(qazvin);
  });
});

test("an unknown command, or option, is answered by those there are", () => {
  const usage = "npm run province -- new <id> | check [id…] [--against <git ref>] | schema\n";
  expect(run("chek")).toEqual({ status: 1, said: usage });
  expect(run("check", "--help")).toEqual({ status: 0, said: usage });
  const { status, said } = run("check", "--all");
  expect(status).toBe(2);
  expect(said).toMatch(/^Nothing was checked: Unknown option '--all'/);
  expect(said.endsWith(usage)).toBe(true);
});

test("the schemas that editors read are those that the program reads by: npm run province -- schema", () => {
  for (const [name, text] of Object.entries(jsonSchemas()))
    expect(readFileSync(join(here, "schema", name), "utf8"), name).toBe(text);
});
