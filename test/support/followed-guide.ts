import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll } from "vitest";
import type { TheLocalCloud } from "./the-local-cloud.ts";

const root = join(import.meta.dirname, "../..");

type Block = { language: string; tag: string; code: string };

/** The blocks of a guide, each with what its fence says: a language, and a file's name or for whom a step is. */
export const blocksOf = (guide: string): Block[] =>
  [...readFileSync(join(root, "docs", guide), "utf8").matchAll(/^```(\S*) ?(\S*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", tag = "", code = ""]) => ({ language, tag, code }),
  );
const isScript = ({ language }: Block) => language === "sh";

/** Does what guides say, each time in an empty folder beside the one that runs the cloud. */
export function guideFollower(cloud: TheLocalCloud) {
  const folder = mkdtempSync(join(tmpdir(), "foad-guides-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A folder with the guide's programs in it. */
  function settle(guide: string) {
    const home = mkdtempSync(join(folder, "home-"));
    symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
    const foad = join(home, "foad-128");
    mkdirSync(foad);
    symlinkSync(cloud.state, join(foad, ".local"));
    symlinkSync(join(root, "node_modules"), join(foad, "node_modules"));
    for (const block of blocksOf(guide).filter((one) => !isScript(one) && one.tag))
      writeFileSync(join(home, block.tag), block.code);
    return { home, foad };
  }

  /** Block after block; `ways`: the tags of those that are done, of those that are tagged. */
  async function follow(guide: string, ...ways: string[]): Promise<{ out: string; home: string }> {
    const { home, foad } = settle(guide);
    const steps = blocksOf(guide).filter((block) => isScript(block) && ways.includes(block.tag));
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

  return { settle, follow };
}
