import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { SmsProviderSettings } from "#functions/messages/providers/provider.ts";
import { openSmsProviders, type SmsKeys, sendByFirst } from "#functions/messages/providers/providers.ts";
import { startSmsServer } from "#infra/programs/local-cloud/sms-provider.ts";
import { smsTimeoutMs } from "#shared/policy-numbers.ts";
import type { SmsProviderKind } from "#shared/vocabulary.ts";
import { patience } from "../../support/patience.ts";

const keys: Record<SmsProviderKind, string> = {
  kavenegar: "5A6B-kavenegar/key of tests",
  "sms-ir": "sms-ir-key-of-tests",
  webhook: Buffer.from("a webhook key of the tests").toString("base64"),
};
const settings: Record<SmsProviderKind, SmsProviderSettings> = {
  kavenegar: { kind: "kavenegar", line: "10008663" },
  "sms-ir": { kind: "sms-ir", line: "30007732" },
  webhook: { kind: "webhook", url: "https://sms.office.example/send" },
};
const kinds = Object.keys(settings) as SmsProviderKind[];
const withReference: SmsProviderKind[] = ["kavenegar", "webhook"];
const text = "سامانهٔ ۱۲۸: خبر تازه‌ای هست. لغو۱۱";

let server: Awaited<ReturnType<typeof startSmsServer>>;
beforeAll(async () => {
  server = await startSmsServer({ port: 0, now: () => Date.now(), keys: () => keys });
});
afterAll(() => server.stop());

let messages = 100_000_000_000_000;
/** A message to a number that no other message goes to, so that a fault hits this message alone. */
const aMessage = () => ({
  to: `+98912${String(++messages).slice(-7)}`,
  text,
  reference: String(messages),
});
const open = (kind: SmsProviderKind, own: SmsKeys = keys) => {
  const [provider] = openSmsProviders([settings[kind]], own, { stand: server.url });
  if (!provider) throw new Error("no provider");
  return provider;
};
/**
 * What comes of a call whose time is over once it has met all ordered faults: no test waits for that time, or loses it on a slow
 * machine.
 */
async function outOfTime<T>(call: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const called = call();
    await vi.waitUntil(() => server.faultsLeft() === 0, { timeout: patience, interval: 5 });
    vi.advanceTimersByTime(smsTimeoutMs);
    return await called;
  } finally {
    vi.useRealTimers();
  }
}
const messagesTo = (to: string) => server.messages().filter((one) => one.to === to);

