import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "#infra/local/clock/clock.ts";
import type { Act } from "./act.ts";
import { day } from "./hours.ts";
import { type Journal, recognized, unsure } from "./journal.ts";
import { keyOf, type Perform } from "./requests.ts";

/** How many citizens, agencies and inspectors act at the same time. */
const atOnce = 8;

/** In ms: what is due by the clock at an instant comes before what people do then. */
const justAfter = 1_000;
const week = 7 * day;

type Doing = { clock: Pick<Clock, "now">; journal: Journal; perform: Perform };

type Playing = Doing & {
  plan: Act[];
  until: number;
  clock: Pick<Clock, "now" | "advance" | "at">;
  /** Told after each instant how many acts are behind it. */
  passed: (position: { at: number; acts: number }) => void;
};

/**
 * Goes from instant to instant of the plan and does what is to be done there, but for what the journal has; then to the
 * end. A week passes in one go, in which everything is done when it is due: after each advance all schedules would run.
 */
export async function play({ plan, until, clock, journal, perform, passed }: Playing): Promise<void> {
  const failed = Promise.withResolvers<never>();
  let acts = 0;
  const instants = [...Map.groupBy(plan, ({ at }) => at)].map(([at, here]) => {
    acts += here.length;
    return { at, acts, left: here.filter((act) => !journal.done.has(keyOf(act))) };
  });
  const waiting = instants.filter(({ left }) => left.length > 0);
  // Where a year goes on, several instants are over at once: they keep their order.
  let turn = Promise.resolve();
  const act = async (index: number) => {
    const { at = until, acts = 0, left = [] } = waiting[index] ?? {};
    await allDone(left, { clock, journal, perform }).catch(failed.reject);
    passed({ at, acts });
    // Past a night or two what was done last could not be repeated any more, so it must have been written by then.
    if ((waiting[index + 1]?.at ?? until) - at > recognized) await sleep(unsure);
  };
  for (const [index, { at }] of waiting.entries())
    clock.at(at + justAfter, () => {
      turn = turn.then(() => act(index));
      return turn;
    });
  await Promise.race([reach(clock, until), failed.promise]);
}

async function reach({ now, advance }: Playing["clock"], until: number): Promise<void> {
  while (now() < until) await advance(Math.min(week, until - now()));
}

async function allDone(acts: Act[], doing: Doing): Promise<void> {
  const ofEach = [...Map.groupBy(acts, ({ complaint }) => complaint).values()];
  await inTurns(ofEach, async (ofOne) => {
    for (const act of ofOne) await doneBy(act, doing);
  });
}

async function doneBy(act: Act, { clock, journal, perform }: Doing) {
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
