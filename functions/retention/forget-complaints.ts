import { inTurns } from "#functions/pipelines/in-turns.ts";
import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { dayMs, later } from "#shared/domain/time/duration.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { followOrders } from "#shared/store/retention/restored.ts";
import { type Walk, writeWalk } from "#shared/store/retention/walks.ts";
import { readCohort, shards } from "#shared/store/statistics/cohorts.ts";
import { forget } from "./forget.ts";
import { walksDue } from "./walks-due.ts";

/** A page must fit into the time that is left when the budget is used up: a case takes up to a second. */
const pageSize = 25;

/**
 * Every hour: forgets what the province keeps no longer, kind by kind. Goes by the months of filing, from the day on which
 * the last case of one could be due had it been closed at once; a month with anything left is walked again a month later,
 * one in which something failed a day later.
 */
export const handler = scheduled({ budgetMs: 40_000, run: forgetComplaints });

export async function forgetComplaints({ now, until }: Run): Promise<string> {
  // Before anything else: in restored tables, a hold that was set since may be missing.
  const { followed, isDone } = await followOrders(now, { until });
  if (followed > 0) log.warn("restored tables follow the orders given since", { followed });
  if (!isDone) return later(now, 60_000);
  for (const walk of await walksDue(now)) {
    let going: Walk | undefined = walk;
    while (going && performance.now() < until) going = await walkOn(going, now);
    if (going) return later(now, 60_000);
  }
  return later(now, dayMs);
}

/** One page of a month; undefined where that was the last. */
async function walkOn(walk: Walk, now: string): Promise<Walk | undefined> {
  const { month, kind, shard, isRepeated, from } = walk;
  const { ids, next } = await readCohort({ unit: { month, shard }, limit: pageSize, from });
  let left = 0;
  const message = logEvents.notForgotten;
  const failed = await inTurns(
    ids.map((id) => ({ id, kind })),
    {
      message,
      async attendTo({ id }) {
        if (await forget({ id, kind, now, isRepeated })) left++;
      },
    },
  );
  const isMoreLeft = walk.isMoreLeft || left + failed > 0;
  const hasFailed = walk.hasFailed || failed > 0;
  const isLast = !next && shard === shards.length - 1;
  const on: Walk = { ...walk, shard: next ? shard : shard + 1, isMoreLeft, hasFailed, from: next };
  await writeWalk(isLast ? { ...on, endedAt: now } : on);
  if (isLast) log.info("month walked for what is to be forgotten", { month, kind, isMoreLeft });
  return isLast ? undefined : on;
}
