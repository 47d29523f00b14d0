import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll } from "vitest";
import * as z from "zod";
import type { TheLocalCloud } from "./the-local-cloud.ts";

/** A port on the loopback that nobody listens on. */
export async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const taken = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, "close");
  return taken.port;
}

/** An address at which nobody answers until `comeBack`; from then on whoever answers at the other one. */
export async function createUnreachableProxy(from: string) {
  const { hostname, port } = new URL(from);
  const own = await aFreePort();
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const one of [near, far]) open.add(one.on("error", () => near.destroy()));
    near.pipe(far).pipe(near);
  });
  return {
    url: `http://127.0.0.1:${own}`,
    comeBack: () => once(server.listen(own, "127.0.0.1"), "listening"),
    close() {
      server.close();
      for (const one of open) one.destroy();
    },
  };
}

const root = join(import.meta.dirname, "../..");

type Block = { language: string; tag: string; code: string };

/** The blocks of a guide, each with what its fence says: a language, and a file's name or for whom a step is. */
export const blocksOf = (guide: string): Block[] =>
  [...readFileSync(join(root, "docs", guide), "utf8").matchAll(/^```(\S*) ?(\S*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", tag = "", code = ""]) => ({ language, tag, code }),
  );
const isScript = ({ language }: Block) => language === "sh";

/**
 * Does what guides say, each time in a folder of its own beside the one that runs the cloud. `client`: the typed client, installed
 * there. `exported`: what the reader has exported before.
 */
export function guideFollower(
  cloud: TheLocalCloud,
  client?: { folder: string },
  exported: Record<string, string> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "foad-guides-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A folder with the guide's programs in it. */
  function settle(guide: string) {
    const home = mkdtempSync(join(folder, "home-"));
    mkdirSync(join(home, "node_modules/@foad"), { recursive: true });
    if (client) symlinkSync(client.folder, join(home, "node_modules/@foad/client"));
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
      ...exported,
    };
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], { cwd: home, env });
    return { out: stdout, home };
  }

  return { settle, follow };
}
