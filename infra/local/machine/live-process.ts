import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

type ProcessRecord = {
  pid: number;
  /** A text its command line holds: a number alone may meanwhile belong to something else. */
  command: string;
};

export function isRunning({ pid, command }: ProcessRecord): boolean {
  return commandLine(pid).includes(command);
}

/** Longer than whoever keeps a process may take to end it. */
const grace = 1_000;

/** Ends exactly the recorded process, if it is still that one and does not end by itself, and resolves once it is gone. */
export async function endProcess(record: ProcessRecord): Promise<void> {
  for (const end = Date.now() + grace; isRunning(record) && Date.now() < end; ) await sleep(10);
  if (!isRunning(record)) return;
  process.kill(record.pid, "SIGKILL");
  while (isRunning(record)) await sleep(10);
}

function commandLine(pid: number): string {
  try {
    return process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" });
  } catch {
    return "";
  }
}
