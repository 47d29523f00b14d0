import { holdOf } from "#shared/complaints/confidential-commands.ts";
import { type DataKind, dataKinds, isErased, isErasureDue } from "#shared/complaints/forgetting.ts";
import { Fault } from "#shared/fault.ts";
import { startOfDay } from "#shared/hours/office-clock.ts";
import { erasureRetryDays } from "#shared/policy-numbers.ts";
import { records, retention } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import type { Writes } from "#shared/storage/transaction.ts";
import { addMilliseconds, dayMs, milliseconds } from "#shared/time/duration.ts";
import { addMonths, type IranianMonth, lastDay } from "#shared/time/period.ts";
import { readCohort, shards } from "../figures/cohorts.store.ts";
import { lastClosingThatCounts } from "../figures/publication.ts";
import { readLastClosed } from "../figures/published.store.ts";
import { listErasableNotices } from "../notices/notice-clock.store.ts";
import { eraseNotice } from "../notices/notice-erasure.store.ts";
import { processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
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
} from "./forgetting.store.ts";
import { reapplyRetentionOrders } from "./restored-tables.store.ts";

/**
 * Complaints of one page. A page that begins at the end of the budget must still end before the function's timeout; one
 * complaint takes up to a second.
 */
const pageSize = 25;

/**
 * Every hour: erases data that the province no longer keeps, one kind of data after the other (identity, texts, events). The
 * complaints are scanned by month of filing. A month's first scan begins on the earliest day on which all its complaints can
 * be due: a complaint filed on the last day and closed at once. A month with complaints that are not due yet is scanned again
 * after `erasureRetryDays`; after a failure, a day later.
 */
export const handler = scheduled({ budgetMs: 40_000, run: eraseComplaints });

export async function eraseComplaints({ now, until }: Run): Promise<string> {
  // This comes first: a restored table may lack a hold that was set after the time of its backup.
  const { followed, isDone } = await reapplyRetentionOrders(now, { until });
  if (followed > 0) log.warn("retention orders applied after restore", { applied: followed });
  if (!isDone) return addMilliseconds(now, 60_000);
  if (records) await eraseNotices(now);
  for (const scan of await scansDue(now)) {
    let unfinished: ErasureScan | undefined = scan;
    while (unfinished && performance.now() < until) unfinished = await continueScan(unfinished, now);
    if (unfinished) return addMilliseconds(now, 60_000);
  }
  return addMilliseconds(now, dayMs);
}

/** Erases the notices to employees that ended a year ago. One that cannot be erased keeps nothing else from being erased. */
async function eraseNotices(now: string): Promise<void> {
  const processOne = ({ id }: { id: string }) => eraseNotice(id);
  const notices = await listErasableNotices(now);
  await processConcurrently(notices, { message: logEvents.notErased, processOne });
  if (notices.length > 0) log.info("notices erased", { notices: notices.length });
}

/** Processes one page of a month. Returns the scan at its next position; undefined after the last page. */
async function continueScan(scan: ErasureScan, now: string): Promise<ErasureScan | undefined> {
  const { month, kind, shard, repeatsErasure, from } = scan;
  const { ids, next } = await readCohort({ unit: { month, shard }, limit: pageSize, from });
  let left = 0;
  const message = logEvents.notErased;
  const failed = await processConcurrently(
    ids.map((id) => ({ id, kind })),
    {
      message,
      async processOne({ id }) {
        if (await eraseComplaint({ id, kind, now, repeatsErasure })) left++;
      },
    },
  );
  const hasMore = scan.hasMore || left + failed > 0;
  const hasFailures = scan.hasFailures || failed > 0;
  const isLast = !next && shard === shards.length - 1;
  const advanced: ErasureScan = { ...scan, shard: next ? shard : shard + 1, hasMore, hasFailures, from: next };
  await writeErasureScan(isLast ? { ...advanced, endedAt: now } : advanced);
  if (isLast) log.info("retention month scanned", { month, kind, hasMore });
  return isLast ? undefined : advanced;
}

/** The scans to do now: unfinished ones, repeated ones that are due, and new ones for months that have become due. */
export async function scansDue(now: string): Promise<ErasureScan[]> {
  const { month: closed, firstMonth } = (await readLastClosed()) ?? {};
  if (!closed || !firstMonth) return [];
  const existing = new Map((await readErasureScans()).map((scan) => [scanName(scan), scan]));
  return dataKinds.flatMap((kind) =>
    monthsDue({ kind, since: firstMonth, closed, now }).flatMap((month) => {
      const scan = existing.get(scanName({ kind, month }));
      if (!scan) return [{ month, kind, shard: 0, hasMore: false }];
      if (isRescanDue(scan, now)) return [restartedScan(scan)];
      return scan.endedAt ? [] : [scan];
    }),
  );
}

const scanName = ({ kind, month }: Pick<ErasureScan, "kind" | "month">) => `${kind} ${month}`;

type DueMonthsQuery = { kind: DataKind; since: IranianMonth; closed: IranianMonth; now: string };

function monthsDue({ kind, since, closed, now }: DueMonthsQuery): IranianMonth[] {
  const due: IranianMonth[] = [];
  const dueFrom = (month: IranianMonth) =>
    addMilliseconds(startOfDay(lastDay(month)), dayMs + milliseconds(retention[kind]));
  // Figures are counted from events. Where closing is delayed, the events of a month stay until the last closing that counts
  // them. Otherwise the figures of four quarters would be too small.
  const isStillCounted = (month: IranianMonth) => kind === "events" && lastClosingThatCounts(month) > closed;
  for (let month = since; dueFrom(month) <= now && !isStillCounted(month); month = addMonths(month, 1)) due.push(month);
  return due;
}

const isRescanDue = ({ endedAt, hasMore, hasFailures }: ErasureScan, now: string) =>
  hasMore && endedAt !== undefined && addMilliseconds(endedAt, hasFailures ? dayMs : erasureRetryDays * dayMs) <= now;

/** The scan from its start. After a failed scan of a restored table, the new scan has `repeatsErasure` too. */
const restartedScan = ({ month, kind, hasFailures, repeatsErasure }: ErasureScan): ErasureScan => ({
  month,
  kind,
  shard: 0,
  hasMore: false,
  repeatsErasure: hasFailures && repeatsErasure,
});

/** `repeatsErasure`: data that is recorded as erased is deleted again, since a restore may have brought the data back. */
type ErasureInput = { id: string; kind: DataKind; now: string; repeatsErasure?: boolean | undefined };

const erasureWritesByKind: Record<DataKind, (current: ComplaintAndConfidentialLog, now: string) => Writes> = {
  identity: identityErasureWrites,
  texts: textErasureWrites,
  events: finalErasureWrites,
};

/** Erases one kind of a complaint's data, if that is due. Returns true if the data is still to be erased later. */
export async function eraseComplaint({ id, kind, now, repeatsErasure }: ErasureInput): Promise<boolean> {
  const outcome = await tryErasure({ id, kind, now });
  // A complaint without a head was being deleted: the remaining items are deleted.
  if (!outcome) return finishErasure(id, kind);
  const { complaint, confidentialLog, hasForgotten } = outcome;
  const isGone = hasForgotten || isErased(complaint, { kind, confidentialLog });
  if (kind === "identity" && repeatsErasure && isGone) await deleteIdentity(id, confidentialLog);
  // Texts are deleted again in every scan: a killed run may have recorded the erasure without deleting all texts. If an admin
  // has set a hold since, the remaining texts stay.
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
      decide: (current) =>
        isErasureDue(current.complaint, { ...current, kind, now, retention })
          ? erasureWritesByKind[kind](current, now)
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
