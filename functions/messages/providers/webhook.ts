import * as z from "zod";
import { headersSignedWith } from "#functions/deliveries/webhook.ts";
import { type Exchange, openProviderClient, type ProviderClient } from "./exchange.ts";
import { type SmsConnection, type SmsProvider, SmsRejection, type SmsReport } from "./provider.ts";

/** The answer of a webhook to a message. */
const SendAnswer = z.discriminatedUnion("state", [
  z.object({ state: z.literal("accepted"), providerMessageId: z.string().max(100).optional() }),
  z.object({ state: z.literal("undelivered") }),
  z.object({ state: z.literal("rejected"), reason: SmsRejection.catch("rejected").default("rejected") }),
]);

/** The answer of a webhook to a question about messages: a state for each reference that it knows. */
const StatesAnswer = z.object({ states: z.record(z.string(), z.enum(["accepted", "delivered", "undelivered"])) });

/** References in one question about states. */
const mostAsked = 500;

/**
 * Sends by a webhook: a small program that passes messages on to any other provider. Requests are signed as those of our
 * other webhooks are (Standard Webhooks 1.0.0). The receiver sends a message of a known reference no second time.
 */
export function openSmsWebhook({ url, key, ...connection }: SmsConnection & { url: string }): SmsProvider {
  const client = openProviderClient(connection);
  const post = (id: string, body: object) => postSigned(client, { url, secret: `whsec_${key}`, id, body });
  return {
    kind: "webhook",
    takesReference: true,
    async send({ to, text, reference }) {
      const exchange = await post(reference, { type: "sms.send", reference, to, text });
      if (exchange.kind === "not-sent") return { state: "rejected", reason: "not-reachable" };
      const answer = parsed(SendAnswer, exchange);
      if (!answer) return { state: "unknown" };
      return answer.state === "accepted"
        ? { ...answer, providerMessageId: answer.providerMessageId ?? reference }
        : answer;
    },
    async reportsOf(sent) {
      const states: Record<string, SmsReport["state"]> = {};
      for (let from = 0; from < sent.length; from += mostAsked) {
        const references = sent.slice(from, from + mostAsked).map(({ reference }) => reference);
        const answer = parsed(StatesAnswer, await post(`states-${references[0]}`, { type: "sms.states", references }));
        for (const reference of answer ? references : []) states[reference] = answer?.states[reference] ?? "absent";
      }
      return sent.map(({ reference, providerMessageId }) => {
        const state = states[reference] ?? "unknown";
        // A message that was accepted is never taken for one that never came.
        return { state: state === "absent" && providerMessageId !== undefined ? "unknown" : state };
      });
    },
    close: () => client.close(),
  };
}

type Post = { url: string; secret: string; id: string; body: object };

function postSigned(client: ProviderClient, { url, secret, id, body: fields }: Post): Promise<Exchange> {
  const body = JSON.stringify(fields);
  const signature = headersSignedWith([secret], { id, at: new Date().toISOString(), body });
  return client.request({ method: "POST", url, headers: { ...signature, "content-type": "application/json" }, body });
}

/** The body of an answer. Undefined if no answer came, if its status is 500 or more, or if the body has not the agreed form. */
function parsed<T>(schema: z.ZodType<T>, exchange: Exchange): T | undefined {
  if (exchange.kind !== "answer" || exchange.status >= 500) return undefined;
  try {
    return schema.safeParse(JSON.parse(exchange.text)).data;
  } catch {
    return undefined;
  }
}
