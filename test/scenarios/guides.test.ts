import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { clientSettings } from "../../infra/local/machine/aws-account.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "foad-guides-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Block = { language: string; tag: string; code: string };

const blocksOf = (guide: string): Block[] =>
  [...readFileSync(join(root, "docs", guide), "utf8").matchAll(/^```(\S*) ?(\S*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", tag = "", code = ""]) => ({ language, tag, code }),
  );
const isScript = ({ language }: Block) => language === "sh";

/** Does what a guide says, block after block, in an empty folder; `way`: which of the blocks that are tagged as one of several. */
async function follow(guide: string, way = ""): Promise<{ out: string; home: string }> {
  const home = mkdtempSync(join(folder, "home-"));
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
  const foad = join(home, "foad-128");
  mkdirSync(foad);
  symlinkSync(cloud.state, join(foad, ".local"));
  const blocks = blocksOf(guide);
  for (const block of blocks.filter((one) => !isScript(one) && one.tag))
    writeFileSync(join(home, block.tag), block.code);
  const steps = blocks.filter((block) => isScript(block) && ["", way].includes(block.tag));
  const script = steps.map(({ code }) => code).join("\n");
  const env = {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: process.env.HOME,
    FOAD: foad,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], { cwd: home, env });
  return { out: stdout, home };
}

test.each(["front-end.md", "agency.md"])("every block of %s is a program, a step or JSON", (guide) => {
  const blocks = blocksOf(guide);
  expect(blocks.length).toBeGreaterThan(4);
  for (const { language, tag, code } of blocks) {
    if (language === "json") JSON.parse(code);
    else if (language === "sh") expect(["", "typescript", "python"]).toContain(tag);
    else expect(tag).toMatch({ ts: /\.mts$/, js: /\.mjs$/, python: /\.py$/ }[language] ?? /never/);
  }
});

test("a front end that follows its guide files once, writes, is told what is wrong, and hears what happened", async () => {
  const { out } = await follow("front-end.md");
  expect(out).toMatch(/^QZ-\S+ filed \S+Z 1$/m);
  expect(out).toMatch(/^invalid [\s\S]*min-characters/m);
  expect(out).toMatch(/^QZ-\S+\/1 filed \S+Z filed$/m);
}, 60_000);

const Mirror = z.object({
  after: z.string(),
  cases: z.record(z.string(), z.object({ status: z.string(), description: z.string() })),
});
const hasBoto3 = spawnSync("python3", ["-c", "import boto3"]).status === 0;

describe.each([
  ["typescript", true],
  ["python", hasBoto3],
] as const)("an agency that follows its guide in %s", (way, isHere) => {
  test.skipIf(!isHere)(
    "has its cases and none that it gave away, and empties its dead letters",
    async () => {
      const [kept, given] = [await cloud.file(), await cloud.file()];
      const body = { toAgencyId: "post", reason: "به این اداره مربوط نیست." };
      const path = `/v1/agency/complaints/${given.id}/transfer`;
      await cloud.call({ as: "agency-social-security", method: "POST", path, body });
      await cloud.quiet();
      const sqs = new SQSClient({ ...clientSettings, endpoint: cloud.endpoints.sqs });
      const QueueUrl = cloud.endpoints.queues["social-security"]?.replace(/\.fifo$/, "-dlq.fifo");
      const dead = { id: `${kept.id}/1`, subject: kept.id, data: { version: 1 } };
      const MessageBody = JSON.stringify(dead);
      const ids = { MessageGroupId: kept.id, MessageDeduplicationId: dead.id };
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...ids }));
      const { home } = await follow("agency.md", way);
      const { after, cases } = Mirror.parse(JSON.parse(readFileSync(join(home, "cases.json"), "utf8")));
      expect(cases[kept.id]).toMatchObject({ status: "filed", description: expect.any(String) });
      expect(cases).not.toHaveProperty(given.id);
      expect(after).toMatch(/^QZ-\S+\/\d+$/);
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
      expect(Messages).toEqual([]);
      sqs.destroy();
    },
    90_000,
  );
});
