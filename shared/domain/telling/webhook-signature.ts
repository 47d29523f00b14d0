import { createHmac } from "node:crypto";
import { mac } from "../digest.ts";
import { bothWebhookSecretsDays } from "../policy-numbers.ts";
import { dayMs, later, secondsOf } from "../time/duration.ts";

const prefix = "whsec_";

type Holder = { subscriber: string; generation: number; generationSince?: string | undefined };

/** A subscriber's secret, in the form of Standard Webhooks: derived, so that none is stored. */
export function webhookSecret(key: string, { subscriber, generation }: Holder): string {
  return prefix + mac(key, "webhook", subscriber, String(generation)).toString("base64");
}

/** Until when the secret before the present one signs too; undefined where there is none, or none that still does. */
export function previousSignsUntil(
  { generation, generationSince }: Omit<Holder, "subscriber">,
  now: string,
): string | undefined {
  const until = generation > 1 && generationSince && later(generationSince, bothWebhookSecretsDays * dayMs);
  return until && now < until ? until : undefined;
}

type Signed = { id: string; at: string; body: string };

/** The headers of Standard Webhooks 1.0.0, signed by every secret that is valid at the time. */
export function signedHeaders(key: string, holder: Holder, { id, at, body }: Signed): Record<string, string> {
  const { subscriber, generation } = holder;
  const before = previousSignsUntil(holder, at) ? [generation - 1] : [];
  const timestamp = String(secondsOf(at));
  const signatures = [generation, ...before].map((number) => {
    const secret = webhookSecret(key, { subscriber, generation: number }).slice(prefix.length);
    const signed = createHmac("sha256", Buffer.from(secret, "base64")).update(`${id}.${timestamp}.${body}`);
    return `v1,${signed.digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
