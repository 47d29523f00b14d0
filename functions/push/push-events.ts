import { type Follower, isDue, standingOf } from "#shared/domain/telling/webhook.ts";
import { dayMs, later } from "#shared/domain/time/duration.ts";
import { webhooks } from "#shared/province/slices.static.ts";
import type { Subscription } from "#shared/province/webhooks.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { readFollowers, saveFollower } from "#shared/store/events/followers.ts";
import { readWebhookKey } from "#shared/store/secrets.ts";
import { inTurns } from "../pipelines/in-turns.ts";
import { type Run, scheduled } from "../pipelines/scheduled.ts";
import { follow } from "./follow.ts";

/** Every minute: sends each webhook what has come into its feed. */
export const handler = scheduled({
  budgetMs: 40_000,
  async run(run) {
    if (webhooks.length === 0) return later(run.now, dayMs);
    const all = await subscribers(run.now);
    const due = await Promise.all(all.filter(({ follower }) => isDue(follower, run.now)).map(noted));
    // Those that wait the longest come first: whoever does not answer must not keep the others from their turn.
    due.sort((one, other) => (one.follower.nextTryAt < other.follower.nextTryAt ? -1 : 1));
    const settling = await serve(due, run);
    return nextRunAt({ all: await subscribers(run.now), settling, now: run.now });
  },
});

/** `isNews`: new in the file, or at another address than before. */
type Subscriber = { id: string; subscription: Subscription; follower: Follower; isNews: boolean };

/** Every webhook of the province's file, with where it stands; without one of which nobody can read that. */
async function subscribers(now: string): Promise<Subscriber[]> {
  const known = await readFollowers();
  return webhooks.flatMap((subscription) => {
    const { subscriber, url } = subscription;
    const before = known.get(subscriber);
    if (!before && known.has(subscriber)) return [];
    const follower = standingOf(before, { subscriber, url, now });
    return { id: subscriber, subscription, follower, isNews: follower !== before };
  });
}

/** News is written before anybody is served: since when it is told, and waits, is the same however late its turn comes. */
async function noted(one: Subscriber): Promise<Subscriber> {
  return one.isNews ? { ...one, follower: (await saveFollower(one.follower)) ?? one.follower } : one;
}

/** Returns when events will wait that are too young yet. */
async function serve(due: Subscriber[], { until }: Run): Promise<string[]> {
  const key = await readWebhookKey();
  const settling: string[] = [];
  await inTurns(due, {
    message: logEvents.webhookNotFollowed,
    async attendTo({ subscription, follower }) {
      if (performance.now() > until) return;
      const settlesAt = await follow({ subscription, follower, key, until });
      if (settlesAt) settling.push(settlesAt);
    },
  });
  return settling;
}

/** What the clock alone brings into a feed comes of other runs, after which this one is asked again. */
function nextRunAt({ all, settling, now }: { all: Subscriber[]; settling: string[]; now: string }): string {
  const tries = all.flatMap(({ follower: { state, failures, nextTryAt } }) =>
    state !== "stopped" && failures > 0 ? [nextTryAt] : [],
  );
  return [...tries, ...settling, later(now, dayMs)].sort()[0] ?? now;
}
