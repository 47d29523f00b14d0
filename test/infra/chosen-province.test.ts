import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import qazvin from "../../infra/provinces/qazvin.json" with { type: "json" };
import { checkedProvince } from "../../infra/settings.ts";

const root = join(import.meta.dirname, "../..");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foad-province-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: string[], env: Record<string, string> = {}) {
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: folder, ...env },
    encoding: "utf8",
  });
  return { status, lines: stderr.trim().split("\n") };
}

test.each([
  [
    "the CDK's own command line",
    ["node_modules/aws-cdk/bin/cdk", "synth", "-q", "--no-notices", "--output"],
    "province=alborz",
  ],
  [
    "it as a variable",
    ["node_modules/aws-cdk/bin/cdk", "synth", "-q", "--no-notices", "--output"],
    "FOAD_PROVINCE=alborz",
  ],
  ["the program itself", ["infra/app.ts"], "province=alborz"],
])(
  "a province that is named to %s by -c stops it in one sentence, and nothing is synthesized",
  (_, [program = "", ...args], named) => {
    const output = args.includes("--output") ? [folder] : [];
    const { status, lines } = run([program, ...args, ...output, "-c", named]);
    expect(status).toBe(1);
    expect(lines[0]).toMatch(
      /province=alborz" is not read from the command line: name the province in the environment/i,
    );
    expect(readdirSync(folder).filter((name) => name.includes("template"))).toEqual([]);
  },
  60_000,
);

test("a province that has no file is answered by those that have", () => {
  expect(run(["infra/app.ts"], { FOAD_PROVINCE: "nowhere" })).toEqual({
    status: 1,
    lines: ['There is no province "nowhere" in infra/provinces; FOAD_PROVINCE names one of: alborz, qazvin.'],
  });
});

test("a copied file that still has the other's id is refused: it would be deployed over that province", () => {
  expect(() => checkedProvince(qazvin, { id: "semnan" })).toThrow(
    'infra/provinces/semnan.json says that its id is "qazvin": the file is named after the id.',
  );
});
