import { createHmac } from "node:crypto";
import * as z from "zod";
import { hmac } from "#shared/digest.ts";
import {
  mostWebhookAttemptsKept,
  mostWebhookResumesKept,
  previousWebhookSecretDays,
  webhookFirstRetryMs,
  webhookLongestRetryHours,
  webhookStoppedAfterHours,
} from "#shared/policy-numbers.ts";
import { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs, hourMs, secondsOf } from "#shared/time/duration.ts";

/** The result of one POST: the status of the answer, or why there was no answer. */
export const WebhookAttempt = z.object({
  at: Instant,
  eventId: z.string(),
  durationMs: z.int(),
  status: z.int().optional(),
  failure: z.enum(["timeout", "non-public-address", "connection-failed"]).optional(),
});
export type WebhookAttempt = z.infer<typeof WebhookAttempt>;

/**
 * Why delivery stopped: the address answered 410, accepted nothing for a day, or the subscription was to resume after an
 * event that is not in its feed.
 */
const StopReason = z.enum(["gone", "failing-too-long", "unknown-event"]);
type StopReason = z.infer<typeof StopReason>;

/** The state of a webhook subscription: its position in the feed, its failures and its secret. */
export const WebhookSubscription = z.object({
  /** `agency:post` or `front-end:web-portal`. */
  subscriber: z.string(),
  url: z.string(),
  state: z.enum(["validating", "active", "stopped"]),
  /** Events before this time are not sent: the subscription did not exist then. */
  since: Instant,
  /** When the validation of its address started. It is part of the validation event's id. */
  validationStartedAt: Instant,
  /** The id of the last accepted event. */
  lastEventId: z.string().optional(),
  /** The time of the last accepted event. Delivery continues from this time if the event itself was erased. */
  lastEventAt: Instant.optional(),
  /** The event after which an admin or the owner asked to resume. */
  resumeAfter: z.string().optional(),
  /** The requests that resumed the subscription, the latest last. Repeating a request within a day changes nothing. */
  resumeRequests: z.array(z.object({ keyMac: z.string(), bodyMac: z.string(), at: Instant })).default([]),
  /** The number of failed attempts since the last accepted attempt. */
  consecutiveFailures: z.int(),
  failingSince: Instant.optional(),
  nextAttemptAt: Instant,
  stopped: z.object({ at: Instant, reason: StopReason }).optional(),
  /** The number of its secret. `secretVersionSince` is the time of the last rotation. */
  secretVersion: z.int(),
  secretVersionSince: Instant.optional(),
  attempts: z.array(WebhookAttempt),
  /** A run is delivering, until this time at the latest. Other runs skip the subscription until then. */
  lockedUntil: Instant.optional(),
  version: z.int(),
});
export type WebhookSubscription = z.infer<typeof WebhookSubscription>;

const secondMs = 1_000;
/** A new subscription is first seen within this time of its deployment: runs start every minute, and one may be late. */
const firstRunDelayMs = 2 * 60 * secondMs;
/** Longer than the timeout of the function (`infra/constructs/delivery.ts`). */
const busyMs = 90 * secondMs;

/**
 * The wait after a number of failures in a row, in milliseconds. The first wait is `webhookFirstRetryMs`. Each wait is twice
 * as long as the wait before, up to `webhookLongestRetryHours`.
 */
export function webhookRetryDelayMs(failures: number): number {
  return Math.min(webhookFirstRetryMs * 2 ** (failures - 1), webhookLongestRetryHours * hourMs);
}

type NewSubscription = { subscriber: string; url: string; now: string };

/** A subscription that no run has seen yet. It receives the events from its deployment on. */
export function newWebhookSubscription({ subscriber, url, now }: NewSubscription): WebhookSubscription {
  const since = addMilliseconds(now, -firstRunDelayMs);
  const settings = { subscriber, url, since, secretVersion: 1, attempts: [], resumeRequests: [], version: 0 };
  return startValidation(
    { ...settings, state: "validating", consecutiveFailures: 0, validationStartedAt: now, nextAttemptAt: now },
    now,
  );
}

/** The subscription at the address of the province file. A new address is validated before events are sent to it. */
export function subscriptionWithUrl(
  subscription: WebhookSubscription,
  { url, now }: Pick<NewSubscription, "url" | "now">,
): WebhookSubscription {
  return subscription.url === url ? subscription : startValidation({ ...subscription, url }, now);
}

/** The subscription of a webhook in the province file: the stored state, or the first state where none is stored. */
export function currentSubscription(
  stored: WebhookSubscription | undefined,
  settings: NewSubscription,
): WebhookSubscription {
  return subscriptionWithUrl(stored ?? newWebhookSubscription(settings), settings);
}

/**
 * Resumes a subscription: after the last accepted event, or after the event `after` of its feed. The address is validated
 * first. A new request replaces an earlier one that is not done yet, for example one with a mistyped event id.
 */
export function resumeSubscription(
  subscription: WebhookSubscription,
  { after, by, now }: { after: string | undefined; by: { keyMac: string; bodyMac: string } | undefined; now: string },
): WebhookSubscription {
  const resumeRequests = [...subscription.resumeRequests, ...(by ? [{ ...by, at: now }] : [])].slice(
    -mostWebhookResumesKept,
  );
  return startValidation({ ...subscription, resumeAfter: after, resumeRequests }, now);
}

