import {
  currentSubscription,
  isDeliveryDue,
  markBusy,
  markIdle,
  recordAttempt,
  signedHeaders,
  stopSubscription,
  validationEventId,
  type WebhookSubscription,
} from "#shared/domain/delivery/webhook.ts";
import { Fault } from "#shared/domain/fault.ts";
import { addMilliseconds, dayMs } from "#shared/domain/time/duration.ts";
import { cloudEvent, filingEvent, validationEvent } from "#shared/messaging/cloud-event.ts";
import { readFeed } from "#shared/persistence/delivery/feeds.ts";
import {
  readWebhookSubscriptions,
  saveWebhookSubscription,
} from "#shared/persistence/delivery/webhook-subscriptions.ts";
import { readWebhookKey } from "#shared/persistence/secrets.ts";
import type { WebhookSettings } from "#shared/province/clients.ts";
import { eventOrigin, webhooks } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
import { openWebhookClient, type WebhookClient } from "./webhook-post.ts";

/** Every minute: sends each webhook what has come into its feed. */
export const handler = scheduled({
  budgetMs: 40_000,
  async run(run) {
    if (webhooks.length === 0) return addMilliseconds(run.now, dayMs);
    const all = await readSubscribedWebhooks(run.now);
    const due = await Promise.all(
      all.filter(({ subscription }) => isDeliveryDue(subscription, run.now)).map(saveIfNew),
    );
    // Those that wait the longest come first: whoever does not answer must not keep the others from their turn.
    due.sort((one, other) => (one.subscription.nextTryAt < other.subscription.nextTryAt ? -1 : 1));
    const settling = await deliverToAll(due, run);
    return nextRunAt({ all: await readSubscribedWebhooks(run.now), settling, now: run.now });
  },
});

/** `isNew`: new in the file, or at another address than before. */
type SubscribedWebhook = { id: string; webhook: WebhookSettings; subscription: WebhookSubscription; isNew: boolean };

/** Every webhook of the province's file, with where it stands; without one of which nobody can read that. */
async function readSubscribedWebhooks(now: string): Promise<SubscribedWebhook[]> {
  const known = await readWebhookSubscriptions();
  return webhooks.flatMap((webhook) => {
    const { subscriber, url } = webhook;
    const before = known.get(subscriber);
    if (!before && known.has(subscriber)) return [];
    const subscription = currentSubscription(before, { subscriber, url, now });
    return { id: subscriber, webhook, subscription, isNew: subscription !== before };
  });
}

/** News is written before anybody is served: since when it is told, and waits, is the same however late its turn comes. */
async function saveIfNew(one: SubscribedWebhook): Promise<SubscribedWebhook> {
  return one.isNew
    ? { ...one, subscription: (await saveWebhookSubscription(one.subscription)) ?? one.subscription }
    : one;
}

/** Returns when events will wait that are too young yet. */
async function deliverToAll(due: SubscribedWebhook[], { until }: Run): Promise<string[]> {
  const key = await readWebhookKey();
  const settling: string[] = [];
  await processConcurrently(due, {
    message: logEvents.webhookNotProcessed,
    async processOne({ webhook, subscription }) {
      if (performance.now() > until) return;
      const settlesAt = await deliverPendingEvents({ webhook, subscription, key, until });
      if (settlesAt) settling.push(settlesAt);
    },
  });
  return settling;
}

/** What the clock alone brings into a feed comes of other runs, after which this one is asked again. */
function nextRunAt({ all, settling, now }: { all: SubscribedWebhook[]; settling: string[]; now: string }): string {
  const tries = all.flatMap(({ subscription: { state, failures, nextTryAt } }) =>
    state !== "stopped" && failures > 0 ? [nextTryAt] : [],
  );
  return [...tries, ...settling, addMilliseconds(now, dayMs)].sort()[0] ?? now;
}

type Delivery = {
  webhook: WebhookSettings;
  subscription: WebhookSubscription;
  /** From which secrets are derived. */
  key: string;
  /** When to stop, by `performance.now()`. */
  until: number;
};

/**
 * Sends a subscriber what waits in its feed, one event after the other, until nothing waits, one is not taken or the time
 * is over. How far it came is written after each, so a run that dies repeats the one event it had under way. Returns when
 * more will wait, where that is known.
 */
