import type { EventType } from "#shared/complaints/event.ts";
import { smsReminderDays } from "#shared/policy-numbers.ts";
import { confirmation, sms } from "#shared/province/slices.static.ts";
import { addMilliseconds, dayMs, milliseconds } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import { readFeedForSms, readSmsBatches, readSmsNews, type SmsBatch, type SmsFeedEvent } from "./sms.store.ts";
import { casesOfRun, type EarlierSms, type SmsCase, type SmsNews, type SmsRun } from "./sms-run.ts";

/** The events that a citizen gets a message about. Of messages, only those of the agency and of inspectors are news. */
const newsTypes: readonly EventType[] = ["answered", "decided", "rejected", "extended", "message-posted"];

/** How long after an answer its citizen is reminded. Not positive where the province's time to dispute is too short. */
const reminderAfterMs = milliseconds(confirmation.duration) - smsReminderDays * dayMs;

type EarlierBatches = { batches: SmsBatch[]; messages: EarlierSms[] };

/** The messages of the days that the run looks back to. */
export async function readEarlierSms(run: SmsRun, now: string): Promise<EarlierBatches> {
  const batches = (await Promise.all(daysBetween(run.since, now).map(readSmsBatches))).flat();
  const messages = batches.flatMap(({ to, messages: all }) =>
    all.map(({ id, state }) => ({ complaintId: id, to, isSent: state !== "rejected" })),
  );
  return { batches, messages };
}

/** The days in Tehran from one instant to another. */
export function daysBetween(since: string, until: string): string[] {
  const days = new Set<string>();
  for (let at = since; at < until; at = addMilliseconds(at, dayMs)) days.add(localDate(at));
  return [...days.add(localDate(until))];
}

type Search = { run: SmsRun; finishedTo: string | undefined; earlier: EarlierSms[] };

/** The complaints whose citizens are to get a message in this run, whether they want any or not. */
export async function findSmsCases({ run, finishedTo, earlier }: Search): Promise<SmsCase[]> {
  const news = [...(await newsOfFeeds(run)), ...(await readSmsNews(run)), ...(await reminders(run))];
  return casesOfRun(news, { run, finishedTo, earlier });
}

const clientIds = () => (sms?.frontEnds ?? []).map(({ clientId }) => clientId);

async function newsOfFeeds({ since, to }: SmsRun): Promise<SmsNews[]> {
  const feeds = await Promise.all(
    clientIds().map((clientId) => readFeedForSms(clientId, { types: newsTypes, since, to })),
  );
  return feeds.flat().filter(isNews).map(newsOf);
}

const isNews = ({ type, by }: SmsFeedEvent) => type !== "message-posted" || by === "agency" || by === "inspector";

const newsOf = ({ complaintId, at, after }: SmsFeedEvent): SmsNews => ({
  complaintId,
  at,
  agencyId: after.agencyId,
});

/** Answers that close in silence three days after this run. */
async function reminders({ since, to }: SmsRun): Promise<SmsNews[]> {
  if (reminderAfterMs <= 0) return [];
  const window = { since: addMilliseconds(since, -reminderAfterMs), to: addMilliseconds(to, -reminderAfterMs) };
  const feeds = await Promise.all(
    clientIds().map((clientId) => readFeedForSms(clientId, { types: ["answered"], ...window })),
  );
  return feeds.flat().map((event) => ({
    ...newsOf(event),
    at: addMilliseconds(event.at, reminderAfterMs),
    isReminder: true as const,
  }));
}
