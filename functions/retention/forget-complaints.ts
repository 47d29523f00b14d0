import { inTurns } from "#functions/pipelines/in-turns.ts";
import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { type Kind, kinds } from "#shared/domain/complaint/forgetting.ts";
import { type IranianMonth, lastDay, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { later, milliseconds } from "#shared/domain/time/duration.ts";
import { startOfDay } from "#shared/domain/time/start-of-day.ts";
import { retention } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { followOrders } from "#shared/store/retention/restored.ts";
import { readWalks, type Walk, writeWalk } from "#shared/store/retention/walks.ts";
import { readLastClosed } from "#shared/store/statistics/closed.ts";
import { readCohort, shards } from "#shared/store/statistics/cohorts.ts";
import { forget } from "./forget.ts";

const dayMs = 24 * 60 * 60_000;
/** A month with open cases, or cases that closed late, is walked again after so long. */
const againAfterMs = 30 * dayMs;
const pageSize = 100;

/**
 * Every hour: forgets what the province keeps no longer, kind by kind. Goes by the months of filing, from the day on which
 * the last case of one could be due had it been closed at once; a month with anything left is walked again a month later,
 * one in which something failed a day later.
 */
export const handler = scheduled({ budgetMs: 6_000, run: forgetComplaints });

export async function forgetComplaints({ now, until }: Run): Promise<string> {
  // First of all: of tables that were restored, what is held now may not be forgotten.
  const followed = await followOrders(now);
  if (followed > 0) log.warn("restored tables follow the orders given since", { followed });
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
  const begun = new Map((await readWalks()).map((walk) => [nameOf(walk), walk]));
  return kinds.flatMap((kind) =>
    monthsDue({ kind, since, now }).flatMap((month) => {
      const walk = begun.get(nameOf({ kind, month }));
      if (!walk) return [{ month, kind, shard: 0, isMoreLeft: false }];
      if (isToBeWalkedAgain(walk, now)) return [walkedAgain(walk)];
      return walk.endedAt ? [] : [walk];
    }),
  );
}

const nameOf = ({ kind, month }: Pick<Walk, "kind" | "month">) => `${kind} ${month}`;

function monthsDue({ kind, since, now }: { kind: Kind; since: IranianMonth; now: string }): IranianMonth[] {
  const due: IranianMonth[] = [];
  const dueFrom = (month: IranianMonth) => later(startOfDay(lastDay(month)), dayMs + milliseconds(retention[kind]));
  for (let month = since; dueFrom(month) <= now; month = monthsLater(month, 1)) due.push(month);
  return due;
}

const isToBeWalkedAgain = ({ endedAt, isMoreLeft, hasFailed }: Walk, now: string) =>
  isMoreLeft && endedAt !== undefined && later(endedAt, hasFailed ? dayMs : againAfterMs) <= now;

/** From the start. Where a walk after a restore failed, what is noted as forgotten is deleted once more by this one too. */
const walkedAgain = ({ month, kind, hasFailed, isRepeated }: Walk): Walk => ({
  month,
  kind,
  shard: 0,
  isMoreLeft: false,
  isRepeated: hasFailed && isRepeated,
});

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
