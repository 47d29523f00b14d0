import { inTurns } from "#functions/pipelines/in-turns.ts";
import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { forgetIdentity, isForgotten } from "#shared/domain/complaint/forgetting.ts";
import { type IranianMonth, lastDay, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { later, milliseconds } from "#shared/domain/time/duration.ts";
import { startOfDay } from "#shared/domain/time/start-of-day.ts";
import { retention } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { forgetOnce, readWalks, type Walk, writeWalk } from "#shared/store/complaints/forgetting.ts";
import { readLastClosed } from "#shared/store/statistics/closed.ts";
import { readCohort, shards } from "#shared/store/statistics/cohorts.ts";

const dayMs = 24 * 60 * 60_000;
/** A month with open cases, or cases that closed late, is walked again after so long. */
const againAfterMs = 30 * dayMs;
const pageSize = 100;

/**
 * Every hour: forgets who complained in cases that have been closed for as long as the province keeps that. Goes by the
 * months of filing, from the day on which the last case of one could be due had it been closed at once; a month with
 * anything left is walked again a month later, one in which something failed a day later.
 */
export const handler = scheduled({ budgetMs: 6_000, run: forgetIdentities });

export async function forgetIdentities({ now, until }: Run): Promise<string> {
  for (const walk of await walksDue(now)) {
    let going: Walk | undefined = walk;
    while (going && performance.now() < until) going = await walkOn(going, now);
    if (going) return later(now, 60_000);
  }
  return later(now, dayMs);
}

/** Where to walk now: months that were begun, are to be walked again, or have become due. */
async function walksDue(now: string): Promise<Walk[]> {
  const since = (await readLastClosed())?.since;
  if (!since) return [];
  const begun = new Map((await readWalks()).map((walk) => [walk.month, walk]));
  const due: Walk[] = [];
  for (let month = since; dueFrom(month) <= now; month = monthsLater(month, 1)) {
    const walk = begun.get(month);
    if (!walk || isToBeRepeated(walk, now)) due.push(first(month));
    else if (!walk.endedAt) due.push(walk);
  }
  return due;
}

const first = (month: IranianMonth): Walk => ({ month, shard: 0, isMoreLeft: false });
const dueFrom = (month: IranianMonth) => later(startOfDay(lastDay(month)), dayMs + milliseconds(retention.identity));
const isToBeRepeated = ({ endedAt, isMoreLeft, hasFailed }: Walk, now: string) =>
  isMoreLeft && endedAt !== undefined && later(endedAt, hasFailed ? dayMs : againAfterMs) <= now;

/** One page of a month; undefined where that was the last. */
async function walkOn(walk: Walk, now: string): Promise<Walk | undefined> {
  const { month, shard, from } = walk;
  const { ids, next } = await readCohort({ unit: { month, shard }, limit: pageSize, from });
  let left = 0;
  const message = logEvents.identityNotForgotten;
  const failed = await inTurns(
    ids.map((id) => ({ id })),
    {
      message,
      async attendTo({ id }) {
        if (await isLeft(id, now)) left++;
      },
    },
  );
  const isMoreLeft = walk.isMoreLeft || left + failed > 0;
  const hasFailed = walk.hasFailed || failed > 0;
  const isLast = !next && shard === shards.length - 1;
  const on: Walk = { month, shard: next ? shard : shard + 1, isMoreLeft, hasFailed, ...(next && { from: next }) };
  await writeWalk(isLast ? { ...on, endedAt: now } : on);
  if (isLast) log.info("month walked for what is to be forgotten", { month, isMoreLeft });
  return isLast ? undefined : on;
}

/** Forgets, where that is due; true where something is to be forgotten later. */
async function isLeft(id: string, now: string): Promise<boolean> {
  return forgetOnce({
    id,
    now,
    decide(complaint, series) {
      const note = forgetIdentity(complaint, { now, series, retention });
      return { note, outcome: !note && !isForgotten(complaint, series) };
    },
  });
}
