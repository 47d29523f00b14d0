import { join } from "node:path";
import { startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { refuseFolderInUse } from "#infra/programs/local-cloud/machine/state-folder.ts";
import { synthesize } from "#infra/programs/local-cloud/synthesis.ts";
import { jalaliDate } from "../acts/terminal.ts";
import { spanOf } from "./calendar.ts";
import { provinceFileIn, provinceId, provincesIn, writeInventedProvince } from "./invented-province.ts";
import { requester } from "./perform.ts";
import { planOf } from "./plan.ts";
import { openJournal, play, type Year } from "./play.ts";

const width = 30;

/**
 * Returns a function that prints progress: on a terminal one line that is overwritten, elsewhere a new line for every 10 %.
 */
function progressBar({ share: begun }: { share: number }) {
  const began = performance.now();
  let tenth = -1;
  return ({ at, complaints, share }: { at: number; complaints: number; share: number }): void => {
    const filled = Math.round(share * width);
    const bar = `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
    const left = timeLeft({ elapsedMs: performance.now() - began, done: share - begun, remaining: 1 - share });
    const line = `${bar} ${percent(share)}  ${jalaliDate(at)}  ${complaints} complaints  ${left}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}${share >= 1 ? "\n" : ""}`);
    else if (Math.floor(share * 10) > tenth) console.log(line);
    tenth = Math.floor(share * 10);
  };
}

const percent = (share: number) => `${Math.floor(share * 100)} %`.padStart(5);

function timeLeft({ elapsedMs, done, remaining }: { elapsedMs: number; done: number; remaining: number }): string {
  if (remaining <= 0) return "done";
  // The first half percent is too little for an estimate.
  if (done < 0.005) return "";
  const seconds = Math.round(((elapsedMs / done) * remaining) / 1_000);
  return `about ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left`;
}

const project = join(import.meta.dirname, "../../../..");

/**
 * Plays a year of an invented province in its own local cloud, whose clock begins in autumn 1404. If the process was killed,
 * the next call continues where it stopped.
 */
export async function playYear(year: Year, { state, signal }: { state: string; signal: AbortSignal }): Promise<void> {
  refuseFolderInUse(state);
  const span = spanOf(year.quarters);
  const province = writeInventedProvince(state, span);
  const plan = planOf({ ...year, span, province });
  const journal = openJournal(join(state, "year.jsonl"), year);
  const assembly = join(state, "cdk.out");
  console.log(`a year of ${province.name.en}: ${year.complaints} complaints, ${plan.length} acts; state in ${state}`);
  // A year that was started before continues with the same functions, so it is not synthesized again.
  if (journal.at === undefined)
    await synthesize({ project, province: provinceId, provinces: provincesIn(state), outdir: assembly, signal });
  // While the year was not played, its clock stood still.
  const startsAt = journal.at ?? span.from;
  const cloud = await startLocalCloud({
    assembly,
    provinceFile: provinceFileIn(state),
    state,
    port: 0,
    startsAt,
    isStill: true,
    lasting: true,
  });
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    void cloud.broken.then(() => reject(new Error("The engine of the tables ended by itself.")));
  });
  try {
    const show = progressBar({ share: journal.done.size / plan.length });
    const perform = requester({ endpoints: cloud.endpoints, now: cloud.clock.now }, year.seed);
    const onProgress = ({ at, requests }: { at: number; requests: number }) =>
      show({ at, complaints: journal.known.size, share: Math.min(requests / plan.length, 0.999) });
    await Promise.race([play({ plan, until: span.until, clock: cloud.clock, journal, perform, onProgress }), stopped]);
    show({ at: span.until, complaints: journal.known.size, share: 1 });
  } finally {
    await cloud.stop();
  }
  console.log(howToLook(state));
}

function howToLook(state: string): string {
  return `
The year is there. To look at it:

  FOAD_PROVINCE=${provinceId} FOAD_PROVINCE_FOLDER=${provincesIn(state)} FOAD_STATE_FOLDER=${state} npm start
`;
}
