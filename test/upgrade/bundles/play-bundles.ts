import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aRestartable, freePortRow } from "../../support/restarts.ts";
import { checkOut, nameOf } from "../release.ts";
import { begin, goOn } from "./play.ts";
import type { World } from "./steps.ts";
import { visitor } from "./visitor.ts";

/**
 * `npm run trial -- bundles <commit>`: complaints, issues and notices in every status are made by that commit's code, and today's goes
 * on with them over the same tables and queues; then the other way round, as after going back to that release.
 */
// Whoever complains there knows the clients of the pilot's file, whichever province this shell deploys.
for (const name of ["FOAD_PROVINCE", "FOAD_PROVINCE_FOLDER"]) delete process.env[name];
const [ref = "HEAD~1"] = process.argv.slice(2);
const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "foad-upgrade-"));
const print = (line: string) => process.stdout.write(`${line}\n`);

const earlier = { name: nameOf(ref), code: checkOut(ref, join(folder, "release")) };
const today = { name: "the code of today", code: root };
type Release = typeof today;

const faults = [await exchange(earlier, today), await exchange(today, earlier)].flat();
if (faults.length > 0) print(`everything is still in ${folder}`);
else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
process.exitCode = faults.length > 0 ? 1 : 0;

/** Files by the one code and goes on by the other; returns what was not as it should be. */
async function exchange(from: Release, to: Release): Promise<string[]> {
  print(`\n${from.name}  →  ${to.name}`);
  const place = mkdtempSync(join(folder, "state-"));
  const port = await freePortRow();
  const faults: string[] = [];
  const left = await during({ ...from, place, port, faults }, begin);
  const figures = await during({ ...to, place, port, faults }, (world, state) => goOn(world, { ...left, state }));
  for (const [what, figure] of Object.entries<number>(figures)) print(`  ${what.padEnd(24)} ${figure}`);
  for (const fault of faults) print(`  ${fault}`);
  print(faults.length === 0 ? "  nothing lost, nothing parked, nothing unread" : `  ${faults.length} faults`);
  return faults;
}

type Run = Release & { place: string; port: number; faults: string[] };

async function during<T>(
  { code, place, port, faults }: Run,
  play: (world: World, state: string) => Promise<T>,
): Promise<T> {
  const cloud = aRestartable({ folder: place, port, code });
  await cloud.start();
  try {
    const endpoints = cloud.endpoints();
    const { ask, asked } = visitor(endpoints, faults);
    const played = await play({ endpoints, ask, faults, say: (line) => print(`  ${line}`) }, cloud.state);
    print(`  ${"requests".padEnd(24)} ${asked()}`);
    return played;
  } finally {
    await cloud.stop();
  }
}