describe.each(kinds)("%s", (kind) => {
  test("accepts a message with its text as it was written, and says that it was delivered", async () => {
    const [provider, message] = [open(kind), aMessage()];
    const outcome = await provider.send(message);
    expect(outcome).toEqual({ state: "accepted", providerMessageId: expect.any(String) });
    expect(messagesTo(message.to)).toMatchObject([{ text, provider: kind, state: "delivered" }]);
    const { reference } = message;
    const providerMessageId = outcome.state === "accepted" ? outcome.providerMessageId : "";
    expect(await provider.reportsOf([{ reference, providerMessageId }])).toMatchObject([{ state: "delivered" }]);
    provider.close();
  });

  test.each([
    ["wrong-key", "key-rejected"],
    ["no-credit", "no-credit"],
  ] as const)("that answers %s surely did not accept the message", async (fault, reason) => {
    const [provider, message] = [open(kind), aMessage()];
    server.order({ provider: kind, fault, to: message.to });
    expect(await provider.send(message)).toEqual({ state: "rejected", reason });
    expect(messagesTo(message.to)).toEqual([]);
  });

  test("with another key than the provider's refuses, and so does one whose key is not stored", async () => {
    const other = { kavenegar: "other", "sms-ir": "other", webhook: Buffer.from("other").toString("base64") };
    expect(await open(kind, other).send(aMessage())).toEqual({ state: "rejected", reason: "key-rejected" });
    expect(await open(kind, {}).send(aMessage())).toEqual({ state: "rejected", reason: "no-key" });
  });

  test("that nobody listens for surely did not accept the message", async () => {
    const [provider] = openSmsProviders([settings[kind]], keys, { stand: "http://127.0.0.1:9" });
    expect(await provider?.send(aMessage())).toEqual({ state: "rejected", reason: "not-reachable" });
  });

  test("says of a blocked number that nothing is delivered there, so that no other provider tries", async () => {
    const [provider, message] = [open(kind), aMessage()];
    server.order({ provider: kind, fault: "blocked", to: message.to });
    expect(await provider.send(message)).toEqual({ state: "undelivered" });
  });

  test("says later of a number whose owner blocked such messages that nothing was delivered", async () => {
    const [provider, message] = [open(kind), aMessage()];
    server.order({ provider: kind, fault: "blocked-by-owner", to: message.to });
    const outcome = await provider.send(message);
    const sent = { ...message, ...(outcome.state === "accepted" && { providerMessageId: outcome.providerMessageId }) };
    expect(await provider.reportsOf([sent])).toMatchObject([{ state: "undelivered" }]);
  });

  test.each([
    "silent-after",
    "server-error-after",
    "html-after",
    "slow-drip-after",
    "endless-after",
    "cut-after",
  ] as const)(
    "that accepts and then fails (%s) leaves the outcome unknown; asked by reference it says what it has",
    async (fault) => {
      const [provider, message] = [open(kind), aMessage()];
      server.order({ provider: kind, fault, to: message.to });
      expect(await outOfTime(() => provider.send(message))).toEqual({ state: "unknown" });
      expect(messagesTo(message.to)).toHaveLength(1);
      const expected = withReference.includes(kind) ? "delivered" : "unknown";
      expect(await provider.reportsOf([{ reference: message.reference }])).toMatchObject([{ state: expected }]);
      if (!withReference.includes(kind)) return;
      // A second message of the same reference is not sent.
      expect(await provider.send(message)).toMatchObject({ state: "accepted" });
      expect(messagesTo(message.to)).toHaveLength(1);
    },
  );

  test.each(["silent", "server-error", "html"] as const)(
    "that fails without accepting (%s) leaves the outcome unknown; asked by reference it knows no such message",
    async (fault) => {
      const [provider, message] = [open(kind), aMessage()];
      server.order({ provider: kind, fault, to: message.to });
      expect(await outOfTime(() => provider.send(message))).toEqual({ state: "unknown" });
      const expected = withReference.includes(kind) ? "absent" : "unknown";
      expect(await provider.reportsOf([{ reference: message.reference }])).toMatchObject([{ state: expected }]);
    },
  );

  test.each(["silent", "server-error", "html", "wrong-key"] as const)(
    "that fails when it is asked (%s) says nothing of any message",
    async (fault) => {
      const [provider, message] = [open(kind), aMessage()];
      const outcome = await provider.send(message);
      server.order({ provider: kind, fault, call: "states" });
      const sent = {
        ...message,
        ...(outcome.state === "accepted" && { providerMessageId: outcome.providerMessageId }),
      };
      expect(await outOfTime(() => provider.reportsOf([sent]))).toEqual([{ state: "unknown" }]);
    },
  );

  test("shows its key in no outcome and no error", async () => {
    const provider = open(kind);
    const shown: unknown[] = [];
    for (const fault of ["silent", "html", "cut-after", "wrong-key"] as const) {
      const message = aMessage();
      server.order({ provider: kind, fault, to: message.to });
      shown.push(await outOfTime(() => provider.send(message)), await provider.reportsOf([message]));
    }
    const text = JSON.stringify(shown);
    for (const form of [keys[kind], encodeURIComponent(keys[kind])]) expect(text).not.toContain(form);
  });
});

describe("several providers", () => {
  const openBoth = () => openSmsProviders([settings.kavenegar, settings["sms-ir"]], keys, { stand: server.url });

  test.each(["wrong-key", "no-credit"] as const)(
    "take over where the first surely did not accept (%s)",
    async (fault) => {
      const message = aMessage();
      server.order({ provider: "kavenegar", fault, to: message.to });
      expect(await sendByFirst(openBoth(), message)).toMatchObject({
        provider: "sms-ir",
        outcome: { state: "accepted" },
      });
      expect(messagesTo(message.to)).toMatchObject([{ provider: "sms-ir" }]);
    },
  );

  test.each(["silent-after", "html", "blocked"] as const)("do not take over otherwise (%s)", async (fault) => {
    const message = aMessage();
    server.order({ provider: "kavenegar", fault, to: message.to });
    expect(await outOfTime(() => sendByFirst(openBoth(), message))).toMatchObject({ provider: "kavenegar" });
    expect(messagesTo(message.to).filter(({ provider }) => provider === "sms-ir")).toEqual([]);
  });

  test("that all refuse return the last refusal", async () => {
    const message = aMessage();
    server.order({ fault: "no-credit", to: message.to, count: 2 });
    expect(await sendByFirst(openBoth(), message)).toEqual({
      provider: "sms-ir",
      outcome: { state: "rejected", reason: "no-credit" },
    });
  });
});

test("only a server on this machine stands in for a provider", async () => {
  const [provider] = openSmsProviders([settings.kavenegar], keys, { stand: "http://10.0.0.1:80" });
  await expect(provider?.send(aMessage())).rejects.toThrow("127.0.0.1");
});
