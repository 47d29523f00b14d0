import { type Follower, validationId } from "#shared/domain/telling/webhook.ts";
import { cloudEvent, filingEvent, validationEvent } from "#shared/messaging/cloud-event.ts";
import { eventOrigin, type webhooks } from "#shared/province/slices.static.ts";
import { readFeed } from "#shared/store/events/feeds.ts";

export type Subscription = (typeof webhooks)[number];

/** What waits, and when more will, where that is known. */
export type Waiting = { told: Told[]; settlesAt?: string | undefined };

/** What is to be posted: an event's id, which repetitions share, and its text. */
export type Told = { id: string; body: string };

const pageSize = 25;

/** What a subscriber is to be told next: that its address is validated, or the next events of its feed as it would read them. */
export async function nextTold({ feed }: Subscription, follower: Follower, now: string): Promise<Waiting> {
  const { state, since, cursor, resumeAfter } = follower;
  if (state === "validating")
    return { told: [written(validationEvent({ origin: eventOrigin, id: validationId(follower), at: now }))] };
  const after = resumeAfter ?? cursor;
  const { events, settlesAt } = await readFeed({ feed, after, since: after ? undefined : since, limit: pageSize, now });
  const eventOf = "agencyId" in feed ? cloudEvent : filingEvent;
  const told = events.map((event) => written(eventOf({ origin: eventOrigin, complaintId: event.complaintId, event })));
  return { told, settlesAt };
}

function written(event: { id: string }): Told {
  return { id: event.id, body: JSON.stringify(event) };
}
