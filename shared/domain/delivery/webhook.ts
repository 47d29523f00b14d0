import { createHmac } from "node:crypto";
import * as z from "zod";
import { hmac } from "../digest.ts";
import {
  mostWebhookAttemptsKept,
  mostWebhookResumesKept,
  previousWebhookSecretDays,
  webhookFirstRetryMs,
  webhookLongestRetryHours,
  webhookStoppedAfterHours,
} from "../policy-numbers.ts";
import { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs, hourMs, secondsOf } from "../time/duration.ts";

/** What came of one POST: the status that was answered, or why there was none. */
export const WebhookAttempt = z.object({
  at: Instant,
  eventId: z.string(),
  tookMs: z.int(),
  status: z.int().optional(),
  failure: z.enum(["too-slow", "not-public", "not-reached"]).optional(),
});
export type WebhookAttempt = z.infer<typeof WebhookAttempt>;

/** Nothing more is sent: its address is gone, took nothing for a day, or is to go on after an event it was never told. */
const StopReason = z.enum(["gone", "nothing-taken", "unknown-event"]);
type StopReason = z.infer<typeof StopReason>;

/** Where a subscriber stands in its feed, and what is to be sent to it next. */
export const WebhookSubscription = z.object({
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
  attempts: z.array(WebhookAttempt),
  /** A run has it in hand until then at the latest; another leaves it alone. */
  busyUntil: Instant.optional(),
  version: z.int(),
});
export type WebhookSubscription = z.infer<typeof WebhookSubscription>;

const secondMs = 1_000;
/** A new subscriber's first run comes within this time of the deployment: a run a minute, and one that was late. */
const firstRunDelayMs = 2 * 60 * secondMs;
/** Longer than a run's function may live (`infra/constructs/delivery.ts`). */
const busyMs = 90 * secondMs;

/** How long to wait after so many failures in a row: ten seconds, then twice as long each time, up to two hours. */
export function webhookRetryDelayMs(failures: number): number {
  return Math.min(webhookFirstRetryMs * 2 ** (failures - 1), webhookLongestRetryHours * hourMs);
}

type NewSubscription = { subscriber: string; url: string; now: string };

/** A subscriber that no run has seen yet: of its feed it is told what happens from its deployment on. */
export function newWebhookSubscription({ subscriber, url, now }: NewSubscription): WebhookSubscription {
  const since = addMilliseconds(now, -firstRunDelayMs);
  const fresh = { subscriber, url, since, generation: 1, attempts: [], resumedBy: [], version: 0 };
  return startValidation({ ...fresh, state: "validating", failures: 0, validatingSince: now, nextTryAt: now }, now);
}

/** The follower at the address that the province's file names; another one is validated before events are sent there. */
export function subscriptionWithUrl(
  subscription: WebhookSubscription,
  { url, now }: Pick<NewSubscription, "url" | "now">,
): WebhookSubscription {
  return subscription.url === url ? subscription : startValidation({ ...subscription, url }, now);
}

/** Where a subscriber of the province's file stands, or would in its first run. */
export function currentSubscription(
  known: WebhookSubscription | undefined,
  subscribing: NewSubscription,
): WebhookSubscription {
  return subscriptionWithUrl(known ?? newWebhookSubscription(subscribing), subscribing);
}

type ResumeInput = { after: string | undefined; by: { keyMac: string; bodyMac: string } | undefined; now: string };

/**
 * Goes on where it stopped, or after another event of its feed; its address is validated first. The last word counts: what
 * was asked before and is not done yet, such as an event mistyped, is asked no longer.
 */
export function resumeSubscription(
  follower: WebhookSubscription,
  { after, by, now }: ResumeInput,
): WebhookSubscription {
  const resumedBy = [...follower.resumedBy, ...(by ? [{ ...by, at: now }] : [])].slice(-mostWebhookResumesKept);
  return startValidation({ ...follower, resumeAfter: after, resumedBy }, now);
}

function startValidation(follower: WebhookSubscription, now: string): WebhookSubscription {
  const anew = { failures: 0, failingSince: undefined, stopped: undefined, validatingSince: now, nextTryAt: now };
  return { ...follower, state: "validating", ...anew };
}

