import { join } from "node:path";
import { startLocalCloud } from "#infra/local/local-cloud.ts";
import { refuseFolderInUse } from "#infra/local/machine/state-folder.ts";
import { synthesize } from "#infra/local/synthesis.ts";
import { openJournal, type Year } from "./journal.ts";
import { provinceFileIn, provincesIn, writeInventedProvince } from "./place.ts";
import { planOf } from "./plan.ts";
import { play } from "./play.ts";
import { progressBar } from "./progress.ts";
import { provinceId } from "./province.ts";
import { requester } from "./requests.ts";
import { spanOf } from "./span.ts";

const project = join(import.meta.dirname, "../../..");

/**
 * Plays a year of an invented province in a local cloud of its own, whose clock begins in autumn 1404; killed, it goes on
 * where it was.
 */
export async function playYear(year: Year, { state, signal }: { state: string; signal: AbortSignal }): Promise<void> {
  refuseFolderInUse(state);
  const span = spanOf(year.quarters);
  const province = writeInventedProvince(state, span);
  const plan = planOf({ ...year, span, province });
  const journal = openJournal(join(state, "year.jsonl"), year);
  const assembly = join(state, "cdk.out");
  console.log(`a year of ${province.name.en}: ${year.complaints} complaints, ${plan.length} acts; state in ${state}`);
  // A year that was begun goes on with the functions that it began with.
  if (journal.at === undefined)
    await synthesize({ project, province: provinceId, provinces: provincesIn(state), outdir: assembly, signal });
  // While it was not played, no time has passed in it.
  const startsAt = journal.at ?? span.from;
  const cloud = await startLocalCloud({
    assembly,
    provinceFile: provinceFileIn(state),
    state,
    port: 0,
    startsAt,
    lasting: true,
  });
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    void cloud.broken.then(() => reject(new Error("The engine of the tables ended by itself.")));
  });
  try {
    const show = progressBar({ share: journal.done.size / plan.length });
    const perform = requester({ endpoints: cloud.endpoints, now: cloud.clock.now }, year.seed);
    const passed = ({ at, acts }: { at: number; acts: number }) =>
      show({ at, complaints: journal.known.size, share: Math.min(acts / plan.length, 0.999) });
    await Promise.race([play({ plan, until: span.until, clock: cloud.clock, journal, perform, passed }), stopped]);
    show({ at: span.until, complaints: journal.known.size, share: 1 });
  } finally {
    await cloud.stop();
  }
  console.log(served(state));
}

function served(state: string): string {
  return `
The year is there. To look at it:

  FOAD_PROVINCE=${provinceId} FOAD_PROVINCES=${provincesIn(state)} FOAD_STATE=${state} npm start
`;
}
