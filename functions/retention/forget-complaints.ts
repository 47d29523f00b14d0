import { holdOf } from "#shared/domain/complaint/confidential-commands.ts";
import { Fault } from "#shared/domain/fault.ts";
import { erasureRetryDays } from "#shared/domain/policy-numbers.ts";
import { type DataKind, dataKinds, isErased, isErasureDue } from "#shared/domain/retention/forgetting.ts";
import { addMonths, type IranianMonth, lastDay } from "#shared/domain/statistics/period.ts";
import { lastClosingThatCounts } from "#shared/domain/statistics/publication/publication.ts";
import { addMilliseconds, dayMs, milliseconds } from "#shared/domain/time/duration.ts";
import { startOfDay } from "#shared/domain/time/office-clock.ts";
import {
  type ComplaintAndConfidentialLog,
  deleteIdentity,
  deleteRemainingItems,
  type ErasureScan,
  eraseTexts,
  finalErasureWrites,
  identityErasureWrites,
  readErasureScans,
  textErasureWrites,
  writeErasure,
  writeErasureScan,
} from "#shared/persistence/retention/forgetting.ts";
import { reapplyRetentionOrders } from "#shared/persistence/retention/restored-tables.ts";
import { readCohort, shards } from "#shared/persistence/statistics/cohorts.ts";
import { readLastClosed } from "#shared/persistence/statistics/published.ts";
import type { Writes } from "#shared/persistence/transaction.ts";
import { retention } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";

/** A page must fit into the time that is left when the budget is used up: a case takes up to a second. */
const pageSize = 25;

/**
 * Every hour: forgets what the province keeps no longer, kind by kind. Goes by the months of filing, from the day on which
 * the last case of one could be due had it been closed at once; a month with anything left is walked again a month later,
 * one in which something failed a day later.
 */
export const handler = scheduled({ budgetMs: 40_000, run: eraseComplaints });

export async function eraseComplaints({ now, until }: Run): Promise<string> {
  // Before anything else: in restored tables, a hold that was set since may be missing.
  const { followed, isDone } = await reapplyRetentionOrders(now, { until });
  if (followed > 0) log.warn("restored tables follow the orders given since", { followed });
  if (!isDone) return addMilliseconds(now, 60_000);
  for (const walk of await scansDue(now)) {
    let going: ErasureScan | undefined = walk;
    while (going && performance.now() < until) going = await continueScan(going, now);
    if (going) return addMilliseconds(now, 60_000);
  }
  return addMilliseconds(now, dayMs);
}

/** One page of a month; undefined where that was the last. */
async function continueScan(scan: ErasureScan, now: string): Promise<ErasureScan | undefined> {
  const { month, kind, shard, isRepeated, from } = scan;
  const { ids, next } = await readCohort({ unit: { month, shard }, limit: pageSize, from });
  let left = 0;
  const message = logEvents.notErased;
  const failed = await processConcurrently(
    ids.map((id) => ({ id, kind })),
    {
      message,
      async processOne({ id }) {
        if (await eraseComplaint({ id, kind, now, isRepeated })) left++;
      },
    },
  );
  const isMoreLeft = scan.isMoreLeft || left + failed > 0;
  const hasFailed = scan.hasFailed || failed > 0;
  const isLast = !next && shard === shards.length - 1;
  const on: ErasureScan = { ...scan, shard: next ? shard : shard + 1, isMoreLeft, hasFailed, from: next };
  await writeErasureScan(isLast ? { ...on, endedAt: now } : on);
  if (isLast) log.info("month walked for what is to be forgotten", { month, kind, isMoreLeft });
  return isLast ? undefined : on;
}

