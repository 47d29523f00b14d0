import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type HoursChangeCause, moveDeadlines } from "#shared/domain/deadlines/deadlines.ts";
import { addMilliseconds } from "#shared/domain/time/duration.ts";
import type { HoursScope } from "#shared/domain/time/office-hours.ts";
import { executeClockMove, listOpenComplaints } from "#shared/persistence/complaints/clock-moves.ts";
import {
  type HoursScan,
  listPendingHoursChanges,
  type PendingHoursChange,
  type PendingPosition,
  readCalendarsFor,
  readPendingHoursChange,
  savePendingPosition,
} from "#shared/persistence/office-hours.ts";
import { categoryOf } from "#shared/province/category.ts";
import { directory } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { processConcurrently, processPending, type Run } from "../triggers/schedule.ts";

/** By then requests that had begun, as those that read the hours before the change, have ended and are in the index. */
const hoursSettleAfterMs = 15_000;
const retryDelayMs = 30_000;

/**
 * Walks through the open complaints for each pending change of hours, saving its place after every page, and repeats
 * until two rounds on end that began after the hours had settled found nothing to move. Returns when there is something
 * to do again.
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
    // Not saved: another run goes on with this walk, or an admin changed the hours again, and that change is pending.
    if (!(await savePendingPosition(change, await processNextPage(change, now)))) return;
    if (performance.now() > until) return;
    change = await readPendingHoursChange(scope);
  }
}

/** Moves the deadlines of one page. Returns how far the walk has come; undefined where all deadlines have followed. */
async function processNextPage(change: PendingHoursChange, now: string): Promise<PendingPosition | undefined> {
  const { countyId, pending } = change;
  const [first] = directory.agencies;
  const walk = pending.walk ?? { startedAt: now, moved: 0, failed: 0 };
  const agencyId = walk.agencyId ?? first?.id ?? "";
  const page = await listOpenComplaints({ agencyId, countyId, from: walk.from });
  const { moved, failed } = await moveDeadlinesOfPage(page.complaints, { change, now });
  const tally = {
    startedAt: walk.startedAt,
    moved: walk.moved + moved,
    failed: walk.failed + failed + page.unreadable,
  };
  const place = page.next ? { agencyId, from: page.next } : nextAgency(agencyId);
  if (place) return { ...pending, walk: { ...tally, ...place } };
  return positionAfterRound(change, { walk: tally, now });
}

function nextAgency(agencyId: string): Pick<HoursScan, "agencyId"> | undefined {
  const { agencies } = directory;
  const next = agencies[agencies.findIndex(({ id }) => id === agencyId) + 1];
  return next && { agencyId: next.id };
}

/**
 * Another round where something moved, and one more, a while later, after the first that found nothing: a complaint
 * that changes its place in the index, as by a transfer to an agency that was walked, may have been passed unseen.
 */
function positionAfterRound(
  change: PendingHoursChange,
  { walk: scan, now }: { walk: HoursScan; now: string },
): PendingPosition | undefined {
  const { date, countyId, setAt, pending } = change;
  const { startedAt, moved, failed } = scan;
  log.info("deadlines followed the hours", { date, countyId, moved, failed });
  const settledAt = addMilliseconds(setAt, hoursSettleAfterMs);
  const { since, quiet } = pending;
  if (moved + failed === 0 && startedAt >= settledAt)
    return quiet ? undefined : { since, dueAt: addMilliseconds(now, hoursSettleAfterMs), quiet: true };
  const again = failed > 0 ? addMilliseconds(now, retryDelayMs) : now;
  return { since, dueAt: again > settledAt ? again : settledAt };
}

/** Moves the deadlines of one complaint at once, for a caller about to act on them: the walk may come minutes later. */
export async function applyPendingHours({ id, now }: { id: string; now: string }): Promise<void> {
  for (const scope of await listPendingHoursChanges()) {
    const change = await readPendingHoursChange(scope);
    const decide = change && (await deadlineMoverFor({ change, from: beforeEveryFiling }));
    if (decide) await executeClockMove({ id, now, decide });
  }
}

/** Before the first complaint. */
const beforeEveryFiling = "2020-01-01T00:00:00.000Z";

type HoursChangeAndTime = { change: PendingHoursChange; now: string };

async function moveDeadlinesOfPage(
  complaints: Complaint[],
  { change, now }: HoursChangeAndTime,
): Promise<{ moved: number; failed: number }> {
  const from = complaints.map(({ filedAt }) => filedAt).sort()[0];
  if (!from) return { moved: 0, failed: 0 };
  const decide = await deadlineMoverFor({ change, from });
  let moved = 0;
  const attendTo = async (complaint: Complaint) => {
    // Most complaints are not touched, which can be told from the index, without a read of the table.
    if (decide(complaint, now) && (await executeClockMove({ id: complaint.id, now, decide }))) moved++;
  };
  const failed = await processConcurrently(complaints, { message: logEvents.deadlinesNotMoved, processOne: attendTo });
  return { moved, failed };
}

/** `from`: when the first of the complaints was filed; the hours of earlier days are not needed. */
async function deadlineMoverFor({ change, from }: Pick<HoursChangeAndTime, "change"> & { from: string }) {
  const { whole, soFar } = await readCalendarsFor(change, { from });
  const cause = causeOf(change);
  return (complaint: Complaint, now: string) => {
    // This change cannot move a complaint of another county; if another change would, it must not go by this one's
    // reason.
    if (change.countyId && change.countyId !== complaint.countyId) return undefined;
    const moving = { cause, category: categoryOf(complaint.category), now };
    const moved = moveDeadlines(complaint, { ...moving, calendar: soFar(complaint.countyId) });
    // One that was filed, or moved, by the hours as they are now has nothing to follow.
    return moved && moveDeadlines(complaint, { ...moving, calendar: whole(complaint.countyId) }) ? moved : undefined;
  };
}

function causeOf({ date, reason, override, client, person, pending }: PendingHoursChange): HoursChangeCause {
  return { date, reason, lifted: !override || override.until !== undefined, since: pending.since, client, person };
}
