import * as z from "zod";
import {
  keptWebhookAttempts,
  keptWebhookResumes,
  webhookFirstRetryMs,
  webhookLongestRetryHours,
  webhookStoppedAfterHours,
} from "../policy-numbers.ts";
import { hourMs, later } from "../time/duration.ts";
import { Instant } from "../time/instant.ts";

/** What came of one POST: the status that was answered, or why there was none. */
export const Attempt = z.object({
  at: Instant,
  eventId: z.string(),
  tookMs: z.int(),
  status: z.int().optional(),
  failure: z.enum(["too-slow", "not-public", "not-reached"]).optional(),
});
export type Attempt = z.infer<typeof Attempt>;

/** Nothing more is sent: its address is gone, took nothing for a day, or is to go on after an event it was never told. */
const StopReason = z.enum(["gone", "nothing-taken", "unknown-event"]);
type StopReason = z.infer<typeof StopReason>;

/** Where a subscriber stands in its feed, and what is to be sent to it next. */
export const Follower = z.object({
  /** `agency:post` or `front-end:web-portal`. */
  subscriber: z.string(),
  url: z.string(),
  state: z.enum(["validating", "active", "stopped"]),
  /** What happened before is not sent: it was no subscriber then. */
  since: Instant,
  /** Since when its address is to be validated; names the validation event. */
  validatingSince: Instant,
  /** The last event that was taken. */
  cursor: z.string().optional(),
  /** When that event happened: from then on it goes on once the event is kept no longer. */
  cursorAt: Instant.optional(),
  /** The event after which it is to go on, as an admin or its owner asked. */
  resumeAfter: z.string().optional(),
  /** By which requests it was resumed, the latest last: a repetition within a day changes nothing. */
  resumedBy: z.array(z.object({ keyMac: z.string(), bodyMac: z.string(), at: Instant })).default([]),
  /** Attempts in a row of which none was taken. */
  failures: z.int(),
  failingSince: Instant.optional(),
  nextTryAt: Instant,
  stopped: z.object({ at: Instant, because: StopReason }).optional(),
  /** Number of its secret, and since when. */
  generation: z.int(),
  generationSince: Instant.optional(),
  attempts: z.array(Attempt),
  /** A run has it in hand until then at the latest; another leaves it alone. */
  busyUntil: Instant.optional(),
  version: z.int(),
});
export type Follower = z.infer<typeof Follower>;

const secondMs = 1_000;
/** A new subscriber's first run comes within this time of the deployment: a run a minute, and one that was late. */
const firstRunWithinMs = 2 * 60 * secondMs;
/** Longer than a run's function may live (`infra/constructs/pusher.ts`). */
const inHandMs = 90 * secondMs;

/** How long to wait after so many failures in a row: ten seconds, then twice as long each time, up to two hours. */
export function retryAfterMs(failures: number): number {
  return Math.min(webhookFirstRetryMs * 2 ** (failures - 1), webhookLongestRetryHours * hourMs);
}

type Subscribing = { subscriber: string; url: string; now: string };

/** A subscriber that no run has seen yet: of its feed it is told what happens from its deployment on. */
export function newFollower({ subscriber, url, now }: Subscribing): Follower {
  const since = later(now, -firstRunWithinMs);
  const fresh = { subscriber, url, since, generation: 1, attempts: [], resumedBy: [], version: 0 };
  return validating({ ...fresh, state: "validating", failures: 0, validatingSince: now, nextTryAt: now }, now);
}

/** The follower at the address that the province's file names; another one is validated before events are sent there. */
export function atAddress(follower: Follower, { url, now }: Pick<Subscribing, "url" | "now">): Follower {
  return follower.url === url ? follower : validating({ ...follower, url }, now);
}

/** Where a subscriber of the province's file stands, or would in its first run. */
export function standingOf(known: Follower | undefined, subscribing: Subscribing): Follower {
  return atAddress(known ?? newFollower(subscribing), subscribing);
}

type Resuming = { after: string | undefined; by: { keyMac: string; bodyMac: string } | undefined; now: string };

/**
 * Goes on where it stopped, or after another event of its feed; its address is validated first. The last word counts: what
 * was asked before and is not done yet, such as an event mistyped, is asked no longer.
 */
export function resumed(follower: Follower, { after, by, now }: Resuming): Follower {
  const resumedBy = [...follower.resumedBy, ...(by ? [{ ...by, at: now }] : [])].slice(-keptWebhookResumes);
  return validating({ ...follower, resumeAfter: after, resumedBy }, now);
}

function validating(follower: Follower, now: string): Follower {
  const anew = { failures: 0, failingSince: undefined, stopped: undefined, validatingSince: now, nextTryAt: now };
  return { ...follower, state: "validating", ...anew };
}

/** Whether it is to be served, and nobody has it in hand. */
export function isDue({ state, nextTryAt, busyUntil }: Follower, now: string): boolean {
  return state !== "stopped" && nextTryAt <= now && (busyUntil ?? "") <= now;
}

export function inHand(follower: Follower, now: string): Follower {
  return { ...follower, busyUntil: later(now, inHandMs) };
}

export function outOfHand({ busyUntil: _, ...follower }: Follower): Follower {
  return follower;
}

/** The id of the event by which an address is validated; the same until it is taken. */
export function validationId({ subscriber, validatingSince }: Follower): string {
  return `validation/${subscriber}/${validatingSince.replace(/\.\d+/, "")}`;
}

/** What an attempt makes of the follower: it goes on after what was taken, waits after what was not, and stops in the end. */
export function afterAttempt(before: Follower, attempt: Attempt, eventAt?: string): Follower {
  const attempts = [...before.attempts, attempt].slice(-keptWebhookAttempts);
  return isTaken(attempt)
    ? taken({ ...before, attempts }, attempt, eventAt)
    : notTaken({ ...before, attempts, failures: before.failures + 1 }, attempt);
}

function isTaken({ status = 0 }: Attempt): boolean {
  return status >= 200 && status < 300;
}

function taken(before: Follower, { at, eventId }: Attempt, cursorAt?: string): Follower {
  const well = { ...before, state: "active" as const, failures: 0, failingSince: undefined, nextTryAt: at };
  return before.state === "validating" ? well : { ...well, cursor: eventId, cursorAt, resumeAfter: undefined };
}

function notTaken(before: Follower, { at, status }: Attempt): Follower {
  const failingSince = before.failingSince ?? at;
  const failing = { ...before, failingSince, nextTryAt: later(at, retryAfterMs(before.failures)) };
  if (status === 410) return stoppedFor(failing, { at, because: "gone" });
  return at >= later(failingSince, webhookStoppedAfterHours * hourMs)
    ? stoppedFor(failing, { at, because: "nothing-taken" })
    : failing;
}

/** Sends nothing more until somebody resumes it, or the file names another address. */
export function stoppedFor(follower: Follower, stopped: { at: string; because: StopReason }): Follower {
  // What somebody asked for holds until it is done, but for an event that is not there.
  const isUnknown = stopped.because === "unknown-event";
  return { ...follower, state: "stopped", stopped, ...(isUnknown && { resumeAfter: undefined }) };
}
