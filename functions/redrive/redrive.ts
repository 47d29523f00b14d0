import { isRedrivePeriod, type RedrivePeriod } from "#shared/domain/telling/redrive.ts";
import { later } from "#shared/domain/time/duration.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { listPendingOrders, type RedriveOrder, readOrder, saveOrder } from "#shared/store/events/redrives.ts";
import { listUndelivered, readUndelivered } from "#shared/store/events/undelivered.ts";
import { attendPending } from "../pipelines/attend-pending.ts";
import type { Run } from "../pipelines/scheduled.ts";
import { feedAfter, feedsOf, sendPast } from "./send-past.ts";
import { sendUndelivered } from "./send-undelivered.ts";

const pageSize = 50;
const patienceMs = 30_000;

/** Carries out what admins ordered to be sent again, page by page. Returns when there is something to do again. */
export function redrive(run: Run): Promise<string> {
  return attendPending(run, {
    list: listPendingOrders,
    message: logEvents.redriveNotCarriedOut,
    attendTo: ({ id }) => carryOut(id, run),
  });
}

/** Saves how far it has come after each page: a run that dies sends part of a page twice, and leaves nothing unsent. */
async function carryOut(id: string, { now, until }: Run): Promise<void> {
  let order = await readOrder(id);
  while (order?.dueAt && order.dueAt <= now) {
    const next: RedriveOrder = { ...(await turnPage(order, now)), version: order.version + 1 };
    if (!(await saveOrder(next))) return;
    order = next;
    if (performance.now() > until) break;
  }
  const { sent, failed } = order?.walk ?? {};
  if (order && !order.dueAt) log.info("redrive carried out", { id, sent, failed });
}

function turnPage(ordered: RedriveOrder, now: string): Promise<RedriveOrder> {
  const { order } = ordered;
  if ("eventIds" in order) return turnEvents(ordered, { eventIds: order.eventIds, now });
  if (isRedrivePeriod(order)) return turnPast(ordered, { period: order, now });
  return turnList(ordered, now);
}

async function turnEvents(ordered: RedriveOrder, { eventIds, now }: { eventIds: string[]; now: string }) {
  const tally = await sendUndelivered(await readUndelivered(eventIds), now);
  return { ...ordered, walk: added(ordered, tally), dueAt: undefined };
}

async function turnList(ordered: RedriveOrder, now: string): Promise<RedriveOrder> {
  const { items, next } = await listUndelivered({ limit: pageSize, from: ordered.walk.from });
  const tally = await sendUndelivered(items, now);
  const walk = { ...added(ordered, tally), from: next };
  return { ...ordered, walk, dueAt: next && ordered.dueAt };
}

type PastPage = { period: RedrivePeriod; now: string };

async function turnPast(ordered: RedriveOrder, { period, now }: PastPage): Promise<RedriveOrder> {
  const { walk, dueAt } = ordered;
  const feed = walk.feed ?? feedsOf(period)[0];
  if (!feed) return { ...ordered, dueAt: undefined };
  const page = await sendPast({ feed, period, from: walk.from, limit: pageSize, now });
  // Some events could be neither sent nor noted as undelivered: the whole page is tried again.
  if (page.lost > 0) return { ...ordered, dueAt: later(now, patienceMs) };
  const place = page.next ? { feed, from: page.next } : { feed: feedAfter(feed, period), from: undefined };
  return { ...ordered, walk: { ...added(ordered, page), ...place }, dueAt: place.feed && dueAt };
}

type Tally = { sent: number; failed: number };

function added({ walk }: RedriveOrder, { sent, failed }: Tally): RedriveOrder["walk"] {
  return { sent: walk.sent + sent, failed: walk.failed + failed };
}
