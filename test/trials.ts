import { spawnSync } from "node:child_process";
import { join } from "node:path";

/**
 * `npm run trial -- NAME`: what takes too long for `npm test`, or measures. `npm run trial -- --help` lists the names. Words
 * after the name are passed on; after the name of a test, a number says how much of it is played.
 */
type Trial = { does: string; run: readonly string[] };

const root = join(import.meta.dirname, "..");
const node = (...words: string[]) => [process.execPath, ...words];
const test = (...files: string[]) => node("node_modules/vitest/vitest.mjs", "run", "--project", "assembled", ...files);
const scenarios = "vitest run --project assembled test/scenarios test/deep";
const deep = (name: string) => `test/deep/${name}.test.ts`;

const groups: Record<string, Record<string, Trial>> = {
  "Any day of the year": {
    "any-day": {
      does: "[FILE …]: the scenarios, or these files, at twelve instants; 3 h",
      run: node("test/any-day.ts"),
    },
    year: {
      does: "the played year at full length, with three seeds; 1 h",
      run: node("test/measure/three-years.ts"),
    },
  },
  "Soaks: many cases, nothing is lost, nobody sees what is not theirs": {
    canaries: {
      does: "pieces of identity in complaints never come out anywhere; ½ h",
      run: test(deep("many-canaries")),
    },
    cohort: { does: "a quarter's figures are those of an independent count; ¼ h", run: test(deep("close-periods")) },
    complaints: {
      does: "lists and numbers of 5,000 open and 100,000 closed complaints; 10 min",
      run: test(deep("many-complaints")),
    },
    files: { does: "files are cleaned while their cleaners are killed; 4 min", run: test(deep("killed-cleaners")) },
    flood: {
      does: "many complaints at once, each told by mail; 4 min",
      run: test(deep("mail-refusals")),
    },
    fuzz: { does: "requests that hold anything at all; 3 min", run: test(deep("fuzz")) },
    guesses: {
      does: "100,000 guesses at secrets lock nobody out and raise the alarm; ¼ h",
      run: test("test/scenarios/long/guessing.test.ts"),
    },
    messages: {
      does: "messages are sent while their sender is killed and providers fail; ¼ h",
      run: test(deep("killed-sender")),
    },
    histories: { does: "provinces that change from release to release", run: test(deep("province-histories")) },
    escalation: { does: "late complaints climb every level in time; 2 min", run: test(deep("escalation")) },
    issues: {
      does: "histories of issues with acts at one instant and kills; 4 min",
      run: test(deep("issues-at-once")),
    },
    model: { does: "sequences of acts, compared with a model; ½ h", run: test(deep("model")) },
    pages: { does: "lists that are read page by page miss nothing; 1 min", run: test(deep("paging")) },
    requests: { does: "requests made from the document's own schemas", run: test(deep("generated-requests")) },
    "same-instant": { does: "two people act on one complaint at once; 2 min", run: test(deep("same-instant")) },
    survival: { does: "complaints are filed while everything is killed; 4 min", run: test(deep("survival")) },
    twins: { does: "complaints that differ by a secret look the same; 20 min", run: test(deep("twins")) },
    all: {
      does: "all of test/deep at full length; takes hours",
      run: test("test/deep"),
    },
  },
  "Drills of what people do by docs/operations.md": {
    erasing: { does: "cases are erased, held ones stay; 4 min", run: test(deep("erasing")) },
    restore: { does: "tables and files are restored; 2 min", run: test(deep("restore"), deep("restore-files")) },
  },
  "Plays of releases": {
    bundles: {
      does: "COMMIT: complaints, issues and notices of that release's code go on with this one's, and back; 5 min",
      run: node("test/upgrade/bundles/play-bundles.ts"),
    },
    deploy: {
      does: "COMMIT: four provinces from first deployment to end, on a CloudFormation engine; 10 min",
      run: node("test/upgrade/deployment/play-deploy.ts"),
    },
    upgrade: {
      does: "[COMMIT]: which updates over that release CloudFormation would refuse; ½ min",
      run: node("test/upgrade/templates/play-upgrade.ts"),
    },
    assemblies: {
      does: "BEFORE AFTER: what differs between two synthesized folders",
      run: node("test/measure/compare-assemblies.ts"),
    },
  },
  "Measures of money": {
    life: { does: "what a complaint's life costs; 10 s", run: node("test/measure/cost-of-a-life.ts") },
    escalation: { does: "what climbing costs; 10 s", run: node("test/measure/cost-of-escalation.ts") },
    statistics: { does: "what the figures cost", run: node("test/measure/cost-of-statistics.ts") },
    quotas: {
      does: "which quotas of an account a province meets first",
      run: node("test/measure/quotas.ts"),
    },
    page: {
      does: "what the public page weighs, and 200 requests a second cost",
      run: node("test/measure/cost-of-page.ts"),
    },
  },
  "Measures of time": {
    "page-of-many": {
      does: "[AGENCIES] [A MONTH]: how long a large province's page is made",
      run: node("test/measure/page-of-many.ts"),
    },
    cleaning: { does: "how long files are cleaned, by type", run: node("test/measure/cleaning.ts") },
    refusals: {
      does: "what is foreign is refused as fast as what is unknown",
      run: node("test/measure/refusal-timing.ts"),
    },
    "start-up": {
      does: "COMMIT: functions of the API start at most 5 % slower than at that commit",
      run: node("test/measure/start-up.ts"),
    },
    synth: { does: "how long 1, 40 and 500 agencies are synthesized; 1 min", run: node("test/measure/synth.ts") },
  },
  "Measures of what is safe and useful": {
    attack: {
      does: "[worlds=1,3] [key=…]: what an attacker learns from the public figures; up to an hour",
      run: node("--max-old-space-size=6000", "test/attack/attack.ts"),
    },
    proposals: {
      does: "how often arithmetic proposes what chance made, and how soon it finds a rise; 1 min",
      run: node("test/measure/proposals.ts"),
    },
    sharpness: {
      does: "how sharp a page of print stays when its picture is made anew",
      run: node("test/measure/sharpness.ts"),
    },
    grants: {
      does: "which rights of functions nothing used; ½ h",
      run: [
        "sh",
        "-c",
        `rm -rf .local/grants && FOAD_GRANTS_FOLDER=.local/grants ${scenarios} && node test/measure/unused-rights.ts`,
      ],
    },
    preview: {
      does: "FOLDER: pictures of the public page of an invented year",
      run: node("test/public-page/preview.ts"),
    },
  },
};

const [name = "--help", ...words] = process.argv.slice(2);
const trial = new Map(Object.values(groups).flatMap((group) => Object.entries(group))).get(name);
if (trial) play(trial);
else list();

function play({ run }: Trial): void {
  const isTest = run.includes("--project");
  const size = isTest ? { FOAD_TEST_SIZE: words.shift() ?? "full" } : {};
  const [program = "", ...rest] = [...run, ...words];
  const env = { FOAD_PROVINCE_FILE: join(root, "infra/provinces/qazvin.json"), ...process.env, ...size };
  process.exitCode = spawnSync(program, rest, { cwd: root, env, stdio: "inherit" }).status ?? 1;
}

function list(): void {
  const lines = Object.entries(groups).flatMap(([title, trials]) => [
    `\n${title}\n`,
    ...Object.entries(trials).map(([one, { does }]) => `  ${one.padEnd(14)}${does}`),
  ]);
  const unknown = name === "--help" ? "" : `\nThere is no trial ${name}.\n`;
  process.stdout.write(`npm run trial -- NAME\n${lines.join("\n")}\n${unknown}`);
  if (unknown) process.exitCode = 2;
}
