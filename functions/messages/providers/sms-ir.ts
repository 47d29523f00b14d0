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

const host = "https://api.sms.ir";

const Answer = z.object({ status: z.int(), data: z.unknown() });
/** `messageIds` has `0` for a number on the block list of its owner, and `null` for a number that is not valid. */
const Sent = z.object({ messageIds: z.array(z.int().nullable()).min(1) });
const Report = z.object({ deliveryState: z.int().nullish() });

/** Codes by which SMS.ir surely did not accept a message. `0` is a fault of its system and leaves that open. */
const rejections: Record<number, SmsRejection> = {
  10: "key-rejected",
  11: "key-rejected",
  12: "key-rejected",
  13: "key-rejected",
  14: "key-rejected",
  20: "too-many-requests",
  101: "rejected",
  102: "no-credit",
  103: "rejected",
  105: "rejected",
  107: "rejected",
  109: "rejected",
  117: "rejected",
  118: "rejected",
  123: "rejected",
};
/** The number is not valid, or its owner blocked such messages. */
const numberCodes = [104, 115];

const states: Record<number, SmsReport["state"]> = {
  1: "delivered",
  2: "undelivered",
  3: "accepted",
  4: "accepted",
  5: "accepted",
  6: "undelivered",
  7: "undelivered",
};

/** Sends by the API of SMS.ir, version 1. It takes no reference of ours: an unknown outcome stays unknown. */
export function openSmsIr({ line, key, ...connection }: SmsConnection & { line: string }): SmsProvider {
  const client = openProviderClient(connection);
  const headers = { "x-api-key": key, accept: "application/json" };
  return {
    kind: "sms-ir",
    takesReference: false,
    async send({ to, text }: SmsMessage) {
      const exchange = await client.request({
        method: "POST",
        url: `${host}/v1/send/bulk`,
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ lineNumber: Number(line), messageText: text, mobiles: [localForm(to)] }),
      });
      return outcomeOf(exchange);
    },
    async reportsOf(sent) {
      const reports: SmsReport[] = [];
      // One after the other: SMS.ir limits requests, and has none about several messages.
      for (const one of sent) reports.push(await reportOf(one, { client, headers }));
      return reports;
    },
    close: () => client.close(),
  };
}

function outcomeOf(exchange: Exchange): SmsOutcome {
  if (exchange.kind === "not-sent") return { state: "rejected", reason: "not-reachable" };
  const answer = parsed(exchange);
  if (!answer) return { state: "unknown" };
  if (answer.status === 1) {
    const { success, data } = Sent.safeParse(answer.data);
    if (!success) return { state: "unknown" };
    const [id] = data.messageIds;
    return id ? { state: "accepted", providerMessageId: String(id) } : { state: "undelivered" };
  }
  if (numberCodes.includes(answer.status)) return { state: "undelivered" };
  const reason = rejections[answer.status];
  return reason ? { state: "rejected", reason } : { state: "unknown" };
}

type Reading = { client: ProviderClient; headers: Record<string, string> };

async function reportOf({ providerMessageId }: SentSms, { client, headers }: Reading): Promise<SmsReport> {
  if (providerMessageId === undefined) return { state: "unknown" };
  const url = `${host}/v1/send/${encodeURIComponent(providerMessageId)}`;
  const answer = parsed(await client.request({ method: "GET", url, headers }));
  const report = answer?.status === 1 ? Report.safeParse(answer.data).data : undefined;
  const state = report?.deliveryState ? states[report.deliveryState] : undefined;
  return state ? { state, providerMessageId } : { state: "unknown" };
}

/** Undefined if the answer is none of SMS.ir, such as a page of HTML. */
function parsed(exchange: Exchange): z.infer<typeof Answer> | undefined {
  if (exchange.kind !== "answer") return undefined;
  try {
    return Answer.safeParse(JSON.parse(exchange.text)).data;
  } catch {
    return undefined;
  }
}

/** Iranian numbers as the examples of SMS.ir write them (`09…`), others with `00`. */
function localForm(phone: string): string {
  return phone.startsWith("+98") ? `0${phone.slice(3)}` : phone.replace("+", "00");
}
