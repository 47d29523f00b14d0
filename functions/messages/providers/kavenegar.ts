import * as z from "zod";
import { type Exchange, openProviderClient, type ProviderClient } from "./exchange.ts";
import type {
  SentSms,
  SmsConnection,
  SmsMessage,
  SmsOutcome,
  SmsProvider,
  SmsRejection,
  SmsReport,
} from "./provider.ts";

const host = "https://api.kavenegar.com";
/** Ids in one question about states. */
const mostAsked = 500;

const Answer = z.object({
  return: z.object({ status: z.int() }),
  entries: z
    .array(z.object({ messageid: z.int(), localid: z.union([z.int(), z.string()]).nullish(), status: z.int() }))
    .nullish(),
});
type Answer = z.infer<typeof Answer>;

/** Kavenegar's codes by which it surely did not accept a message. Any other code leaves that open. */
const rejections: Record<number, SmsRejection> = {
  400: "rejected",
  401: "key-rejected",
  403: "key-rejected",
  404: "rejected",
  405: "rejected",
  406: "rejected",
  407: "key-rejected",
  412: "rejected",
  413: "rejected",
  414: "rejected",
  416: "key-rejected",
  417: "rejected",
  418: "no-credit",
  419: "rejected",
  420: "rejected",
  422: "rejected",
  426: "rejected",
  427: "rejected",
  429: "key-rejected",
  451: "too-many-requests",
  501: "rejected",
};
/** The recipient's number is not valid. */
const invalidRecipient = 411;

/** States of a message. `100`: Kavenegar knows no such message. */
const states: Record<number, SmsReport["state"]> = {
  1: "accepted",
  2: "accepted",
  4: "accepted",
  5: "accepted",
  6: "undelivered",
  10: "delivered",
  11: "undelivered",
  13: "undelivered",
  14: "undelivered",
  100: "absent",
};

/**
 * Sends by Kavenegar's REST API. The key is a part of each address, so no address is ever logged. Our reference is the
 * `localid`: Kavenegar sends a message of a known `localid` no second time, and can be asked about it for twelve hours.
 */
export function openKavenegar({ line, key, ...connection }: SmsConnection & { line: string }): SmsProvider {
  const client = openProviderClient(connection);
  const call = (method: string, fields: Record<string, string>) => ask(client, { key, method, fields });
  return {
    kind: "kavenegar",
    takesReference: true,
    async send({ to, text, reference }: SmsMessage) {
      // `hide` keeps the number out of the lists of the provider's panel.
      const fields = { receptor: localForm(to), sender: line, message: text, localid: reference, hide: "1" };
      return outcomeOf(await call("send", fields));
    },
    reportsOf: (sent) => reportsOf(sent, call),
    close: () => client.close(),
  };
}

type Asked = { exchange: Exchange; answer: Answer | undefined };
type Call = (method: string, fields: Record<string, string>) => Promise<Asked>;

async function ask(
  client: ProviderClient,
  { key, method, fields }: { key: string; method: string; fields: Record<string, string> },
): Promise<Asked> {
  const exchange = await client.request({
    method: "POST",
    url: `${host}/v1/${encodeURIComponent(key)}/sms/${method}.json`,
    headers: { "content-type": "application/x-www-form-urlencoded; charset=UTF-8", accept: "application/json" },
    body: new URLSearchParams(fields).toString(),
  });
  return { exchange, answer: exchange.kind === "answer" ? parsed(exchange.text) : undefined };
}

/** Undefined if the text is not an answer of Kavenegar. */
function parsed(text: string): Answer | undefined {
  try {
    return Answer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function outcomeOf({ exchange, answer }: Asked): SmsOutcome {
  if (exchange.kind === "not-sent") return { state: "rejected", reason: "not-reachable" };
  if (!answer) return { state: "unknown" };
  const { status } = answer.return;
  const [entry] = answer.entries ?? [];
  if (status === 200 && entry) {
    const { state } = reportOf(entry);
    return state === "undelivered" ? { state } : { state: "accepted", providerMessageId: String(entry.messageid) };
  }
  if (status === invalidRecipient) return { state: "undelivered" };
  const reason = rejections[status];
  return reason ? { state: "rejected", reason } : { state: "unknown" };
}

/** Asks by Kavenegar's own id where it is known, otherwise by our reference. */
async function reportsOf(sent: readonly SentSms[], call: Call): Promise<SmsReport[]> {
  const [byId, byReference] = [new Map<string, SmsReport>(), new Map<string, SmsReport>()];
  for (const ids of portions(sent.flatMap(({ providerMessageId }) => providerMessageId ?? []))) {
    const { answer } = await call("status", { messageid: ids.join(",") });
    for (const entry of answer?.entries ?? []) byId.set(String(entry.messageid), reportOf(entry));
  }
  const unanswered = sent.filter(({ providerMessageId }) => providerMessageId === undefined);
  for (const references of portions(unanswered.map(({ reference }) => reference))) {
    const { answer } = await call("statuslocalmessageid", { localid: references.join(",") });
    for (const entry of answer?.entries ?? []) byReference.set(String(entry.localid), reportOf(entry));
  }
  return sent.map(({ providerMessageId, reference }) => {
    if (providerMessageId === undefined) return byReference.get(reference) ?? { state: "unknown" };
    const report = byId.get(providerMessageId);
    // Kavenegar forgets the state of old messages. A message that it accepted is never taken for one that it never had.
    return report && report.state !== "absent" ? report : { state: "unknown" };
  });
}

function reportOf({ messageid, status }: NonNullable<Answer["entries"]>[number]): SmsReport {
  const state = states[status] ?? "unknown";
  return state === "absent" ? { state } : { state, providerMessageId: String(messageid) };
}

const portions = (ids: readonly string[]) =>
  Array.from({ length: Math.ceil(ids.length / mostAsked) }, (_, n) => ids.slice(n * mostAsked, (n + 1) * mostAsked));

/** Iranian numbers as Kavenegar's examples write them (`09…`), others with `00`. */
function localForm(phone: string): string {
  return phone.startsWith("+98") ? `0${phone.slice(3)}` : phone.replace("+", "00");
}
