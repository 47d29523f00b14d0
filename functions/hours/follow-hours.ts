import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type HoursCause, moveDeadlines } from "#shared/domain/deadlines/deadline-move.ts";
import { later } from "#shared/domain/time/duration.ts";
import type { Scope } from "#shared/domain/time/hours-change.ts";
import { categoryOf } from "#shared/province/category.ts";
import { directory } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { moveByClock } from "#shared/store/complaints/clock-moves.ts";
import { listOpen } from "#shared/store/complaints/open-complaints.ts";
import { type HoursWalk, readCalendarsFor } from "#shared/store/hours/office-hours.ts";
import {
  listPendingHours,
  type PendingHours,
  type Place,
  readPendingHours,
  saveTurn,
} from "#shared/store/hours/pending-hours.ts";
import { attendPending } from "../pipelines/attend-pending.ts";
import { inTurns } from "../pipelines/in-turns.ts";
import type { Run } from "../pipelines/scheduled.ts";

/** By then requests that had begun, as those that read the hours before the change, have ended and are in the index. */
const hoursSettleAfterMs = 15_000;
const patienceMs = 30_000;

/**
 * Walks through the open complaints for each pending change of hours, saving its place after every page, and repeats
 * until two rounds on end that began after the hours had settled found nothing to move. Returns when there is something
 * to do again.
 */
export function followHours(run: Run): Promise<string> {
  return attendPending(run, {
    list: listPendingHours,
    message: logEvents.deadlinesNotMoved,
    attendTo: (scope) => follow(scope, run),
  });
}

async function follow(scope: Scope, { now, until }: Run): Promise<void> {
  let change = await readPendingHours(scope);
  while (change && change.pending.dueAt <= now) {
    // Not saved: another run goes on with this walk, or an admin changed the hours again, and that change is pending.
    if (!(await saveTurn(change, await turnPage(change, now)))) return;
    if (performance.now() > until) return;
    change = await readPendingHours(scope);
  }
}

/** Moves the deadlines of one page. Returns how far the walk has come; undefined where all deadlines have followed. */
async function turnPage(change: PendingHours, now: string): Promise<Place | undefined> {
  const { countyId, pending } = change;
  const [first] = directory.agencies;
  const walk = pending.walk ?? { startedAt: now, moved: 0, failed: 0 };
  const agencyId = walk.agencyId ?? first?.id ?? "";
  const page = await listOpen({ agencyId, countyId, from: walk.from });
  const { moved, failed } = await movePage(page.complaints, { change, now });
  const tally = {
    startedAt: walk.startedAt,
    moved: walk.moved + moved,
    failed: walk.failed + failed + page.unreadable,
  };
  const place = page.next ? { agencyId, from: page.next } : placeAfter(agencyId);
  if (place) return { ...pending, walk: { ...tally, ...place } };
  return roundEnded(change, { walk: tally, now });
}

function placeAfter(agencyId: string): Pick<HoursWalk, "agencyId"> | undefined {
  const { agencies } = directory;
  const next = agencies[agencies.findIndex(({ id }) => id === agencyId) + 1];
  return next && { agencyId: next.id };
}

/**
 * Another round where something moved, and one more, a while later, after the first that found nothing: a complaint
 * that changes its place in the index, as by a transfer to an agency that was walked, may have been passed unseen.
 */
function roundEnded(change: PendingHours, { walk, now }: { walk: HoursWalk; now: string }): Place | undefined {
  const { date, countyId, setAt, pending } = change;
  const { startedAt, moved, failed } = walk;
  log.info("deadlines followed the hours", { date, countyId, moved, failed });
  const settledAt = later(setAt, hoursSettleAfterMs);
  const { since, quiet } = pending;
  if (moved + failed === 0 && startedAt >= settledAt)
    return quiet ? undefined : { since, dueAt: later(now, hoursSettleAfterMs), quiet: true };
  const again = failed > 0 ? later(now, patienceMs) : now;
  return { since, dueAt: again > settledAt ? again : settledAt };
}

/** Moves the deadlines of one complaint at once, for a caller about to act on them: the walk may come minutes later. */
export async function followAtOnce({ id, now }: { id: string; now: string }): Promise<void> {
  for (const scope of await listPendingHours()) {
    const change = await readPendingHours(scope);
    const decide = change && (await moverFor({ change, from: longAgo }));
    if (decide) await moveByClock({ id, now, decide });
  }
}

/** Before the first complaint. */
const longAgo = "2020-01-01T00:00:00.000Z";

type Moving = { change: PendingHours; now: string };

async function movePage(complaints: Complaint[], { change, now }: Moving): Promise<{ moved: number; failed: number }> {
  const from = complaints.map(({ filedAt }) => filedAt).sort()[0];
  if (!from) return { moved: 0, failed: 0 };
  const decide = await moverFor({ change, from });
  let moved = 0;
  const attendTo = async (complaint: Complaint) => {
    // Most complaints are not touched, which can be told from the index, without a read of the table.
    if (decide(complaint, now) && (await moveByClock({ id: complaint.id, now, decide }))) moved++;
  };
  const failed = await inTurns(complaints, { message: logEvents.deadlinesNotMoved, attendTo });
  return { moved, failed };
}

/** `from`: when the first of the complaints was filed; the hours of earlier days are not needed. */
async function moverFor({ change, from }: Pick<Moving, "change"> & { from: string }) {
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

function causeOf({ date, reason, override, client, person, pending }: PendingHours): HoursCause {
  return { date, reason, lifted: !override || override.until !== undefined, since: pending.since, client, person };
}
