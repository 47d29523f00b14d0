import type { Complaint } from "../../shared/domain/complaint.ts";
import { type Cause, moveDeadlines } from "../../shared/domain/deadline-move.ts";
import { later } from "../../shared/domain/duration.ts";
import type { Scope } from "../../shared/domain/hours-change.ts";
import { categoryOf } from "../../shared/runtime/category.ts";
import { log } from "../../shared/runtime/log.ts";
import { directory } from "../../shared/runtime/province.static.ts";
import { moveByClock } from "../../shared/store/clock-moves.ts";
import { type HoursChange, putChange, readCalendars, type Walk } from "../../shared/store/office-hours.ts";
import { listOpen, listPendingHours, type PendingHours, readPendingHours } from "../../shared/store/pending-hours.ts";
import { inTurns } from "../in-turns.ts";

/** A request that read the hours before they changed has ended by then, and what it wrote stands in the index. */
const settledAfterMs = 15_000;
const patienceMs = 30_000;
const dayMs = 24 * 60 * 60_000;

type Run = {
  now: string;
  /** When to stop, as `performance.now()` counts. */
  until: number;
};

/**
 * Walks through the open complaints for every change of hours that is pending, page by page, and keeps its place after
 * each; repeats until a round that knew of everything found nothing to move. Returns when there is something to do again.
 */
export async function followHours(run: Run): Promise<string> {
  const pending = await listPendingHours();
  for (const { dueAt, ...scope } of pending) {
    if (dueAt <= run.now) await follow(scope, run);
    if (performance.now() > run.until) break;
  }
  const [next] = pending.length > 0 ? await listPendingHours() : [];
  // Where nothing is pending, only a request makes it so.
  return next?.dueAt ?? later(run.now, dayMs);
}

async function follow(scope: Scope, { now, until }: Run): Promise<void> {
  let change = await readPendingHours(scope);
  while (change && change.pending.dueAt <= now) {
    const next = await turnPage(change, now);
    // Changed again meanwhile: that change is pending itself.
    if (!(await putChange(next, change.version))) return;
    if (performance.now() > until) return;
    change = next.pending && { ...next, pending: next.pending };
  }
}

async function turnPage(change: PendingHours, now: string): Promise<HoursChange> {
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
  if (place) return { ...change, pending: { ...pending, walk: { ...tally, ...place } } };
  return roundEnded(change, { walk: tally, now });
}

function placeAfter(agencyId: string): Pick<Walk, "agencyId"> | undefined {
  const { agencies } = directory;
  const next = agencies[agencies.findIndex(({ id }) => id === agencyId) + 1];
  return next && { agencyId: next.id };
}

/** One more round where something moved, since what moves may pass a walk unseen. */
function roundEnded(change: PendingHours, { walk, now }: { walk: Walk; now: string }): HoursChange {
  const { date, countyId, setAt, pending } = change;
  const { startedAt, moved, failed } = walk;
  log.info("deadlines followed the hours", { date, countyId, moved, failed });
  const settledAt = later(setAt, settledAfterMs);
  if (moved + failed === 0 && startedAt >= settledAt) return { ...change, pending: undefined };
  const again = failed > 0 ? later(now, patienceMs) : now;
  const dueAt = again > settledAt ? again : settledAt;
  return { ...change, pending: { since: pending.since, dueAt } };
}

/** Moves the deadlines of one complaint at once, for whoever is about to act on them: the walk may be minutes away. */
export async function followAtOnce({ id, now }: { id: string; now: string }): Promise<void> {
  for (const scope of await listPendingHours()) {
    const change = await readPendingHours(scope);
    const decide = change && (await moverFor({ change, now, from: longAgo }));
    if (decide) await moveByClock({ id, decide });
  }
}

/** Before the first complaint. */
const longAgo = "2020-01-01T00:00:00.000Z";

type Moving = { change: PendingHours; now: string };

async function movePage(complaints: Complaint[], { change, now }: Moving): Promise<{ moved: number; failed: number }> {
  const from = complaints.map(({ filedAt }) => filedAt).sort()[0];
  if (!from) return { moved: 0, failed: 0 };
  const decide = await moverFor({ change, now, from });
  let moved = 0;
  const attendTo = async (complaint: Complaint) => {
    // Most are not touched, which their entry in the index tells without a read.
    if (decide(complaint) && (await moveByClock({ id: complaint.id, decide }))) moved++;
  };
  const failed = await inTurns(complaints, { message: "deadlines not moved", attendTo });
  return { moved, failed };
}

/** `from`: when the first of the complaints was filed, since hours count from then on. */
async function moverFor({ change, now, from }: Moving & { from: string }) {
  const calendarOf = await readCalendars({ from });
  const cause = causeOf(change);
  return (complaint: Complaint) => {
    // What moves a complaint of another county is not this change, and must not be said to be.
    if (change.countyId && change.countyId !== complaint.countyId) return undefined;
    const [category, calendar] = [categoryOf(complaint.category), calendarOf(complaint.countyId)];
    return moveDeadlines(complaint, { cause, category, calendar, now });
  };
}

function causeOf({ date, reason, override, client, person, pending }: PendingHours): Cause {
  return { date, reason, lifted: !override || override.until !== undefined, since: pending.since, client, person };
}