/** Where to walk now: months that were begun, are to be walked again, or have become due. */
export async function scansDue(now: string): Promise<ErasureScan[]> {
  const { month: closed, since } = (await readLastClosed()) ?? {};
  if (!closed || !since) return [];
  const begun = new Map((await readErasureScans()).map((scan) => [scanName(scan), scan]));
  return dataKinds.flatMap((kind) =>
    monthsDue({ kind, since, closed, now }).flatMap((month) => {
      const walk = begun.get(scanName({ kind, month }));
      if (!walk) return [{ month, kind, shard: 0, isMoreLeft: false }];
      if (isRescanDue(walk, now)) return [restartedScan(walk)];
      return walk.endedAt ? [] : [walk];
    }),
  );
}

const scanName = ({ kind, month }: Pick<ErasureScan, "kind" | "month">) => `${kind} ${month}`;

type DueMonthsQuery = { kind: DataKind; since: IranianMonth; closed: IranianMonth; now: string };

function monthsDue({ kind, since, closed, now }: DueMonthsQuery): IranianMonth[] {
  const due: IranianMonth[] = [];
  const dueFrom = (month: IranianMonth) =>
    addMilliseconds(startOfDay(lastDay(month)), dayMs + milliseconds(retention[kind]));
  // Figures are counted from events: where closing stands still, these wait for it, or a year would be told too small.
  const isNeeded = (month: IranianMonth) => kind === "events" && lastClosingThatCounts(month) > closed;
  for (let month = since; dueFrom(month) <= now && !isNeeded(month); month = addMonths(month, 1)) due.push(month);
  return due;
}

const isRescanDue = ({ endedAt, isMoreLeft, hasFailed }: ErasureScan, now: string) =>
  isMoreLeft && endedAt !== undefined && addMilliseconds(endedAt, hasFailed ? dayMs : erasureRetryDays * dayMs) <= now;

/** From the start. Where a walk after a restore failed, what is noted as forgotten is deleted once more by this one too. */
const restartedScan = ({ month, kind, hasFailed, isRepeated }: ErasureScan): ErasureScan => ({
  month,
  kind,
  shard: 0,
  isMoreLeft: false,
  isRepeated: hasFailed && isRepeated,
});

/** `isRepeated`: what is noted as forgotten is deleted once more. */
type ErasureInput = { id: string; kind: DataKind; now: string; isRepeated?: boolean | undefined };

const erasureWritesByKind: Record<DataKind, (standing: ComplaintAndConfidentialLog, now: string) => Writes> = {
  identity: identityErasureWrites,
  texts: textErasureWrites,
  events: finalErasureWrites,
};

/** Forgets a kind of a complaint, where that is due; true where it is to be forgotten later. */
export async function eraseComplaint({ id, kind, now, isRepeated }: ErasureInput): Promise<boolean> {
  const outcome = await tryErasure({ id, kind, now });
  // Of a complaint without a head the rest is deleted, if it was begun.
  if (!outcome) return finishErasure(id, kind);
  const { complaint, confidentialLog, hasForgotten } = outcome;
  const isGone = hasForgotten || isErased(complaint, { kind, confidentialLog });
  if (kind === "identity" && isRepeated && isGone) await deleteIdentity(id, confidentialLog);
  // Again with every walk: one that was killed has noted it and not done it all. What is left is kept by a hold set since.
  if (kind === "texts" && isGone) {
    if (holdOf(confidentialLog).held) return true;
    await eraseTexts(id);
  }
  if (kind === "events" && hasForgotten) await deleteRemainingItems(id);
  return !isGone;
}

async function tryErasure({ id, kind, now }: ErasureInput) {
  try {
    return await writeErasure({
      id,
      kind,
      now,
      decide: (standing) =>
        isErasureDue(standing.complaint, { ...standing, kind, now, retention })
          ? erasureWritesByKind[kind](standing, now)
          : undefined,
    });
  } catch (error) {
    if (error instanceof Fault && error.code === "not-found") return undefined;
    throw error;
  }
}

async function finishErasure(id: string, kind: DataKind): Promise<boolean> {
  if (kind !== "events") throw new Fault("not-found");
  await deleteRemainingItems(id);
  return false;
}
