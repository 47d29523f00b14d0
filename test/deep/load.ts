import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadUnderKills, type Outcome } from "../support/load-under-kills.ts";
import { aRestartable, freePortRow } from "../support/restarts.ts";

/** `SEED=7 COMPLAINTS=200 KILLS=2 CLIENTS=16 npm run soak`; each may be left out. */
const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const seed = number("SEED", Date.now() % 1_000_000);
const trial = {
  seed,
  complaints: number("COMPLAINTS", 1_000),
  kills: number("KILLS", 5),
  clients: number("CLIENTS", 16),
};

const began = performance.now();
const print = (line: string) => process.stdout.write(`${line}\n`);
const say = (line: string) => print(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}`);

const folder = mkdtempSync(join(tmpdir(), "foad-soak-"));
const cloud = aRestartable({ folder, port: await freePortRow() });
say(`${trial.complaints} complaints by ${trial.clients} clients, ${trial.kills} kills, SEED=${seed}`);
try {
  report(await loadUnderKills({ cloud, say, ...trial }));
} finally {
  await cloud.stop();
}
if (process.exitCode) print(`everything is still in ${folder}`);
else rmSync(folder, { recursive: true, force: true });

function report({ tally, audit, starts, took, faults }: Outcome): void {
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const down = starts.slice(1).reduce((sum, ms) => sum + ms, 0);
  const up = (took - down) / 1_000;
  print(`
  filed              ${tally.filed.length} of ${trial.complaints}, and ${tally.moves} moves, in ${seconds(took)} s
  complaints/s       ${(tally.filed.length / up).toFixed(1)} while it was up (${(tally.moves / up).toFixed(1)} moves/s beside)
  ready after        ${starts.map(seconds).join(", ")} s
  sent again         ${tally.cutOff} cut off, ${tally.refused} refused while it was down, ${tally.failed} answered 5xx
  events in queues   ${audit.events}, ${audit.duplicates} delivered more than once
`);
  for (const fault of faults.slice(0, 50)) print(`  ${fault}`);
  print(
    faults.length === 0 ? "nothing lost, nothing twice, nothing left running" : `${faults.length} faults, SEED=${seed}`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}