function startValidation(subscription: WebhookSubscription, now: string): WebhookSubscription {
  return {
    ...subscription,
    state: "validating",
    consecutiveFailures: 0,
    failingSince: undefined,
    stopped: undefined,
    validationStartedAt: now,
    nextAttemptAt: now,
  };
}

/** Whether the next attempt is due and no run is delivering. */
export function isDeliveryDue({ state, nextAttemptAt, lockedUntil }: WebhookSubscription, now: string): boolean {
  return state !== "stopped" && nextAttemptAt <= now && (lockedUntil ?? "") <= now;
}

export function markBusy(subscription: WebhookSubscription, now: string): WebhookSubscription {
  return { ...subscription, lockedUntil: addMilliseconds(now, busyMs) };
}

export function markIdle({ lockedUntil: _, ...subscription }: WebhookSubscription): WebhookSubscription {
  return subscription;
}

/** The id of the event that validates an address. It stays the same until the address accepts the event. */
export function validationEventId({ subscriber, validationStartedAt }: WebhookSubscription): string {
  return `validation/${subscriber}/${validationStartedAt.replace(/\.\d+/, "")}`;
}

/**
 * The subscription after an attempt. An accepted attempt moves its position to the event, whose time is `eventAt`. A failed
 * attempt makes it wait, and stops it after 410 or `webhookStoppedAfterHours` without success.
 */
export function recordAttempt(
  before: WebhookSubscription,
  attempt: WebhookAttempt,
  eventAt?: string,
): WebhookSubscription {
  const attempts = [...before.attempts, attempt].slice(-mostWebhookAttemptsKept);
  return isAttemptAccepted(attempt)
    ? afterAcceptedAttempt({ ...before, attempts }, attempt, eventAt)
    : afterFailedAttempt({ ...before, attempts, consecutiveFailures: before.consecutiveFailures + 1 }, attempt);
}

function isAttemptAccepted({ status = 0 }: WebhookAttempt): boolean {
  return status >= 200 && status < 300;
}

function afterAcceptedAttempt(
  before: WebhookSubscription,
  { at, eventId }: WebhookAttempt,
  cursorAt?: string,
): WebhookSubscription {
  const active = {
    ...before,
    state: "active" as const,
    consecutiveFailures: 0,
    failingSince: undefined,
    nextAttemptAt: at,
  };
  return before.state === "validating"
    ? active
    : { ...active, lastEventId: eventId, lastEventAt: cursorAt, resumeAfter: undefined };
}

function afterFailedAttempt(before: WebhookSubscription, { at, status }: WebhookAttempt): WebhookSubscription {
  const failingSince = before.failingSince ?? at;
  const failing = {
    ...before,
    failingSince,
    nextAttemptAt: addMilliseconds(at, webhookRetryDelayMs(before.consecutiveFailures)),
  };
  if (status === 410) return stopSubscription(failing, { at, reason: "gone" });
  return at >= addMilliseconds(failingSince, webhookStoppedAfterHours * hourMs)
    ? stopSubscription(failing, { at, reason: "failing-too-long" })
    : failing;
}

/** Stops delivery until somebody resumes the subscription or the province file names another address. */
export function stopSubscription(
  subscription: WebhookSubscription,
  stopped: { at: string; reason: StopReason },
): WebhookSubscription {
  // A request to resume stays until it is done. It is dropped where its event does not exist.
  const isUnknown = stopped.reason === "unknown-event";
  return { ...subscription, state: "stopped", stopped, ...(isUnknown && { resumeAfter: undefined }) };
}

const prefix = "whsec_";

type SecretOwner = { subscriber: string; secretVersion: number; secretVersionSince?: string | undefined };

/** A subscriber's secret in the form of Standard Webhooks. It is derived from the key, so it is stored nowhere. */
export function webhookSecret(key: string, { subscriber, secretVersion }: SecretOwner): string {
  return prefix + hmac(key, "webhook", subscriber, String(secretVersion)).toString("base64");
}

/**
 * The time until which the previous secret also signs: `previousWebhookSecretDays` after the rotation. Undefined if there
 * is no previous secret or this time has passed.
 */
export function previousSecretValidUntil(
  { secretVersion, secretVersionSince }: Omit<SecretOwner, "subscriber">,
  now: string,
): string | undefined {
  const until =
    secretVersion > 1 && secretVersionSince && addMilliseconds(secretVersionSince, previousWebhookSecretDays * dayMs);
  return until && now < until ? until : undefined;
}

/** The headers of Standard Webhooks 1.0.0, signed by every secret that is valid at the time. */
export function signedHeaders(
  key: string,
  owner: SecretOwner,
  { id, at, body }: { id: string; at: string; body: string },
): Record<string, string> {
  const { subscriber, secretVersion } = owner;
  const previous = previousSecretValidUntil(owner, at) ? [secretVersion - 1] : [];
  const secrets = [secretVersion, ...previous].map((number) =>
    webhookSecret(key, { subscriber, secretVersion: number }),
  );
  return headersSignedWith(secrets, { id, at, body });
}

/** The headers of Standard Webhooks 1.0.0, signed by each of the secrets, which have the form `whsec_…`. */
export function headersSignedWith(
  secrets: string[],
  { id, at, body }: { id: string; at: string; body: string },
): Record<string, string> {
  const timestamp = String(secondsOf(at));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
