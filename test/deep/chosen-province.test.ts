import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { fillInProvince } from "../support/province-files.ts";
import { sharedTableEngine } from "../support/table-engine.ts";

const root = join(import.meta.dirname, "../..");
const here = join(root, "infra/provinces");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foad-province-"));
  cpSync(here, join(folder, "provinces"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * What was synthesized into a folder of its own; `variables` beside a plain environment, which names no province. Without the
 * CDK's own rules, which judge both provinces before any test.
 */
function run(args: string[], variables: Record<string, string> = {}) {
  const outdir = mkdtempSync(join(folder, "assembly-"));
  const { FOAD_PROVINCE: _, FOAD_PROVINCE_FOLDER: __, ...env } = process.env;
  const output = args[0]?.endsWith("cdk") ? ["--output", outdir] : [];
  const { status, stderr } = spawnSync(process.execPath, [...args, ...output], {
    cwd: root,
    env: { ...env, CDK_VALIDATION: "false", CDK_OUTDIR: outdir, ...variables },
    encoding: "utf8",
  });
  return { status, outdir, lines: stderr.trim().split("\n"), templates: templatesIn(outdir) };
}

const templatesIn = (outdir: string) => readdirSync(outdir).filter((name) => name.endsWith(".template.json"));
const cdk = ["node_modules/aws-cdk/bin/cdk", "synth", "-q", "--no-notices"];
const program = ["infra/app.ts"];
const which = "Which province? Name it by npx cdk … -c province=<id>, or in FOAD_PROVINCE: there are alborz, qazvin.";

test("a province that is named to the CDK's own command line is the one that is synthesized", () => {
  const { status, templates } = run([...cdk, "-c", "province=alborz"]);
  expect(status).toBe(0);
  expect(templates).toHaveLength(5);
  expect(templates.filter((name) => !name.startsWith("Foad-alborz-"))).toEqual([]);
});

test.each([
  ["no province is named", cdk, {}, which],
  ["none is named to the program itself", program, {}, which],
  [
    "two are named",
    [...cdk, "-c", "province=alborz"],
    { FOAD_PROVINCE: "qazvin" },
    "-c province=alborz and FOAD_PROVINCE=qazvin name two provinces: leave one out.",
  ],
  [
    "the context is misspelt",
    [...cdk, "-c", "provinz=alborz"],
    {},
    "The context provinz is not known here: a province is named by -c province=<id>.",
  ],
  [
    "the variable is named as context",
    [...cdk, "-c", "FOAD_PROVINCE=alborz"],
    { FOAD_PROVINCE: "qazvin" },
    "The context FOAD_PROVINCE is not known here: a province is named by -c province=<id>.",
  ],
  [
    "the program is given what only the CDK reads",
    [...program, "-c", "province=alborz"],
    { FOAD_PROVINCE: "qazvin" },
    '"-c province=alborz" is not read here: -c province=… is for npx cdk synth and npx cdk deploy; this program takes FOAD_PROVINCE.',
  ],
  [
    "the province has no file",
    program,
    { FOAD_PROVINCE: "nowhere" },
    'There is no province "nowhere" in infra/provinces: there are alborz, qazvin.',
  ],
])("where %s it stops in one sentence, and nothing is synthesized", (_, args, variables, sentence) => {
  const { status, lines, templates } = run(args, variables);
  expect(status).toBe(1);
  expect(lines[0]).toBe(sentence);
  expect(lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
  expect(templates).toEqual([]);
});

describe("in a folder of provinces of one's own", () => {
  const write = (name: string, text: string) => writeFileSync(join(folder, "provinces", name), text);
  const own = (variables: Record<string, string> = {}) =>
    run(program, { FOAD_PROVINCE_FOLDER: join(folder, "provinces"), ...variables });

  test("a faulty file stops the synth with every fault of it", () => {
    write("semnan.json", readFileSync(join(here, "qazvin.json"), "utf8"));
    const { status, lines } = own({ FOAD_PROVINCE: "semnan" });
    rmSync(join(folder, "provinces/semnan.json"));
    expect(status).toBe(1);
    expect(lines.slice(1)).toEqual([
      '  id: is "qazvin" in the file semnan.json: a file is named after its id',
      '  idPrefix: "QZ" is the id prefix of qazvin: choose another',
      '  phonePrefix: "28" is the phone prefix of qazvin: choose another',
      '  tokens.audience: "foad-qazvin" is the audience of qazvin: choose another',
      '  publicUrl: "https://api.foad.qazvin.example" is the address of qazvin: choose another',
      '  mail.sender: "qazvin.example" is the domain of mails of qazvin: choose another',
    ]);
  });

  test("the only province needs no name; one that names its account and region is bound to them, and runs here", async () => {
    rmSync(join(folder, "provinces/qazvin.json"));
    rmSync(join(folder, "provinces/alborz.json"));
    const skeleton = readFileSync(join(root, "infra/programs/operator/new-province.json"), "utf8");
    const bound = '"account": "012345678901",\n  "region": "me-central-1",\n  "sources"';
    write("zanjan.json", fillInProvince(skeleton.replaceAll("<province>", "zanjan")).replace('"sources"', bound));
    const { status, outdir, templates } = own();
    expect(status).toBe(0);
    expect(templates).toHaveLength(5);
    const { artifacts, missing } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    expect(missing).toBeUndefined();
    for (const name of templates)
      expect(artifacts[name.replace(".template.json", "")].environment).toBe("aws://012345678901/me-central-1");
    const cloud = await startLocalCloud({
      assembly: outdir,
      provinceFile: join(folder, "provinces/zanjan.json"),
      state: join(folder, "state"),
      port: 0,
      engine: sharedTableEngine(),
    });
    const answer = await fetch(`${cloud.endpoints.api}/v1/catalog`);
    await cloud.stop();
    expect(answer.status).toBe(200);
    expect(Object.values(cloud.endpoints.queues).join()).toMatch(/\/000000000000\/foad-zanjan-agency-zanjan\.fifo$/);
  });
});
