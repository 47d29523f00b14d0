import { Fault } from "../fault.ts";
import { mostDaysRung, opinionTakenDays, silentCalledBeforeEndDays } from "../policy-numbers.ts";
import { dayMs, later } from "../time/duration.ts";
import type { Instant } from "../time/instant.ts";
import { localDate } from "../time/local-time.ts";
import { mustBe } from "./access.ts";
import { mayBeCalled } from "./call-consent.ts";
import { note, type Stage, signature } from "./change.ts";
import type { Closure, Complaint } from "./complaint.ts";
import type { PrincipalOf } from "./principal.ts";
import type { CallGroup, Note, Noted, Opinion, PrivateEvent } from "./private-series.ts";

type Known = { series: readonly PrivateEvent[] };

/**
 * When a drawn citizen is called; undefined where there is nothing to ask yet, or nobody to ask any more: whoever stayed
 * silent to the end is not called after it, since nothing could be disputed then.
 */
export function callWindow(complaint: Complaint): { from: Instant; before: Instant } | undefined {
  const { status, confirmBy, closure, closedAt, retaliationFor } = complaint;
  if (retaliationFor) return undefined;
  if (status === "answered" && confirmBy)
    return { from: later(confirmBy, -silentCalledBeforeEndDays * dayMs), before: confirmBy };
  if (!closedAt || closure === "unconfirmed") return undefined;
  return { from: closedAt, before: later(closedAt, opinionTakenDays * dayMs) };
}

const groups: Record<Closure, CallGroup> = {
  confirmed: "accepted",
  unconfirmed: "silent",
  decided: "other",
  withdrawn: "other",
  "out-of-scope": "other",
  "not-a-complaint": "other",
};

/** What the citizen had done when called; a dispute that came of the call does not unmake the silence. */
function groupOf({ closure }: Complaint): CallGroup {
  return closure ? groups[closure] : "silent";
}

/** On how many days the citizen was rung in vain. */
export function triesIn(series: readonly PrivateEvent[]): number {
  const inVain = series.filter((one) => one.type === "called" && one.outcome === "no-contact");
  return new Set(inVain.map(({ at }) => localDate(at))).size;
}

/** Whether the citizen is called no more: they answered, refused, or could not be reached. */
export function callIsOver(series: readonly PrivateEvent[]): boolean {
  return isReached(series) || triesIn(series) >= mostDaysRung;
}

function isReached(series: readonly PrivateEvent[]): boolean {
  return series.some((one) => one.type === "called" && one.outcome !== "no-contact");
}

/** Whether a call may come yet, now or later: whoever keeps a phone for it without that keeps it for nothing. */
export function callMayCome(complaint: Complaint, { series, now }: Known & { now: Instant }): boolean {
  const window = callWindow(complaint);
  return !callIsOver(series) && (window ? now < window.before : !complaint.closedAt && !complaint.retaliationFor);
}

/** A citizen who is to be called now, before when, and how often they were rung in vain; undefined for anybody else. */
export function dueCall(complaint: Complaint, { series, now }: Known & { now: Instant }) {
  const window = callWindow(complaint);
  if (!window || now < window.from || now >= window.before) return undefined;
  if (!mayBeCalled(series) || callIsOver(series)) return undefined;
  return { callBefore: window.before, tries: triesIn(series), group: groupOf(complaint) };
}

type ByCaller = Stage<PrincipalOf<"front-end">> & Known;

/**
 * The phone of a citizen who is to be called is read, which the citizen sees; one note for all reads of a day, and
 * another where the citizen is no more in the group that the first one says.
 */
export function notePhoneRead(complaint: Complaint, { by, now, series }: ByCaller): Note | undefined {
  mustBe("front-end", complaint, by);
  const says = { type: "phone-read" as const, group: groupOf(complaint) };
  return isNoted(complaint, { series, now }) ? undefined : note(complaint, { now, by: signature(by), says });
}

/** Whether a citizen is to be called now whose phone nobody has read today. */
export function isPhoneUnread(complaint: Complaint, known: Known & { now: Instant }): boolean {
  return dueCall(complaint, known) !== undefined && !isNoted(complaint, known);
}

function isNoted(complaint: Complaint, { series, now }: Known & { now: Instant }): boolean {
  const group = groupOf(complaint);
  const last = lastRead(series);
  return last !== undefined && localDate(last.at) === localDate(now) && (last.group ?? group) === group;
}

function lastRead(series: readonly PrivateEvent[]) {
  return series.findLast((one) => one.type === "phone-read");
}

/** What came of ringing somebody. */
export type Ringing = { outcome: "answered"; opinion: Opinion } | { outcome: "refused" } | { outcome: "no-contact" };

type Recording = ByCaller & { ringing: Ringing; probability: number };

/**
 * What came of a call, of whom the citizen was when listed, whatever they did during it; none for a call in vain that
 * counts for nothing: a second one on one day, or after the last. Who refuses has also taken back that they may be called.
 */
export function recordCall(complaint: Complaint, recording: Recording): Note[] {
  const { by, now, series, ringing, probability } = recording;
  mustBe("front-end", complaint, by);
  mustBeInCall({ series, now });
  // Who was not reached in three days may still ring back.
  if (isReached(series)) throw new Fault("not-found");
  const { outcome } = ringing;
  const isAgain = series.some((one) => one.type === "called" && localDate(one.at) === localDate(now));
  if (outcome === "no-contact" && (isAgain || callIsOver(series))) return [];
  const opinion = outcome === "answered" ? ringing.opinion : {};
  const group = lastRead(series)?.group ?? groupOf(complaint);
  const says: Noted[] = [{ type: "called", outcome, group, probability, ...opinion }];
  if (outcome === "refused") says.push({ type: "calls-ended" });
  return says.map((one) => note(complaint, { now, by: signature(by), says: one }));
}

/** Through whom the citizen disputes; the dispute itself is the citizen's, and made as such. */
export function carryDispute(complaint: Complaint, { by, now, series }: ByCaller): Note {
  mustBe("front-end", complaint, by);
  mustBeInCall({ series, now });
  if (series.some((one) => one.type === "called" && one.outcome === "refused")) throw new Fault("not-found");
  return note(complaint, { now, by: signature(by), says: { type: "dispute-carried" } });
}

/**
 * Refuses whom nobody is calling: who was not listed lately looks as one does who is unknown. The note is of a day's
 * first list, so whoever was listed at the end of that day is in the call until the end of the next, whatever happens
 * meanwhile.
 */
function mustBeInCall({ series, now }: Known & { now: Instant }): void {
  const read = lastRead(series);
  if (!read || localDate(now) > dayAfter(read.at) || !mayBeCalled(series)) throw new Fault("not-found");
}

const dayAfter = (at: Instant) => localDate(later(at, dayMs));
