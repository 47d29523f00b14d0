import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import {
  isDeliveryDue,
  markBusy,
  markIdle,
  newWebhookSubscription,
  previousSecretValidUntil,
  recordAttempt,
  resumeSubscription,
  signedHeaders,
  subscriptionWithUrl,
  validationEventId,
  type WebhookSubscription,
  webhookRetryDelayMs,
  webhookSecret,
} from "#functions/deliveries/webhook.ts";
import { addMilliseconds } from "#shared/time/duration.ts";

const now = "2026-11-26T08:00:00.000Z";
const hour = 3_600_000;
const url = "https://foad.office.example/events";
const fresh = newWebhookSubscription({ subscriber: "agency:post", url, now });
const event = "QZ-7K3M-9XPT-Q/3";

const tried = (follower: WebhookSubscription, outcome: { at?: string; eventId?: string; status?: number }) =>
  recordAttempt(follower, { at: now, eventId: event, durationMs: 5, ...outcome });
const active = tried(fresh, { eventId: validationEventId(fresh), status: 204 });

/** Fails every time it is tried, as soon as it may be, and returns how long that went on. */
function failing(follower: WebhookSubscription): { hours: number; tries: number; last: WebhookSubscription } {
  let [last, at] = [follower, now];
  for (let tries = 1; ; tries++) {
    last = tried(last, { at, status: 500 });
    if (last.state === "stopped") return { hours: (Date.parse(at) - Date.parse(now)) / hour, tries, last };
    at = last.nextAttemptAt;
  }
}

describe("a webhook", () => {
  test("waits ten seconds after a failure, then twice as long each time, up to two hours", () => {
    expect([1, 2, 3, 10, 11, 500].map(webhookRetryDelayMs)).toEqual([10e3, 20e3, 40e3, 5120e3, 7200e3, 7200e3]);
  });

  test("is validated first, which is no event of its feed", () => {
    expect(active).toMatchObject({ state: "active", consecutiveFailures: 0 });
    expect(active.lastEventId).toBeUndefined();
    expect(tried(active, { status: 200 })).toMatchObject({ state: "active", lastEventId: event });
  });

  test("goes on behind an event only once that is taken", () => {
    for (const status of [199, 301, 400, 404, 429, 500, undefined]) {
      const after = tried(active, { ...(status && { status }) });
      expect(after).toMatchObject({
        state: "active",
        consecutiveFailures: 1,
        failingSince: now,
        nextAttemptAt: addMilliseconds(now, 10_000),
      });
      expect(after.lastEventId).toBeUndefined();
    }
  });

  test("stops after a day in which nothing was taken, and not before", () => {
    const { hours, tries, last } = failing(active);
    expect(hours).toBeGreaterThanOrEqual(24);
    expect(hours).toBeLessThan(26.1);
    expect(tries).toBeLessThan(26);
    expect(last.stopped?.reason).toBe("failing-too-long");
    expect(failing(fresh).last.state).toBe("stopped");
  });

  test("that took one event meanwhile has another day", () => {
    const late = addMilliseconds(now, 23 * hour);
    const taken = tried(tried(active, { status: 500 }), { at: late, status: 200 });
    const again = tried(taken, { at: addMilliseconds(late, 2 * hour), status: 500 });
    expect(again).toMatchObject({
      state: "active",
      consecutiveFailures: 1,
      failingSince: addMilliseconds(late, 2 * hour),
    });
  });

  test("whose address is gone stops at once, and goes on after the event that was asked for", () => {
    const gone = tried({ ...active, lastEventId: "QZ-7K3M-9XPT-Q/1" }, { status: 410 });
    expect(gone).toMatchObject({ state: "stopped", stopped: { reason: "gone" } });
    expect(isDeliveryDue(gone, addMilliseconds(now, 100 * hour))).toBe(false);
    const again = resumeSubscription(gone, { after: event, by: undefined, now });
    expect(again).toMatchObject({ state: "validating", lastEventId: "QZ-7K3M-9XPT-Q/1", resumeAfter: event });
    expect(again.stopped).toBeUndefined();
    const valid = tried(again, { status: 200, eventId: validationEventId(again) });
    expect(valid).toMatchObject({ state: "active", resumeAfter: event });
    // Stopped again before that event is behind it, it still knows where it was told to go on.
    expect(tried(valid, { status: 410 })).toMatchObject({ state: "stopped", resumeAfter: event });
    expect(resumeSubscription(valid, { after: undefined, by: undefined, now }).resumeAfter).toBeUndefined();
    expect(tried(valid, { status: 200, eventId: "QZ-7K3M-9XPT-Q/4" })).toMatchObject({
      lastEventId: "QZ-7K3M-9XPT-Q/4",
      resumeAfter: undefined,
    });
  });

  test("at another address is validated there, and goes on where it stopped", () => {
    const gone = tried({ ...active, lastEventId: event }, { status: 410 });
    expect(subscriptionWithUrl(gone, { url, now })).toBe(gone);
    const moved = subscriptionWithUrl(gone, { url: "https://new.office.example", now });
    expect(moved).toMatchObject({ state: "validating", lastEventId: event, url: "https://new.office.example" });
  });

  test("is left alone while a run has it in hand, and for no longer than that run can live", () => {
    const held = markBusy(active, now);
    expect(isDeliveryDue(held, addMilliseconds(now, 60_000))).toBe(false);
    expect(isDeliveryDue(held, addMilliseconds(now, 90_000))).toBe(true);
    expect(isDeliveryDue(markIdle(held), now)).toBe(true);
  });
});

describe("a signature", () => {
  const key = "a key for tests";
  const at = new Date().toISOString();
  const holder = { subscriber: "agency:post", secretVersion: 2, secretVersionSince: addMilliseconds(at, -hour) };
  const body = JSON.stringify({ id: event, data: { text: "متن" } });
  const headers = signedHeaders(key, holder, { id: event, at, body });
  const verify = (secretVersion: number, over: Record<string, string> = {}) =>
    new Webhook(webhookSecret(key, { ...holder, secretVersion })).verify(body, { ...headers, ...over });

  test("is what Standard Webhooks verifies, by the present secret and for a week by the one before", () => {
    expect(verify(2)).toEqual(JSON.parse(body));
    expect(verify(1)).toEqual(JSON.parse(body));
    const until = addMilliseconds(holder.secretVersionSince, 7 * 24 * hour);
    expect(previousSecretValidUntil(holder, at)).toBe(until);
    expect(previousSecretValidUntil(holder, until)).toBeUndefined();
    const late = signedHeaders(
      key,
      { ...holder, secretVersionSince: addMilliseconds(at, -8 * 24 * hour) },
      { id: event, at, body },
    );
    expect(late["webhook-signature"]).not.toContain(" ");
    expect(() => verify(1, late)).toThrow(WebhookVerificationError);
  });

  test("holds for no other id, time, secret or subscriber", () => {
    const later10 = String(Number(headers["webhook-timestamp"]) + 10);
    expect(() => verify(2, { "webhook-id": `${event}0` })).toThrow(WebhookVerificationError);
    expect(() => verify(2, { "webhook-timestamp": later10 })).toThrow(WebhookVerificationError);
    expect(() => verify(3)).toThrow(WebhookVerificationError);
    const other = webhookSecret(key, { subscriber: "agency:gas", secretVersion: 2 });
    expect(() => new Webhook(other).verify(body, headers)).toThrow(WebhookVerificationError);
  });
});
