import * as z from "zod";
import { smsHours, smsShareReserved } from "#shared/policy-numbers.ts";
import { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs, hourMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";

/** The hour of the day in Tehran, which has had no summer time since 2022. */
const tehranHour = (now: Instant) => new Date(Date.parse(now) + 3.5 * hourMs).getUTCHours();

/** The name of the run that starts at this hour, such as `2026-11-30T14`; undefined at all other hours. */
export function runStartingAt(now: Instant): string | undefined {
  const hour = tehranHour(now);
  return smsHours.includes(hour) ? `${localDate(now)}T${hour}` : undefined;
}

/** The next instant at which a run starts: at any of the hours, or only at the first hour of a day. */
export function nextRunAt(now: Instant, { onlyFirstOfDay }: { onlyFirstOfDay: boolean }): Instant {
  // In Tehran an hour begins at half past of UTC.
  const thisHour = Date.parse(now) - ((Date.parse(now) + hourMs / 2) % hourMs);
  for (let at = thisHour + hourMs; ; at += hourMs) {
    const name = runStartingAt(new Date(at).toISOString());
    if (name && (!onlyFirstOfDay || isFirstOfDay(name))) return new Date(at).toISOString();
  }
}

/** Whether messages may leave at this hour: a run that was not finished goes on, but not in the night. */
export function mayContinueAt(now: Instant): boolean {
  const hour = tehranHour(now);
  return hour >= Math.min(...smsHours) && hour < Math.max(...smsHours) + 4;
}

const isFirstOfDay = (run: string) => run.endsWith(`T${Math.min(...smsHours)}`);

/** A run: messages about news from `since` to `to`. */
export const SmsRun = z.object({ name: z.string(), since: Instant, to: Instant });
export type SmsRun = z.infer<typeof SmsRun>;

/** The messages of a front end in a month. `reservedSince`: when most of them were used up. */
export const SmsUse = z.object({ used: z.int(), reservedSince: Instant.optional() });
export type SmsUse = z.infer<typeof SmsUse>;

/** Something that a citizen gets a message about. */
export type SmsNews = {
  complaintId: string;
  at: Instant;
  /** The agency that the complaint was with. */
  agencyId?: string | undefined;
  /** A reminder is sent only while the answer waits for the citizen. */
  isReminder?: true;
};

/** An earlier message about a complaint. `to`: the end of its run. `isSent`: false if all providers rejected it. */
export type EarlierSms = { complaintId: string; to: Instant; isSent: boolean };

/** A complaint whose citizen is to get a message, if the citizen wants any. */
export type SmsCase = { complaintId: string; news: SmsNews[] };

/**
 * The complaints whose citizens are to get a message in this run, each once: those with news since the last run, those with
 * news after their last message, and those whose last message was rejected by all providers, also where an earlier one was sent.
 */
export function casesOfRun(
  news: readonly SmsNews[],
  { run, finishedTo, earlier }: { run: SmsRun; finishedTo: Instant | undefined; earlier: readonly EarlierSms[] },
): SmsCase[] {
  const messagesOf = Map.groupBy(earlier, ({ complaintId }) => complaintId);
  const newsOf = Map.groupBy(news, ({ complaintId }) => complaintId);
  const complaintIds = new Set([...newsOf.keys(), ...messagesOf.keys()]);
  return [...complaintIds].flatMap((complaintId) => {
    const messages = messagesOf.get(complaintId) ?? [];
    const sent = messages.filter(({ isSent }) => isSent);
    const lastSentTo = sent
      .map(({ to }) => to)
      .sort()
      .at(-1);
    const isRejected = messages.some(({ to, isSent }) => !isSent && (lastSentTo === undefined || to > lastSentTo));
    // If every message was rejected, all news of this run counts. Without any message, older news was looked at by an earlier run, which
    // had a reason to send none.
    const after = lastSentTo ?? (isRejected ? run.since : (finishedTo ?? run.since));
    const fresh = (newsOf.get(complaintId) ?? []).filter(({ at }) => at > after && at <= run.to);
    return fresh.length > 0 || isRejected ? [{ complaintId, news: fresh }] : [];
  });
}

/**
 * Where news is read from: the end of the last run that was finished. The first run that is finished on a day reads a day
 * more, for cases that got a message yesterday before their last news.
 */
export function sinceFor({ to, finishedTo }: { to: Instant; finishedTo: Instant | undefined }): Instant {
  const dayBefore = addMilliseconds(to, -dayMs - hourMs);
  const last = finishedTo ?? dayBefore;
  const since = localDate(last) !== localDate(to) && dayBefore < last ? dayBefore : last;
  // After a longer outage, news is too old to be news.
  const oldest = addMilliseconds(to, -7 * dayMs);
  if (since < oldest) return oldest;
  // After a clock was set back, the last run may have ended later than this one does.
  return since < to ? since : to;
}

/**
 * Whether a message may be counted for a front end. Most messages of a month are for every case. Once they are used up, the
 * rest is for cases that were filed before: so a flood of new cases does not keep older ones from hearing of their answer.
 */
export function mayUse(use: SmsUse, { smsPerMonth, filedAt }: { smsPerMonth: number; filedAt: Instant }): boolean {
  if (use.used >= smsPerMonth) return false;
  return use.reservedSince === undefined || filedAt < use.reservedSince;
}

/** The use after one more message. */
export function afterUse(use: SmsUse, { smsPerMonth, now }: { smsPerMonth: number; now: Instant }): SmsUse {
  const used = use.used + 1;
  const isMost = used >= smsPerMonth * smsShareReserved;
  return { used, reservedSince: use.reservedSince ?? (isMost ? now : undefined) };
}

/** Puts entries into a random order. `random`: a whole number from 0 to below its argument, from a source nobody can guess. */
export function shuffled<T>(entries: readonly T[], random: (below: number) => number): T[] {
  const mixed = [...entries];
  for (let n = mixed.length - 1; n > 0; n--) {
    const other = random(n + 1);
    const [one, two] = [mixed[n], mixed[other]];
    if (one !== undefined && two !== undefined) [mixed[n], mixed[other]] = [two, one];
  }
  return mixed;
}