/** Whether it is to be served, and nobody has it in hand. */
export function isDeliveryDue({ state, nextTryAt, busyUntil }: WebhookSubscription, now: string): boolean {
  return state !== "stopped" && nextTryAt <= now && (busyUntil ?? "") <= now;
}

export function markBusy(follower: WebhookSubscription, now: string): WebhookSubscription {
  return { ...follower, busyUntil: addMilliseconds(now, busyMs) };
}

export function markIdle({ busyUntil: _, ...follower }: WebhookSubscription): WebhookSubscription {
  return follower;
}

/** The id of the event by which an address is validated; the same until it is taken. */
export function validationEventId({ subscriber, validatingSince }: WebhookSubscription): string {
  return `validation/${subscriber}/${validatingSince.replace(/\.\d+/, "")}`;
}

/** What an attempt makes of the follower: it goes on after what was taken, waits after what was not, and stops in the end. */
export function recordAttempt(
  before: WebhookSubscription,
  attempt: WebhookAttempt,
  eventAt?: string,
): WebhookSubscription {
  const attempts = [...before.attempts, attempt].slice(-mostWebhookAttemptsKept);
  return isAttemptAccepted(attempt)
    ? afterAcceptedAttempt({ ...before, attempts }, attempt, eventAt)
    : afterFailedAttempt({ ...before, attempts, failures: before.failures + 1 }, attempt);
}

function isAttemptAccepted({ status = 0 }: WebhookAttempt): boolean {
  return status >= 200 && status < 300;
}

function afterAcceptedAttempt(
  before: WebhookSubscription,
  { at, eventId }: WebhookAttempt,
  cursorAt?: string,
): WebhookSubscription {
  const well = { ...before, state: "active" as const, failures: 0, failingSince: undefined, nextTryAt: at };
  return before.state === "validating" ? well : { ...well, cursor: eventId, cursorAt, resumeAfter: undefined };
}

function afterFailedAttempt(before: WebhookSubscription, { at, status }: WebhookAttempt): WebhookSubscription {
  const failingSince = before.failingSince ?? at;
  const failing = { ...before, failingSince, nextTryAt: addMilliseconds(at, webhookRetryDelayMs(before.failures)) };
  if (status === 410) return stopSubscription(failing, { at, because: "gone" });
  return at >= addMilliseconds(failingSince, webhookStoppedAfterHours * hourMs)
    ? stopSubscription(failing, { at, because: "nothing-taken" })
    : failing;
}

/** Sends nothing more until somebody resumes it, or the file names another address. */
export function stopSubscription(
  follower: WebhookSubscription,
  stopped: { at: string; because: StopReason },
): WebhookSubscription {
  // What somebody asked for holds until it is done, but for an event that is not there.
  const isUnknown = stopped.because === "unknown-event";
  return { ...follower, state: "stopped", stopped, ...(isUnknown && { resumeAfter: undefined }) };
}

const prefix = "whsec_";

type SecretOwner = { subscriber: string; generation: number; generationSince?: string | undefined };

/** A subscriber's secret, in the form of Standard Webhooks: derived, so that none is stored. */
export function webhookSecret(key: string, { subscriber, generation }: SecretOwner): string {
  return prefix + hmac(key, "webhook", subscriber, String(generation)).toString("base64");
}

/** Until when the secret before the present one signs too; undefined where there is none, or none that still does. */
export function previousSecretValidUntil(
  { generation, generationSince }: Omit<SecretOwner, "subscriber">,
  now: string,
): string | undefined {
  const until =
    generation > 1 && generationSince && addMilliseconds(generationSince, previousWebhookSecretDays * dayMs);
  return until && now < until ? until : undefined;
}

type SignedMessage = { id: string; at: string; body: string };

/** The headers of Standard Webhooks 1.0.0, signed by every secret that is valid at the time. */
export function signedHeaders(
  key: string,
  holder: SecretOwner,
  { id, at, body }: SignedMessage,
): Record<string, string> {
  const { subscriber, generation } = holder;
  const before = previousSecretValidUntil(holder, at) ? [generation - 1] : [];
  const timestamp = String(secondsOf(at));
  const signatures = [generation, ...before].map((number) => {
    const secret = webhookSecret(key, { subscriber, generation: number }).slice(prefix.length);
    const signed = createHmac("sha256", Buffer.from(secret, "base64")).update(`${id}.${timestamp}.${body}`);
    return `v1,${signed.digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
