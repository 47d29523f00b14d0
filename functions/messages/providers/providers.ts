import { smsTimeoutMs } from "#shared/policy-numbers.ts";
import type { SmsProviderKind } from "#shared/vocabulary.ts";
import { openKavenegar } from "./kavenegar.ts";
import type { SmsMessage, SmsOutcome, SmsProvider, SmsProviderSettings } from "./provider.ts";
import { openSmsIr } from "./sms-ir.ts";
import { openSmsWebhook } from "./webhook.ts";

/** The key of each provider, as the province's secret has them. */
export type SmsKeys = Partial<Record<SmsProviderKind, string>>;

type Options = { timeoutMs?: number; stand?: string | undefined };

/** Opens the providers of the province file, in their order. `stand`: as in `openProviderClient`. */
export function openSmsProviders(
  providers: readonly SmsProviderSettings[],
  keys: SmsKeys,
  { timeoutMs = smsTimeoutMs, stand = process.env.LOCAL_SMS }: Options = {},
): SmsProvider[] {
  return providers.map((settings) => {
    const key = keys[settings.kind];
    if (!key) return withoutKey(settings.kind);
    const connection = { key, timeoutMs, stand };
    if (settings.kind === "webhook") return openSmsWebhook({ ...settings, ...connection });
    return settings.kind === "kavenegar"
      ? openKavenegar({ ...settings, ...connection })
      : openSmsIr({ ...settings, ...connection });
  });
}

/** A provider whose key nobody has stored yet rejects every message, so that the next provider sends it. */
function withoutKey(kind: SmsProviderKind): SmsProvider {
  return {
    kind,
    takesReference: false,
    send: async () => ({ state: "rejected", reason: "no-key" }),
    reportsOf: async (sent) => sent.map(() => ({ state: "unknown" })),
    close: () => {},
  };
}

/**
 * Sends a message by the first provider that does not reject it. Returns the outcome and the provider that it came from; of
 * a message that all rejected, the last.
 */
export async function sendByFirst(
  providers: readonly SmsProvider[],
  message: SmsMessage,
): Promise<{ outcome: SmsOutcome; provider: SmsProviderKind | undefined }> {
  let last: { outcome: SmsOutcome; provider: SmsProviderKind | undefined } = {
    outcome: { state: "rejected", reason: "rejected" },
    provider: undefined,
  };
  for (const provider of providers) {
    last = { outcome: await provider.send(message), provider: provider.kind };
    if (last.outcome.state !== "rejected") return last;
  }
  return last;
}
