import { Fault } from "#shared/domain/fault.ts";
import { afterAttempt, type Follower, inHand, outOfHand, stoppedFor } from "#shared/domain/telling/webhook.ts";
import { signedHeaders } from "#shared/domain/telling/webhook-signature.ts";
import type { Subscription } from "#shared/province/webhooks.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { saveFollower } from "#shared/store/events/followers.ts";
import { type Line, openLine } from "./post.ts";
import { nextTold, type Told, type Waiting } from "./told.ts";

type Following = {
  subscription: Subscription;
  follower: Follower;
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
export async function follow({ subscription, follower, key, until }: Following): Promise<string | undefined> {
  let { waiting, current } = await waitingFor(subscription, follower);
  if (waiting.told.length === 0) return waiting.settlesAt;
  // In hand before the first is sent: two runs at once would send two events of a complaint side by side.
  current = await saved(inHand(current, instant()));
  const line = openLine(current.url);
  try {
    for (let [told] = waiting.told; told && performance.now() < until; [told] = waiting.told) {
      current = await saved(await attempt(current, { line, key, told }));
      if (current.failures > 0) break;
      const rest = waiting.told.slice(1);
      if (rest.length > 0) waiting = { ...waiting, told: rest };
      else ({ waiting, current } = await waitingFor(subscription, current));
    }
  } finally {
    line.close();
  }
  await saved(outOfHand(current));
  return waiting.settlesAt;
}

const instant = () => new Date().toISOString();

/**
 * What waits for it, and how it stands then. Nothing waits for one that was resumed after an event which its feed does not
 * have: that is stopped.
 */
async function waitingFor(
  subscription: Subscription,
  follower: Follower,
): Promise<{ waiting: Waiting; current: Follower }> {
  try {
    return { waiting: await nextTold(subscription, follower, instant()), current: follower };
  } catch (error) {
    if (!(error instanceof Fault && error.code === "cursor-invalid")) throw error;
    const stopped = stoppedFor(follower, { at: instant(), because: "unknown-event" });
    tellIfStopped(stopped);
    return { waiting: { told: [] }, current: await saved(stopped) };
  }
}

type Attempting = { line: Line; key: string; told: Told };

async function attempt(
  follower: Follower,
  { line, key, told: { id, at: happenedAt, body } }: Attempting,
): Promise<Follower> {
  const at = instant();
  const { subscriber } = follower;
  const began = performance.now();
  const headers = signedHeaders(key, follower, { id, at, body });
  const outcome = await line.post({ headers: { ...headers, "content-type": "application/cloudevents+json" }, body });
  const tried = { at, eventId: id, tookMs: Math.round(performance.now() - began), ...outcome };
  log.info("webhook tried", { subscriber, ...tried });
  const after = afterAttempt(follower, tried, happenedAt);
  tellIfStopped(after);
  return after;
}

function tellIfStopped({ subscriber, state, stopped, cursor }: Follower): void {
  if (state === "stopped") log.error(logEvents.webhookStopped, { subscriber, because: stopped?.because, cursor });
}

/** Throws where somebody else has written since, such as an admin who resumed it: the next run goes by that. */
async function saved(follower: Follower): Promise<Follower> {
  const next = await saveFollower(follower);
  if (!next) throw new Fault("unavailable");
  return next;
}
