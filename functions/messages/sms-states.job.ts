import { smsReferenceHours, smsStateHours } from "#shared/policy-numbers.ts";
import { addMilliseconds, hourMs } from "#shared/time/duration.ts";
import type { Run } from "../triggers/schedule.ts";
import { recordAnswerNotice } from "./answer-notices.store.ts";
import type { SmsProvider, SmsReport } from "./providers/provider.ts";
import { readSmsBatches, type SmsBatch, type StoredSms, saveSmsBatch } from "./sms.store.ts";
import { daysBetween } from "./sms-cases.job.ts";

/**
 * Asks the providers what became of the messages of the last 24 hours that is not known for good. A message that a killed run
 * left as `sending` is asked for by its reference: it may or may not have been sent, and is never sent again before a
 * provider has said that it does not have it. Returns whether there were such messages.
 */
export async function askForStates(providers: readonly SmsProvider[], { now, until }: Run): Promise<boolean> {
  const oldest = addMilliseconds(now, -smsStateHours * hourMs);
  const days = await Promise.all(daysBetween(oldest, now).map(readSmsBatches));
  const pending = days.flat().filter(({ at, messages }) => at >= oldest && messages.some(isPending));
  for (const batch of pending) {
    if (performance.now() > until) break;
    await askForBatch(providers, batch, now);
  }
  return pending.length > 0;
}

const pendingStates: readonly string[] = ["sending", "accepted", "unknown"];
const isPending = ({ state }: StoredSms) => pendingStates.includes(state);

async function askForBatch(providers: readonly SmsProvider[], batch: SmsBatch, now: string): Promise<void> {
  // Providers forget references after some hours, and would then say of any message that they do not have it.
  const isReferenceKnown = addMilliseconds(batch.at, smsReferenceHours * hourMs) > now;
  const changed = new Map<StoredSms, StoredSms>();
  const pending = batch.messages.filter(isPending);
  for (const provider of providers) {
    const own = pending.filter((one) => one.provider === provider.kind && (one.providerMessageId || isReferenceKnown));
    for (const [message, report] of await reportsOf(provider, own)) changed.set(message, after(message, report));
  }
  const unfinished = pending.filter(({ provider }) => provider === undefined);
  for (const message of unfinished)
    changed.set(message, isReferenceKnown ? await afterKill(message, providers) : { ...message, state: "unknown" });
  const messages = batch.messages.map((message) => changed.get(message) ?? message);
  if (JSON.stringify(messages) === JSON.stringify(batch.messages)) return;
  for (const [before, { id, state, isAnswer }] of changed)
    if (isAnswer && state === "delivered" && before.state !== "delivered")
      await recordAnswerNotice(id, { way: "sms", at: now });
  await saveSmsBatch({ ...batch, messages });
}

/** Several complaints share one message, which is asked for once. */
async function reportsOf(provider: SmsProvider, messages: StoredSms[]): Promise<[StoredSms, SmsReport][]> {
  if (messages.length === 0) return [];
  const each = [...new Map(messages.map((one) => [one.reference ?? "", one])).values()];
  const sent = each.map(({ reference = "", providerMessageId }) => ({ reference, providerMessageId }));
  const reports = await provider.reportsOf(sent);
  const reportOf = new Map(sent.map(({ reference }, n) => [reference, reports[n]]));
  return messages.map((message) => [message, reportOf.get(message.reference ?? "") ?? { state: "unknown" }]);
}

/** A message that the provider does not have was surely not accepted; the next run sends another one. */
function after(message: StoredSms, { state, providerMessageId }: SmsReport): StoredSms {
  if (state === "unknown") return message;
  if (state === "absent") return { ...message, state: "rejected" };
  return { ...message, state, ...(providerMessageId && { providerMessageId }) };
}

/** What became of a message whose run was killed: nobody knows which provider it was sent by, if any. */
async function afterKill(message: StoredSms, providers: readonly SmsProvider[]): Promise<StoredSms> {
  let mayHaveSent = false;
  for (const provider of providers) {
    if (!provider.takesReference) {
      mayHaveSent = true;
      continue;
    }
    const [[, report] = [message, { state: "unknown" } as SmsReport]] = await reportsOf(provider, [message]);
    if (report.state === "unknown") mayHaveSent = true;
    else if (report.state !== "absent") return { ...after(message, report), provider: provider.kind };
  }
  return { ...message, state: mayHaveSent ? "unknown" : "rejected" };
}
