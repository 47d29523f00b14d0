import type * as z from "zod";
import { Fault } from "#shared/fault.ts";
import type { WebhookSettings } from "#shared/province/clients.ts";
import { eventOrigin, webhooks } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { readWebhookKey } from "#shared/storage/secrets.ts";
import { nothingPending, processConcurrently, type Run, scheduled } from "../triggers/schedule.ts";
import { agencyCloudEvent, FrontEndFeedEvent, filingEvent, validationEvent } from "./cloud-event.ts";
import { AgencyFeedEvent, readFeed } from "./feeds.store.ts";
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
} from "./webhook.ts";
import { openWebhookClient, type WebhookClient } from "./webhook-post.job.ts";
import { readWebhookSubscriptions, saveWebhookSubscription } from "./webhook-subscriptions.store.ts";

/** Every minute: sends each webhook the new events of its feed. */
export const handler = scheduled({
  budgetMs: 40_000,
  async run(run) {
    if (webhooks.length === 0) return nothingPending;
    const all = await readSubscribedWebhooks(run.now);
    const due = await Promise.all(
      all.filter(({ subscription }) => isDeliveryDue(subscription, run.now)).map(saveIfNew),
    );
    // The webhook that has waited longest comes first. A subscriber that does not answer must not delay the others.
    due.sort((one, other) => (one.subscription.nextAttemptAt < other.subscription.nextAttemptAt ? -1 : 1));
    const settling = await deliverToAll(due, run);
    return nextRunAt({ all: await readSubscribedWebhooks(run.now), settling });
  },
});

/** `isNew`: the webhook is new in the province file, or its address has changed. Its subscription is not stored yet. */
type SubscribedWebhook = { id: string; webhook: WebhookSettings; subscription: WebhookSubscription; isNew: boolean };

/** Every webhook of the province file with its subscription. A webhook whose subscription cannot be read is skipped. */
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

/**
 * Stores new subscriptions before any delivery starts. Their start times then do not depend on how late in the run their
 * turn comes.
 */
async function saveIfNew(subscribed: SubscribedWebhook): Promise<SubscribedWebhook> {
  if (!subscribed.isNew) return subscribed;
  const saved = await saveWebhookSubscription(subscribed.subscription);
  return { ...subscribed, subscription: saved ?? subscribed.subscription };
}

/** Returns the times at which events settle that are still too young to be sent. */
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

/**
 * The next retry, or the time at which a young event settles. Events that the clock writes later come from other functions;
 * after those have run, this function is asked again.
 */
function nextRunAt({ all, settling }: { all: SubscribedWebhook[]; settling: string[] }): string {
  const retries = all.flatMap(({ subscription: { state, consecutiveFailures, nextAttemptAt } }) =>
    state !== "stopped" && consecutiveFailures > 0 ? [nextAttemptAt] : [],
  );
  return [...retries, ...settling].sort()[0] ?? nothingPending;
}

type Delivery = {
  webhook: WebhookSettings;
  subscription: WebhookSubscription;
  /** The key from which every subscriber's signing secret is derived. */
  key: string;
  /** When to stop, on the scale of `performance.now()`. */
  until: number;
};

/**
 * Sends a subscriber the pending events of its feed, one after the other. Stops when no event is pending, an event is not
 * accepted, or the time is over. The position is saved after each event, so a run that dies repeats one event at most.
 * Returns the time at which the next event settles; undefined if no event is known.
 */
async function deliverPendingEvents({ webhook, subscription, key, until }: Delivery): Promise<string | undefined> {
  let { pending, current } = await readPendingEvents(webhook, subscription);
  if (pending.outgoing.length === 0) return pending.settlesAt;
  // Marked before the first event is sent: two runs at once would send two events of one complaint side by side.
  current = await saveOrThrow(markBusy(current, currentInstant()));
  const client = openWebhookClient(current.url);
  try {
    for (let [event] = pending.outgoing; event && performance.now() < until; [event] = pending.outgoing) {
      current = await saveOrThrow(await attemptDelivery(current, { client, key, event }));
      if (current.consecutiveFailures > 0) break;
      const rest = pending.outgoing.slice(1);
      if (rest.length > 0) pending = { ...pending, outgoing: rest };
      else ({ pending, current } = await readPendingEvents(webhook, current));
    }
  } finally {
    client.close();
  }
  await saveOrThrow(markIdle(current));
  return pending.settlesAt;
}

