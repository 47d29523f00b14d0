import { execFileSync } from "node:child_process";
import * as z from "zod";

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

const Endpoint = z.looseObject({ ip4: z.string().optional(), ip6: z.string().optional(), port: z.number() });
const Handle = z.looseObject({
  type: z.string(),
  localEndpoint: Endpoint.nullish(),
  remoteEndpoint: Endpoint.nullish(),
});
const Report = z.looseObject({ libuv: z.array(z.unknown()) });
const Listener = Handle.extend({ localEndpoint: Endpoint, remoteEndpoint: z.null().optional() });

/** Where this process listens, as Node itself reports it: address and port of every server, whoever opened it. */
export function openListeners(): { address: string; port: number }[] {
  if (!process.report) throw new Error("this Node gives no report");
  // Or it would ask a name server who the addresses are.
  Object.assign(process.report, { excludeNetwork: true });
  return Report.parse(process.report.getReport()).libuv.flatMap((handle) => {
    const listener = Listener.safeParse(handle);
    if (!listener.success || listener.data.type !== "tcp") return [];
    const { ip4, ip6, port } = listener.data.localEndpoint;
    return [{ address: ip4 ?? ip6 ?? "", port }];
  });
}
