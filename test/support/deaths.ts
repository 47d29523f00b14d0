import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { table } from "#shared/storage/table.ts";
import { clockStartingAt } from "./test-clock.ts";

const variable = "FOAD_TEST_DIES_AFTER_WRITES";

/** In a program that a test kills: ends this process like a kill, as soon as the table has taken so many writes. */
export function dieWhenTold(): void {
  let left = Number.parseInt(process.env[variable] ?? "", 10);
  table.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        if (/Write|Put|Update|Delete/.test(commandName ?? "") && --left === 0) process.kill(process.pid, "SIGKILL");
        return result;
      },
    { step: "initialize", name: "the kill of a test" },
  );
}

/** Runs a program until it dies: a run whose own time is over before is followed by another. False if none of twenty dies. */
export async function runToDeath(program: string, start: Required<Start>): Promise<boolean> {
  for (let runs = 0; runs < 20; runs++) if ((await runToItsEnd(program, start)) === "killed") return true;
  return false;
}

type Start = { now: string; diesAfterWrites?: number };

/** Runs a program of `test/support` in a process of its own until it ends. Returns how it ended. */
export async function runToItsEnd(program: string, { now, diesAfterWrites }: Start): Promise<"exit" | "killed"> {
  const child = spawn(process.execPath, [`test/support/${program}`], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...clockStartingAt(now), [variable]: String(diesAfterWrites ?? "never") },
  });
  const [code, signal] = await once(child, "exit");
  if (signal === "SIGKILL") return "killed";
  if (code !== 0) throw new Error(`${program} ended with ${code ?? signal}`);
  return "exit";
}
