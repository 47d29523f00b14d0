import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";

/** A process as a file remembers it. Its number alone would not do: once it has ended, another program may get that. */
export const ProcessRecord = z.object({
  pid: z.int(),
  /** Its command line as the operating system tells it, or a part of that which no other process has. */
  command: z.string().min(1),
});
export type ProcessRecord = z.infer<typeof ProcessRecord>;

export function recordOfThisProcess(): ProcessRecord {
  const { pid, argv } = process;
  return { pid, command: commandLine(pid) || argv.join(" ") };
}

export function isRunning({ pid, command }: ProcessRecord): boolean {
  return commandLine(pid).includes(command);
}

/** Longer than the keeper of an engine takes to end it, in ms. */
const grace = 1_000;

/**
 * Kills the recorded process, and no other that has its number by now, unless
 * it ends by itself within the grace; resolves once it is gone.
 */
export async function endProcess(record: ProcessRecord): Promise<void> {
  for (const end = Date.now() + grace; isRunning(record) && Date.now() < end; ) await sleep(10);
  if (!isRunning(record)) return;
  process.kill(record.pid, "SIGKILL");
  while (isRunning(record)) await sleep(10);
}

/** As the operating system tells it; empty where there is no such process. */
function commandLine(pid: number): string {
  try {
    return process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()
      : execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "";
  }
}
