import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { provincesAt } from "../upgrade/templates/provinces-at.ts";

const root = join(import.meta.dirname, "../..");
let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "foad-older-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** Qazvin's file in a repository's folder, and its commits. */
function aRepository(name: string) {
  const top = join(place, name);
  const folder = join(top, "provinces");
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]) => execFileSync("git", args, { cwd: top, encoding: "utf8" }).trim();
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "Qazvin");
  git("config", "user.email", "it@qazvin.example");
  const put = (file: string, text: string) => writeFileSync(join(folder, file), text);
  return {
    top,
    folder,
    put,
    commit(text: string) {
      put("qazvin.json", text);
      git("add", "--all");
      git("commit", "--quiet", "--message", text);
      return git("rev-parse", "HEAD");
    },
  };
}

/** The older file of Qazvin, and what is told of it. */
function older(folder: string, code = { root, release: join(place, "release") }) {
  const at = provincesAt({ province: "qazvin", folder, code, into: join(place, "older") });
  return { told: at.told, text: readFileSync(join(at.folder, "qazvin.json"), "utf8") };
}

describe("An upgrade is played from the province's file as it was", () => {
  test("in HEAD, where it lies in a repository of its own", () => {
    const { folder, put, commit } = aRepository("own");
    const head = commit("released");
    put("qazvin.json", "edited");
    const told = `qazvin.json and the calendar are those of commit ${head.slice(0, 8)} of their repository`;
    expect(older(folder)).toEqual({ told, text: "released" });
  });

  test("in the commit that its list of the last release names, rather than in HEAD", () => {
    const { folder, put, commit } = aRepository("own");
    const released = commit("released");
    put("qazvin.released.json", JSON.stringify({ commit: released }));
    commit("edited");
    expect(older(folder)).toMatchObject({ text: "released" });
  });

  test("in that release, where it lies in the code's own repository", () => {
    const { top, folder, commit } = aRepository("code");
    commit("edited");
    const release = join(place, "release");
    mkdirSync(join(release, "provinces"), { recursive: true });
    writeFileSync(join(release, "provinces/qazvin.json"), "released");
    const told = "qazvin.json and the calendar are those of that release";
    expect(older(folder, { root: top, release })).toEqual({ told, text: "released" });
  });

  test("or with today's on both sides, which is said, where git knows no older one or they are alike", () => {
    const bare = join(place, "bare");
    mkdirSync(bare);
    writeFileSync(join(bare, "qazvin.json"), "today's");
    const unknown = "git knows no older qazvin.json: today's is on both sides, and only the code is compared";
    expect(older(bare)).toEqual({ told: unknown, text: "today's" });
    const { folder, put, commit } = aRepository("new");
    put("qazvin.json", "today's");
    expect(older(folder)).toEqual({ told: unknown, text: "today's" });
    commit("today's");
    const alike = "qazvin.json and the calendar are the same on both sides: only the code is compared";
    expect(older(folder)).toEqual({ told: alike, text: "today's" });
  });
});

test.each([
  ["no province is named", {}, "Which province? Name it in FOAD_PROVINCE: there are alborz, qazvin."],
  ["git knows no such release", { FOAD_PROVINCE: "qazvin" }, 'git knows no commit by the name "nowhere".'],
])("Nothing is played where %s", (_, variables, said) => {
  const { FOAD_PROVINCE: _one, FOAD_PROVINCE_FOLDER: _all, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ["test/upgrade/templates/play-upgrade.ts", "nowhere"], {
    cwd: root,
    env: { ...env, ...variables },
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: `Nothing was played. ${said}\n` });
});
