import { execFileSync } from "node:child_process";

/** The processes of this test's own local cloud that run a function whose name has this in it. */
function processesOf(name: string): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && args.at(-1)?.includes(name) ? [Number(pid)] : [];
  });
}

/** Ends them in the middle of whatever they do; returns how many there were. */
export function killProcessesOf(name: string): number {
  const pids = processesOf(name);
  for (const pid of pids) process.kill(pid, "SIGKILL");
  return pids.length;
}