const currentInstant = () => new Date().toISOString();

/**
 * Returns the pending events and the subscription as it stands after the read. A subscription may have been resumed after
 * an event that its feed does not have: such a subscription is stopped, and has no pending events.
 */
async function readPendingEvents(
  webhook: WebhookSettings,
  subscription: WebhookSubscription,
): Promise<{ pending: PendingEvents; current: WebhookSubscription }> {
  try {
    return { pending: await nextOutgoingEvents(webhook, subscription, currentInstant()), current: subscription };
  } catch (error) {
    if (!(error instanceof Fault && error.code === "cursor-invalid")) throw error;
    const stopped = stopSubscription(subscription, { at: currentInstant(), reason: "unknown-event" });
    logIfStopped(stopped);
    return { pending: { outgoing: [] }, current: await saveOrThrow(stopped) };
  }
}

async function attemptDelivery(
  subscription: WebhookSubscription,
  { client, key, event: { id, at: happenedAt, body } }: { client: WebhookClient; key: string; event: OutgoingEvent },
): Promise<WebhookSubscription> {
  const at = currentInstant();
  const { subscriber } = subscription;
  const startedAt = performance.now();
  const headers = signedHeaders(key, subscription, { id, at, body });
  const outcome = await client.post({ headers: { ...headers, "content-type": "application/cloudevents+json" }, body });
  const attempt = { at, eventId: id, durationMs: Math.round(performance.now() - startedAt), ...outcome };
  log.info("webhook attempted", { subscriber, ...attempt });
  const after = recordAttempt(subscription, attempt, happenedAt);
  logIfStopped(after);
  return after;
}

function logIfStopped({ subscriber, state, stopped, lastEventId }: WebhookSubscription): void {
  if (state === "stopped") log.error(logEvents.webhookStopped, { subscriber, reason: stopped?.reason, lastEventId });
}

/**
 * Saves the subscription. Throws `unavailable` if somebody changed it meanwhile, such as an admin who resumed it: the
 * next run starts from that change.
 */
async function saveOrThrow(subscription: WebhookSubscription): Promise<WebhookSubscription> {
  const saved = await saveWebhookSubscription(subscription);
  if (!saved) throw new Fault("unavailable");
  return saved;
}

/** `outgoing`: the events to send now. `settlesAt`: when the next event may be sent, where one is still too young. */
type PendingEvents = { outgoing: OutgoingEvent[]; settlesAt?: string | undefined };

/** An event to post. `id` is the same in every repetition; `at` is when it happened; `body` is the JSON text to send. */
type OutgoingEvent = { id: string; at: string; body: string };

const pageSize = 25;

/**
 * The events to post next: the validation event while the address is not validated, otherwise the next events of the
 * feed. Throws `cursor-invalid` where `resumeAfter` names no event of the feed.
 */
async function nextOutgoingEvents(
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
  const origin = eventOrigin;
  if ("agencyId" in feed) {
    const { events, settlesAt } = await nextPage(AgencyFeedEvent, { feed, subscription, now });
    return { outgoing: events.map((event) => outgoingEvent(agencyCloudEvent({ origin, event }), event.at)), settlesAt };
  }
  const { events, settlesAt } = await nextPage(FrontEndFeedEvent, { feed, subscription, now });
  return { outgoing: events.map((event) => outgoingEvent(filingEvent({ origin, event }), event.at)), settlesAt };
}

type PageQuery = { feed: WebhookSettings["feed"]; subscription: WebhookSubscription; now: string };

/**
 * Reads the page after the last event that the subscriber accepted. Where that event has been forgotten, reads from the
 * time at which it happened.
 */
async function nextPage<Event extends { at: string }>(event: z.ZodType<Event>, { feed, subscription, now }: PageQuery) {
  const { since, lastEventId, lastEventAt, resumeAfter } = subscription;
  const after = resumeAfter ?? lastEventId;
  try {
    return await readFeed(event, { feed, after, since: after ? undefined : since, limit: pageSize, now });
  } catch (error) {
    const isForgotten = error instanceof Fault && error.code === "cursor-invalid" && !resumeAfter;
    if (!isForgotten || !lastEventAt) throw error;
    return readFeed(event, { feed, since: lastEventAt, limit: pageSize, now });
  }
}

function outgoingEvent(event: { id: string }, at: string): OutgoingEvent {
  return { id: event.id, at, body: JSON.stringify(event) };
}
