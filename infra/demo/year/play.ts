import { setTimeout as sleep } from "node:timers/promises";
import type { Act } from "./act.ts";
import { type Journal, recognized, unsure } from "./journal.ts";
import { keyOf, type Perform } from "./requests.ts";

/** How many citizens, agencies and inspectors act at the same time. */
const atOnce = 8;

type Playing = {
  plan: Act[];
  until: number;
  clock: { now(): number; advance(ms: number): Promise<number> };
  journal: Journal;
  perform: Perform;
  /** Told after each instant how many acts are behind it. */
  passed: (position: { at: number; acts: number }) => void;
};

/** Goes from instant to instant of the plan and does what is to be done there, but for what the journal has; then to the end. */
export async function play({ plan, until, clock, journal, perform, passed }: Playing): Promise<void> {
  let acts = 0;
  for (const [at, here] of Map.groupBy(plan, (act) => act.at)) {
    acts += here.length;
    const left = here.filter((act) => !journal.done.has(keyOf(act)));
    if (left.length === 0) continue;
    await reach(clock, at);
    await inTurns([...Map.groupBy(left, ({ complaint }) => complaint).values()], async (ofOne) => {
      for (const act of ofOne) await doneBy(act, { clock, journal, perform });
    });
    passed({ at, acts });
  }
  await reach(clock, until);
}

async function reach({ now, advance }: Playing["clock"], at: number): Promise<void> {
  // Past a night or two what was done last could not be repeated any more, so it must have been written by then.
  if (at - now() > recognized) await sleep(unsure);
  if (at > now()) await advance(at - now());
}

async function doneBy(act: Act, { clock, journal, perform }: Pick<Playing, "clock" | "journal" | "perform">) {
  const { complaint } = act;
  const known = await perform(act, journal.known.get(complaint)).catch((cause: unknown) => {
    throw new Error(`Act ${keyOf(act)} of the year failed (${act.to || "filing"})`, { cause });
  });
  journal.note({
    act: keyOf(act),
    complaint,
    at: clock.now(),
    ...(act.to === "" || act.to === "visits" ? { known } : {}),
  });
}

/** The acts of one complaint keep their order; those of several are done side by side. */
async function inTurns(groups: Act[][], work: (group: Act[]) => Promise<void>): Promise<void> {
  const waiting = groups.values();
  const worker = async () => {
    for (const group of waiting) await work(group);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, groups.length) }, worker));
}
