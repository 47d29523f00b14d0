import { Fault } from "#shared/fault.ts";
import { clients, directory } from "#shared/province/slices.static.ts";
import { errorName, log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import type { RedrivePeriod } from "../audit/redrive-selection.ts";
import { processConcurrently, processPending, type Run, scheduled } from "../triggers/schedule.ts";
import { deliverEvent } from "./deliver-event.job.ts";
import { eventNameOf, type Feed, recipientsOf } from "./feeds.store.ts";
import { isRedrivePeriod } from "./redrive.ts";
import {
  listPendingRedriveOrders,
  type RedriveOrder,
  type RepeatableEvent,
  readPastEvents,
  readRedriveOrder,
  saveRedriveOrder,
} from "./redrives.store.ts";
import {
  listUndelivered,
  readEvent,
  readUndelivered,
  recordRedriven,
  recordUndelivered,
  type UndeliveredEvent,
  undeliveredEvent,
  undeliveredUnreadable,
} from "./undelivered-events.store.ts";

const pageSize = 50;
const retryDelayMs = 30_000;

/** Carries out the admins' orders to send events again, page by page. Returns the time at which there is work again. */
export function processRedriveOrders(run: Run): Promise<string> {
  return processPending(run, {
    list: listPendingRedriveOrders,
    message: logEvents.redriveNotExecuted,
    processOne: ({ id }) => executeOrder(id, run),
  });
}

/** Saves the position after each page. A run that dies causes part of a page to be sent twice, and no event is lost. */
async function executeOrder(id: string, { now, until }: Run): Promise<void> {
  let order = await readRedriveOrder(id);
  while (order?.dueAt && order.dueAt <= now) {
    const next: RedriveOrder = { ...(await sendNextPage(order, now)), version: order.version + 1 };
    if (!(await saveRedriveOrder(next))) return;
    order = next;
    if (performance.now() > until) break;
  }
  const { sent, failed } = order?.progress ?? {};
  if (order && !order.dueAt) log.info("redrive finished", { id, sent, failed });
}

function sendNextPage(ordered: RedriveOrder, now: string): Promise<RedriveOrder> {
  const { order } = ordered;
  if ("eventIds" in order) return sendListedEvents(ordered, { eventIds: order.eventIds, now });
  if (isRedrivePeriod(order)) return sendPastPage(ordered, { period: order, now });
  return sendUndeliveredPage(ordered, now);
}

async function sendListedEvents(ordered: RedriveOrder, { eventIds, now }: { eventIds: string[]; now: string }) {
  const tally = await sendUndelivered(await readUndelivered(eventIds, now), now);
  return { ...ordered, progress: addTally(ordered, tally), dueAt: undefined };
}

async function sendUndeliveredPage(ordered: RedriveOrder, now: string): Promise<RedriveOrder> {
  const { items, next } = await listUndelivered({ limit: pageSize, from: ordered.progress.from, now });
  const tally = await sendUndelivered(items, now);
  return { ...ordered, progress: { ...addTally(ordered, tally), from: next }, dueAt: next && ordered.dueAt };
}

type PastPageInput = { period: RedrivePeriod; now: string };

async function sendPastPage(ordered: RedriveOrder, { period, now }: PastPageInput): Promise<RedriveOrder> {
  const { progress, dueAt } = ordered;
  const feed = progress.feed ?? feedsOf(period)[0];
  if (!feed) return { ...ordered, dueAt: undefined };
  const page = await sendPastEvents({ feed, period, from: progress.from, limit: pageSize, now });
  // Some events could be neither sent nor recorded as undelivered: the whole page is tried again.
  if (page.lost > 0) return { ...ordered, dueAt: addMilliseconds(now, retryDelayMs) };
  const nextPage = page.next ? { feed, from: page.next } : { feed: feedAfter(feed, period), from: undefined };
  return { ...ordered, progress: { ...addTally(ordered, page), ...nextPage }, dueAt: nextPage.feed && dueAt };
}

type Tally = { sent: number; failed: number };

function addTally({ progress }: RedriveOrder, { sent, failed }: Tally): RedriveOrder["progress"] {
  return { sent: progress.sent + sent, failed: progress.failed + failed };
}

/** Every minute: sends the events again that admins ordered. */
export const handler = scheduled({ budgetMs: 5_000, run: processRedriveOrders });

/**
 * Sends undelivered events again, the events of each complaint in order. An event that cannot be sent stays recorded as
 * undelivered.
 */
export async function sendUndelivered(all: UndeliveredEvent[], now: string): Promise<{ sent: number; failed: number }> {
  const complaints = Map.groupBy(all, ({ eventId, itemKey }) => itemKey?.pk ?? eventId);
  let sent = 0;
  const sendAllAgain = async ({ events }: { events: UndeliveredEvent[] }) => {
    for (const undelivered of events) if (await sendAgain(undelivered, now)) sent++;
  };
  const groups = [...complaints].map(([id, events]) => ({ id, events }));
  await processConcurrently(groups, { message: "event redrive failed", processOne: sendAllAgain });
  return { sent, failed: all.length - sent };
}

async function sendAgain(undelivered: UndeliveredEvent, now: string): Promise<boolean> {
  const { eventId, itemKey } = undelivered;
  try {
    if (!itemKey) throw new Fault("unavailable");
    await deliverEvent(await readEvent(itemKey, now));
    await recordRedriven(undelivered, now);
    return true;
  } catch (error) {
    log.error("event redrive failed", { eventId, errorName: errorName(error) });
    return false;
  }
}

/**
 * The feeds to read for a period: the feed of every agency, and the front ends' feeds for events that go to no agency. With
 * `agencyId`, only the feed of this agency.
 */
export function feedsOf({ agencyId }: Pick<RedrivePeriod, "agencyId">): Feed[] {
  if (agencyId) return [{ agencyId }];
  const frontEnds = Object.keys(clients).filter((clientId) => clients[clientId]?.caller === "front-end");
  return [...directory.agencies.map(({ id }) => ({ agencyId: id })), ...frontEnds.map((clientId) => ({ clientId }))];
}

/** The feed to read after this one. The first feed where the province file no longer has this one. */
export function feedAfter(feed: Feed, period: Pick<RedrivePeriod, "agencyId">): Feed | undefined {
  const all = feedsOf(period);
  return all[all.findIndex((one) => JSON.stringify(one) === JSON.stringify(feed)) + 1];
}

/** Whether an event is sent from this feed. An event that stands in several feeds is sent from one of them only. */
function isSentFromFeed(feed: Feed, event: RepeatableEvent, { agencyId }: Pick<RedrivePeriod, "agencyId">): boolean {
  const recipients = recipientsOf(event);
  if ("clientId" in feed) return recipients.length === 0;
  // Of a transfer, the current agency is the last one.
  return feed.agencyId === (agencyId ?? recipients.at(-1));
}

type PastEventsPage = {
  feed: Feed;
  period: RedrivePeriod;
  from: Record<string, unknown> | undefined;
  limit: number;
  now: string;
};

/**
 * Sends one page of a feed again. An event that cannot be sent is recorded as undelivered. `lost` counts the events that
 * could not be recorded either.
 */
export async function sendPastEvents({ feed, period, now, ...position }: PastEventsPage) {
  const { events, poison, next } = await readPastEvents({ feed, period, ...position });
  const eventsToSend = events.filter((event) => isSentFromFeed(feed, event, period));
  const { sent, lost } = await sendInOrder(eventsToSend, { onlyAgencyId: period.agencyId, now });
  const notRecorded = await processConcurrently(
    poison.map((one) => ({ id: one.pk, parked: undeliveredUnreadable(one, now) })),
    {
      message: "event neither sent nor noted",
      processOne: async ({ parked }) => void (await recordUndelivered(parked)),
    },
  );
  await recordFullySent(sent, { onlyAgencyId: period.agencyId, now });
  return {
    sent: sent.length,
    failed: eventsToSend.length - sent.length + poison.length,
    lost: lost + notRecorded,
    next,
  };
}

type SendOptions = { onlyAgencyId: string | undefined; now: string };

/** Sends each complaint's events one after the other, in the order in which they happened. */
async function sendInOrder(
  all: RepeatableEvent[],
  sending: SendOptions,
): Promise<{ sent: RepeatableEvent[]; lost: number }> {
  const sent: RepeatableEvent[] = [];
  const complaints = [...Map.groupBy(all, (event) => ("complaintId" in event ? event.complaintId : event.issueId))];
  const lost = await processConcurrently(
    complaints.map(([id, events]) => ({ id, events })),
    {
      message: "event neither sent nor noted",
      processOne: async ({ events }) => {
        for (const event of events) if (await sendOrRecordUndelivered(event, sending)) sent.push(event);
      },
    },
  );
  return { sent, lost };
}

async function sendOrRecordUndelivered(event: RepeatableEvent, { onlyAgencyId, now }: SendOptions): Promise<boolean> {
  try {
    await deliverEvent(event, onlyAgencyId);
    return true;
  } catch (error) {
    log.error("event redrive failed", { eventId: eventNameOf(event), errorName: errorName(error) });
    await recordUndelivered(undeliveredEvent(event, now));
    return false;
  }
}

/** Marks undelivered events as redriven where every agency that they concern has now got them. */
async function recordFullySent(sent: RepeatableEvent[], { onlyAgencyId, now }: SendOptions): Promise<void> {
  const fullySent = sent.filter((event) => recipientsOf(event).every((id) => id === (onlyAgencyId ?? id)));
  const ids = fullySent.map(eventNameOf);
  for (const undelivered of await readUndelivered(ids, now)) await recordRedriven(undelivered, now);
}
