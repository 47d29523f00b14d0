import { Fault } from "#shared/domain/fault.ts";
import { type Follower, validationId } from "#shared/domain/telling/webhook.ts";
import { cloudEvent, filingEvent, validationEvent } from "#shared/messaging/cloud-event.ts";
import { eventOrigin } from "#shared/province/slices.static.ts";
import type { Subscription } from "#shared/province/webhooks.ts";
import { readFeed } from "#shared/store/events/feeds.ts";

/** What waits, and when more will, where that is known. */
export type Waiting = { told: Told[]; settlesAt?: string | undefined };

/** What is to be posted: an event's id, which repetitions share, when it happened, and its text. */
export type Told = { id: string; at: string; body: string };

const pageSize = 25;

/** What a subscriber is to be told next: that its address is validated, or the next events of its feed as it would read them. */
export async function nextTold({ feed }: Subscription, follower: Follower, now: string): Promise<Waiting> {
  if (follower.state === "validating")
    return { told: [written(validationEvent({ origin: eventOrigin, id: validationId(follower), at: now }), now)] };
  const { events, settlesAt } = await nextPage(feed, follower, now);
  const eventOf = "agencyId" in feed ? cloudEvent : filingEvent;
  const told = events.map((event) =>
    written(eventOf({ origin: eventOrigin, complaintId: event.complaintId, event }), event.at),
  );
  return { told, settlesAt };
}

/** After the last event that was taken; where that is kept no longer, from the time at which it happened. */
async function nextPage(feed: Subscription["feed"], follower: Follower, now: string) {
  const { since, cursor, cursorAt, resumeAfter } = follower;
  const after = resumeAfter ?? cursor;
  try {
    return await readFeed({ feed, after, since: after ? undefined : since, limit: pageSize, now });
  } catch (error) {
    const isForgotten = error instanceof Fault && error.code === "cursor-invalid" && !resumeAfter;
    if (!isForgotten || !cursorAt) throw error;
    return readFeed({ feed, since: cursorAt, limit: pageSize, now });
  }
}

function written(event: { id: string }, at: string): Told {
  return { id: event.id, at, body: JSON.stringify(event) };
}
