import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type Cause, moveDeadlines } from "#shared/domain/deadlines/deadline-move.ts";
import { later } from "#shared/domain/time/duration.ts";
import type { Scope } from "#shared/domain/time/hours-change.ts";
import { categoryOf } from "#shared/province/category.ts";
import { directory } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { moveByClock } from "#shared/store/complaints/clock-moves.ts";
import { type HoursWalk, readCalendars } from "#shared/store/hours/office-hours.ts";
import {
  listOpen,
  listPendingHours,
  type PendingHours,
  type Place,
  readPendingHours,
  saveTurn,
} from "#shared/store/hours/pending-hours.ts";
import { attendPending } from "../pipelines/attend-pending.ts";
import { inTurns } from "../pipelines/in-turns.ts";
import type { Run } from "../pipelines/scheduled.ts";

/** A request that read the hours before they changed has ended by then, and what it wrote stands in the index. */
const hoursSettleAfterMs = 15_000;
const patienceMs = 30_000;

/**
 * Walks through the open complaints for every change of hours that is pending, page by page, and keeps its place after
 * each; repeats until a round that knew of everything found nothing to move. Returns when there is something to do again.
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
    // Another run goes on from here, or an admin's change that is pending itself.
    if (!(await saveTurn(change, await turnPage(change, now)))) return;
    if (performance.now() > until) return;
    change = await readPendingHours(scope);
  }
}

/** How far the walk has come after a page; undefined where the deadlines have followed. */
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

/** One more round where something moved, since what moves may pass a walk unseen. */
function roundEnded(change: PendingHours, { walk, now }: { walk: HoursWalk; now: string }): Place | undefined {
  const { date, countyId, setAt, pending } = change;
  const { startedAt, moved, failed } = walk;
  log.info("deadlines followed the hours", { date, countyId, moved, failed });
  const settledAt = later(setAt, hoursSettleAfterMs);
  if (moved + failed === 0 && startedAt >= settledAt) return undefined;
  const again = failed > 0 ? later(now, patienceMs) : now;
  const dueAt = again > settledAt ? again : settledAt;
  return { since: pending.since, dueAt };
}

/** Moves the deadlines of one complaint at once, for whoever is about to act on them: the walk may be minutes away. */
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
    // Most are not touched, which their entry in the index tells without a read.
    if (decide(complaint, now) && (await moveByClock({ id: complaint.id, now, decide }))) moved++;
  };
  const failed = await inTurns(complaints, { message: logEvents.deadlinesNotMoved, attendTo });
  return { moved, failed };
}

/** `from`: when the first of the complaints was filed, since hours count from then on. */
async function moverFor({ change, from }: Pick<Moving, "change"> & { from: string }) {
  const calendarOf = await readCalendars({ from });
  const cause = causeOf(change);
  return (complaint: Complaint, now: string) => {
    // What moves a complaint of another county is not this change, and must not be said to be.
    if (change.countyId && change.countyId !== complaint.countyId) return undefined;
    const [category, calendar] = [categoryOf(complaint.category), calendarOf(complaint.countyId)];
    return moveDeadlines(complaint, { cause, category, calendar, now });
  };
}

function causeOf({ date, reason, override, client, person, pending }: PendingHours): Cause {
  return { date, reason, lifted: !override || override.until !== undefined, since: pending.since, client, person };
}
