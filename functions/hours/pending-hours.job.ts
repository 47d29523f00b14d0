import { executeClockMove, listOpenComplaints } from "#shared/complaints/clock-moves.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { type HoursChangeCause, moveDeadlines } from "#shared/complaints/deadlines.ts";
import type { HoursScope } from "#shared/hours/office-hours.ts";
import { categoryOf } from "#shared/province/category.ts";
import { directory } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { processConcurrently, processPending, type Run } from "../triggers/schedule.ts";
import {
  type HoursScan,
  listPendingHoursChanges,
  type PendingHoursChange,
  type PendingPosition,
  readCalendarsFor,
  readPendingHoursChange,
  savePendingPosition,
} from "./office-hours.store.ts";

/**
 * A request may have read the hours just before the change. After this time it has ended, and its complaint is in the
 * index.
 */
const hoursSettleAfterMs = 15_000;
const retryDelayMs = 30_000;

/**
 * Moves the deadlines of open complaints for each pending change of hours. A round is one scan of all open complaints;
 * its position is saved after every page. Rounds repeat until two in a row found nothing to move. Both must have begun
 * after `hoursSettleAfterMs`. Returns the time at which there is work again.
 */
export function processHoursChanges(run: Run): Promise<string> {
  return processPending(run, {
    list: listPendingHoursChanges,
    message: logEvents.deadlinesNotMoved,
    processOne: (scope) => processHoursChange(scope, run),
  });
}

async function processHoursChange(scope: HoursScope, { now, until }: Run): Promise<void> {
  let change = await readPendingHoursChange(scope);
  while (change && change.pending.dueAt <= now) {
    // The position was not saved: another run continues this scan, or an admin changed the hours again. That newer
    // change is pending, so a later run processes it.
    if (!(await savePendingPosition(change, await processNextPage(change, now)))) return;
    if (performance.now() > until) return;
    change = await readPendingHoursChange(scope);
  }
}

/** Moves the deadlines of one page. Returns the position of the next page; undefined once all deadlines have moved. */
async function processNextPage(change: PendingHoursChange, now: string): Promise<PendingPosition | undefined> {
  const { countyId, pending } = change;
  const [first] = directory.agencies;
  const scan = pending.progress ?? { startedAt: now, moved: 0, failed: 0 };
  const agencyId = scan.agencyId ?? first?.id ?? "";
  const page = await listOpenComplaints({ agencyId, countyId, from: scan.from });
  const { moved, failed } = await moveDeadlinesOfPage(page.complaints, { change, now });
  const counted = {
    startedAt: scan.startedAt,
    moved: scan.moved + moved,
    failed: scan.failed + failed + page.unreadable,
  };
  const nextPage = page.next ? { agencyId, from: page.next } : nextAgency(agencyId);
  if (nextPage) return { ...pending, progress: { ...counted, ...nextPage } };
  return positionAfterRound(change, { scan: counted, now });
}

function nextAgency(agencyId: string): Pick<HoursScan, "agencyId"> | undefined {
  const { agencies } = directory;
  const next = agencies[agencies.findIndex(({ id }) => id === agencyId) + 1];
  return next && { agencyId: next.id };
}

/**
 * Where the next round over all open complaints begins; undefined if every deadline follows the changed hours. That is so
 * after two rounds in a row that found no deadline to move. One is not enough: a complaint may have moved in the index
 * during the round, for example by a transfer to an agency that the scan had already passed. Rounds that began before the
 * change had settled (`hoursSettleAfterMs`) do not count.
 */
function positionAfterRound(
  change: PendingHoursChange,
  { scan, now }: { scan: HoursScan; now: string },
): PendingPosition | undefined {
  const { date, countyId, setAt, pending } = change;
  const { startedAt, moved, failed } = scan;
  log.info("deadlines changed after hours", { date, countyId, changed: moved, failed });
  const settledAt = addMilliseconds(setAt, hoursSettleAfterMs);
  const { since, previousRoundUnchanged } = pending;
  const isUnchanged = moved + failed === 0 && startedAt >= settledAt;
  if (isUnchanged && previousRoundUnchanged) return undefined;
  if (isUnchanged) return { since, dueAt: addMilliseconds(now, hoursSettleAfterMs), previousRoundUnchanged: true };
  const nextRoundAt = failed > 0 ? addMilliseconds(now, retryDelayMs) : now;
  return { since, dueAt: nextRoundAt > settledAt ? nextRoundAt : settledAt };
}

/**
 * Moves the deadlines of one complaint at once. Called before the complaint is escalated, since the scan of
 * `processHoursChanges` may reach the complaint minutes later.
 */
export async function applyPendingHours({ id, now }: { id: string; now: string }): Promise<void> {
  for (const scope of await listPendingHoursChanges()) {
    const change = await readPendingHoursChange(scope);
    const decide = change && (await deadlineMoverFor({ change, from: beforeEveryFiling }));
    if (decide) await executeClockMove({ id, now, decide });
  }
}

/** Earlier than the first complaint of any province. */
const beforeEveryFiling = "2020-01-01T00:00:00.000Z";

async function moveDeadlinesOfPage(
  complaints: Complaint[],
  { change, now }: { change: PendingHoursChange; now: string },
): Promise<{ moved: number; failed: number }> {
  const from = complaints.map(({ filedAt }) => filedAt).sort()[0];
  if (!from) return { moved: 0, failed: 0 };
  const decide = await deadlineMoverFor({ change, from });
  let moved = 0;
  const moveOne = async (complaint: Complaint) => {
    // Most complaints need no change. The copy in the index shows this, without a read of the table.
    if (decide(complaint, now) && (await executeClockMove({ id: complaint.id, now, decide }))) moved++;
  };
  const failed = await processConcurrently(complaints, { message: logEvents.deadlinesNotMoved, processOne: moveOne });
  return { moved, failed };
}

/**
 * Returns a function that moves the deadlines of a complaint by this change of hours; it returns undefined if they
 * stay. `from`: when the oldest of the complaints was filed; the hours of earlier days are not read.
 */
async function deadlineMoverFor({ change, from }: { change: PendingHoursChange; from: string }) {
  const { whole, soFar } = await readCalendarsFor(change, { from });
  const cause = causeOf(change);
  return (complaint: Complaint, now: string) => {
    // This change concerns one county only. If another change moves this complaint, the event must give the reason of
    // that other change.
    if (change.countyId && change.countyId !== complaint.countyId) return undefined;
    const input = { cause, category: categoryOf(complaint.category), now };
    const moved = moveDeadlines(complaint, { ...input, calendar: soFar(complaint.countyId) });
    // A complaint whose deadlines were already computed from the current hours stays as it is.
    return moved && moveDeadlines(complaint, { ...input, calendar: whole(complaint.countyId) }) ? moved : undefined;
  };
}

function causeOf({ date, reason, override, clientId, person, pending }: PendingHoursChange): HoursChangeCause {
  return {
    date,
    reason,
    reverted: !override || override.until !== undefined,
    since: pending.since,
    clientId,
    person,
  };
}
