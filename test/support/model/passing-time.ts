import { expect } from "vitest";
import { type NextByClock, nextByClock } from "./clock-events.ts";
import { compare, type Followed, readAsCitizen, type World } from "./followed.ts";
import { later, minutes } from "./instants.ts";
import type { State } from "./state.ts";

const day = minutes(24 * 60);
/** Longer than a request takes: nothing becomes due while one is on its way. */
const ahead = 15_000;
/** How late what is due may be noticed: the sweep looks every minute. */
const noticed = minutes(2);

export const instantNow = ({ cloud }: World) => new Date(cloud.clock.now()).toISOString();

/** Moves the time of the cloud, and the model with it. */
export async function advance(world: World, ms: number): Promise<void> {
  if (ms > 0) await world.cloud.clock.advance(ms);
  await keepClear(world);
}

/**
 * Goes on to where it is certain what has been noticed: requests and sweeps do not meet a due instant in these runs.
 * Whoever has one close by is followed once it lies behind, although going on for another may have come to it.
 */
export async function keepClear(world: World): Promise<void> {
  for (;;) {
    for (const followed of world.followed) {
      if (closeTo(world, followed) === undefined) await followClock(world, followed);
    }
    const close = world.followed.map((followed) => closeTo(world, followed)).find((instant) => instant !== undefined);
    if (close === undefined) return;
    await world.cloud.clock.advance(nextMinute(close) + 1_000 - world.cloud.clock.now());
  }
}

const nextMinute = (instant: number) => Math.ceil(instant / minutes(1)) * minutes(1);

function closeTo({ cloud }: World, { state }: Followed): number | undefined {
  const now = cloud.clock.now();
  const swept = Math.floor(now / minutes(1)) * minutes(1);
  return [...turningPoints(state), ...whatTimeDoes(state, now + ahead)]
    .map((instant) => Date.parse(instant))
    .find((instant) => instant > swept && instant <= now + ahead);
}

/** From when on it is found that time does something, for all that it does until an instant. */
function whatTimeDoes(state: State, until: number): string[] {
  const next = nextByClock(state);
  if (!next || Date.parse(next.dueAt) > until) return [];
  return [noticeable(state, next), ...whatTimeDoes(next.happen(next.dueAt), until)];
}

/** The instants at which the same request begins to be answered in another way. */
function turningPoints(state: State): string[] {
  const { status, answerBy, closedAt, keys } = state;
  return [
    ...(status === "acknowledged" && answerBy ? [answerBy] : []),
    ...(closedAt ? [later(closedAt, 30 * day)] : []),
    ...Object.values(keys).map(({ at }) => later(at, day)),
  ];
}

async function followClock(world: World, followed: Followed): Promise<void> {
  if (!isDue(world, followed)) return;
  const view = await readAsCitizen(world, followed);
  let told = "";
  for (let next = isDue(world, followed); next; next = isDue(world, followed)) {
    const { version, at } = view.history[followed.state.history.length] ?? { version: 0, at: "nothing happened" };
    const since = noticeable(followed.state, next);
    expect(at >= since, `event ${version} at ${at}, due at ${next.dueAt}`).toBe(true);
    expect(at <= later(since, noticed), `event ${version} at ${at}, due since ${since}`).toBe(true);
    followed.state = next.happen(at);
    told += ` ${followed.state.history.at(-1)?.type} at ${at}, due ${next.dueAt};`;
  }
  world.log.push(`${instantNow(world)} the clock:${told}`);
  compare(view, followed, "citizen");
}

/** A move may lead to what was due before it; the clock finds that from then on. */
function noticeable({ history }: State, { dueAt }: NextByClock): string {
  const moved = history.at(-1)?.at ?? "";
  return moved > dueAt ? moved : dueAt;
}

function isDue(world: World, { state }: Followed) {
  const next = nextByClock(state);
  return next && next.dueAt <= instantNow(world) ? next : undefined;
}
