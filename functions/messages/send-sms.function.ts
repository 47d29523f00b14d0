import { randomInt } from "node:crypto";
import { citizenSmsText } from "#shared/messages/sms.ts";
import { sms } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { readSmsKeys } from "#shared/storage/secrets.ts";
import { addMilliseconds, hourMs, minuteMs } from "#shared/time/duration.ts";
import { iranianMonth } from "#shared/time/period.ts";
import { feedSettlesAfterMs } from "../deliveries/redrive.ts";
import { nothingPending, type Run, scheduled } from "../triggers/schedule.ts";
import type { SmsProvider } from "./providers/provider.ts";
import { openSmsProviders } from "./providers/providers.ts";
import { readSmsCursor, type SmsCursor, saveSmsCursor } from "./sms.store.ts";
import { sendBatches } from "./sms-batches.job.ts";
import { findSmsCases, readEarlierSms } from "./sms-cases.job.ts";
import { mayContinueAt, nextRunAt, runStartingAt, shuffled, sinceFor } from "./sms-run.ts";
import { askForStates } from "./sms-states.job.ts";

/** Longer than an index needs to show an event: news that is younger waits for the next run. */
const indexDelayMs = feedSettlesAfterMs + minuteMs;

/**
 * Every hour on the hour: asks what became of messages, and at three hours of the day sends messages to citizens about whose
 * complaints there is news. It alone reads phones for messages, and nothing else of an identity.
 */
export const handler = scheduled({
  budgetMs: 8 * minuteMs,
  async run(run) {
    const { now } = run;
    if (!sms) return nothingPending;
    const providers = openSmsProviders(sms.providers, await readSmsKeys());
    try {
      const arePending = await askForStates(providers, run);
      const { isQuiet } = await sendNews(providers, run);
      if (arePending || !isQuiet) return addMilliseconds(now, hourMs);
      // Where a run found nothing, only people can bring news; reminders wait until the next morning.
      return nextRunAt(now, { onlyFirstOfDay: runStartingAt(now) !== undefined });
    } finally {
      for (const provider of providers) provider.close();
    }
  },
});

/** Starts the run of this hour, or goes on with a run that was not finished. `isQuiet`: there was nothing to send. */
async function sendNews(providers: readonly SmsProvider[], { now, until }: Run): Promise<{ isQuiet: boolean }> {
  const cursor = await cursorAt(now);
  if (!cursor?.run || cursor.isFinished) return { isQuiet: true };
  const { run, finishedTo } = cursor;
  const { batches, messages: earlier } = await readEarlierSms(run, now);
  const found = await findSmsCases({ run, finishedTo, earlier });
  const { isFinished, use, counts, mostUsedPercent } = await sendBatches({
    cases: shuffled(found, (below) => randomInt(below)),
    run,
    batches,
    use: useOf(cursor, now),
    providers,
    text: citizenSmsText(sms?.address ?? ""),
    now,
    until,
  });
  log.info(logEvents.smsRun, { run: run.name, ...counts, mostUsedPercent });
  if (isFinished) await saveSmsCursor({ ...cursor, isFinished, finishedTo: run.to, use });
  return { isQuiet: found.length === 0 };
}

/** The cursor with the run that is under way; undefined if none is to be. A new run is saved before it starts. */
async function cursorAt(now: string): Promise<SmsCursor | undefined> {
  const cursor = await readSmsCursor();
  const name = runStartingAt(now);
  if (!name || cursor?.run?.name === name) return mayContinueAt(now) ? cursor : undefined;
  const to = addMilliseconds(now, -indexDelayMs);
  // A first run that never ended is begun again from where it began.
  const finishedTo = cursor?.finishedTo ?? cursor?.run?.since;
  const started: SmsCursor = {
    run: { name, to, since: sinceFor({ to, finishedTo }) },
    isFinished: false,
    ...(finishedTo && { finishedTo }),
    use: cursor ? useOf(cursor, now) : { month: iranianMonth(now), byFrontEnd: {} },
  };
  await saveSmsCursor(started);
  return started;
}

/** Each month starts with no messages used. */
function useOf({ use }: SmsCursor, now: string): SmsCursor["use"] {
  const month = iranianMonth(now);
  return use.month === month ? use : { month, byFrontEnd: {} };
}