export async function deliverPendingEvents({
  webhook,
  subscription,
  key,
  until,
}: Delivery): Promise<string | undefined> {
  let { waiting: pending, current } = await readPendingEvents(webhook, subscription);
  if (pending.outgoing.length === 0) return pending.settlesAt;
  // In hand before the first is sent: two runs at once would send two events of a complaint side by side.
  current = await saveOrThrow(markBusy(current, currentInstant()));
  const line = openWebhookClient(current.url);
  try {
    for (let [told] = pending.outgoing; told && performance.now() < until; [told] = pending.outgoing) {
      current = await saveOrThrow(await attemptDelivery(current, { client: line, key, event: told }));
      if (current.failures > 0) break;
      const rest = pending.outgoing.slice(1);
      if (rest.length > 0) pending = { ...pending, outgoing: rest };
      else ({ waiting: pending, current } = await readPendingEvents(webhook, current));
    }
  } finally {
    line.close();
  }
  await saveOrThrow(markIdle(current));
  return pending.settlesAt;
}

const currentInstant = () => new Date().toISOString();

/**
 * What waits for it, and how it stands then. Nothing waits for one that was resumed after an event which its feed does not
 * have: that is stopped.
 */
async function readPendingEvents(
  webhook: WebhookSettings,
  follower: WebhookSubscription,
): Promise<{ waiting: PendingEvents; current: WebhookSubscription }> {
  try {
    return { waiting: await nextOutgoingEvents(webhook, follower, currentInstant()), current: follower };
  } catch (error) {
    if (!(error instanceof Fault && error.code === "cursor-invalid")) throw error;
    const stopped = stopSubscription(follower, { at: currentInstant(), because: "unknown-event" });
    logIfStopped(stopped);
    return { waiting: { outgoing: [] }, current: await saveOrThrow(stopped) };
  }
}

type AttemptInput = { client: WebhookClient; key: string; event: OutgoingEvent };

async function attemptDelivery(
  subscription: WebhookSubscription,
  { client, key, event: { id, at: happenedAt, body } }: AttemptInput,
): Promise<WebhookSubscription> {
  const at = currentInstant();
  const { subscriber } = subscription;
  const began = performance.now();
  const headers = signedHeaders(key, subscription, { id, at, body });
  const outcome = await client.post({ headers: { ...headers, "content-type": "application/cloudevents+json" }, body });
  const tried = { at, eventId: id, tookMs: Math.round(performance.now() - began), ...outcome };
  log.info("webhook tried", { subscriber, ...tried });
  const after = recordAttempt(subscription, tried, happenedAt);
  logIfStopped(after);
  return after;
}

function logIfStopped({ subscriber, state, stopped, cursor }: WebhookSubscription): void {
  if (state === "stopped") log.error(logEvents.webhookStopped, { subscriber, because: stopped?.because, cursor });
}

/** Throws where somebody else has written since, such as an admin who resumed it: the next run goes by that. */
async function saveOrThrow(follower: WebhookSubscription): Promise<WebhookSubscription> {
  const next = await saveWebhookSubscription(follower);
  if (!next) throw new Fault("unavailable");
  return next;
}

/** What waits, and when more will, where that is known. */
export type PendingEvents = { outgoing: OutgoingEvent[]; settlesAt?: string | undefined };

/** What is to be posted: an event's id, which repetitions share, when it happened, and its text. */
export type OutgoingEvent = { id: string; at: string; body: string };

const pageSize = 25;

/** What a subscriber is to be told next: that its address is validated, or the next events of its feed as it would read them. */
export async function nextOutgoingEvents(
  { feed }: WebhookSettings,
  subscription: WebhookSubscription,
  now: string,
): Promise<PendingEvents> {
  if (subscription.state === "validating")
    return {
      outgoing: [
        outgoingEvent(validationEvent({ origin: eventOrigin, id: validationEventId(subscription), at: now }), now),
      ],
    };
  const { events, settlesAt } = await nextPage(feed, subscription, now);
  const eventOf = "agencyId" in feed ? cloudEvent : filingEvent;
  const told = events.map((event) =>
    outgoingEvent(eventOf({ origin: eventOrigin, complaintId: event.complaintId, event }), event.at),
  );
  return { outgoing: told, settlesAt };
}

/** After the last event that was taken; where that is kept no longer, from the time at which it happened. */
async function nextPage(feed: WebhookSettings["feed"], subscription: WebhookSubscription, now: string) {
  const { since, cursor, cursorAt, resumeAfter } = subscription;
  const after = resumeAfter ?? cursor;
  try {
    return await readFeed({ feed, after, since: after ? undefined : since, limit: pageSize, now });
  } catch (error) {
    const isForgotten = error instanceof Fault && error.code === "cursor-invalid" && !resumeAfter;
    if (!isForgotten || !cursorAt) throw error;
    return readFeed({ feed, since: cursorAt, limit: pageSize, now });
  }
}

function outgoingEvent(event: { id: string }, at: string): OutgoingEvent {
  return { id: event.id, at, body: JSON.stringify(event) };
}
