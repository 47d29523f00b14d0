import { setTimeout as sleep } from "node:timers/promises";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import type { Restartable } from "../restarts.ts";
import { type Audit, audit } from "./audit.ts";
import { createLoadIntents, emptyTally, runLoad, type Tally } from "./load.ts";

type Trial = {
  cloud: Restartable;
  complaints: number;
  clients: number;
  kills: number;
  seed: number;
};

export type Outcome = {
  tally: Tally;
  audit: Audit;
  /** Milliseconds from each start until it was ready; the first is that on an empty state. */
  starts: number[];
  /** Milliseconds from the first request until the last answer, restarts included. */
  took: number;
  /** Everything that should not have happened; empty if the promise held. */
  faults: string[];
};

/** Files complaints while the process is killed and started again, then looks for every one of them. */
export async function loadUnderKills({ cloud, ...trial }: Trial): Promise<Outcome> {
  const random = mulberry32(trial.seed);
  const starts = [await cloud.start()];
  const endpoints = cloud.endpoints();
  const intents = createLoadIntents({ ...trial, endpoints, random });
  const tally = emptyTally();
  const moments = momentsOf({ ...trial, random });
  const began = performance.now();
  const load = runLoad({ intents, clients: trial.clients, endpoints, tally });
  const left = await killAt({ moments, cloud, tally, starts });
  await load;
  const took = performance.now() - began;
  const audited = await audit({ filed: tally.filed, endpoints, state: cloud.state });
  left.push(...(await cloud.stop()));
  const unanswered = trial.complaints - tally.filed.length;
  const faults = [
    ...tally.faults,
    ...(unanswered > 0 ? [`${unanswered} complaints were never answered 201`] : []),
    ...audited.faults,
    ...left.map((line) => `left running: ${line}`),
  ];
  return { tally, audit: audited, starts, took, faults };
}

type Moment = { afterFiled: number; delay: number };

/** One moment in each equal part of the load, well before its end. */
function momentsOf({
  complaints,
  kills,
  random,
}: Pick<Trial, "complaints" | "kills"> & { random: () => number }): Moment[] {
  const part = complaints / kills;
  return Array.from({ length: kills }, (_, n) => ({
    afterFiled: Math.floor(part * (n + 0.1 + 0.6 * random())),
    delay: random() * 100,
  }));
}

type Killing = Pick<Trial, "cloud"> & { moments: Moment[]; tally: Tally; starts: number[] };

/** Resolves with the processes that outlived the one that was killed. */
async function killAt({ moments, cloud, tally, starts }: Killing): Promise<string[]> {
  const left: Promise<string[]>[] = [];
  for (const { afterFiled, delay } of moments) {
    while (tally.filed.length < afterFiled && tally.faults.length === 0) await sleep(5);
    await sleep(delay);
    left.push(cloud.kill());
    starts.push(await cloud.start());
  }
  return (await Promise.all(left)).flat();
}
