import { mostOpinions, opinionTakenDays } from "../policy-numbers.ts";
import { dayMs, later } from "../time/duration.ts";
import { mustBe } from "./access.ts";
import { note, type Stage, signature } from "./change.ts";
import { type Complaint, wasAnswered } from "./complaint.ts";
import { wrongState } from "./guards.ts";
import type { PrincipalOf } from "./principal.ts";
import type { Note, Opinion, PrivateEvent } from "./private-series.ts";

type Giving = Stage<PrincipalOf<"citizen">> & { series: readonly PrivateEvent[]; opinion: Opinion };

/** The citizen says, or says anew, what to think of it: from the answer, or from closing, until 30 days after closing. */
export function giveOpinion(complaint: Complaint, { by, now, series, opinion }: Giving): Note {
  mustBe("citizen", complaint, by);
  mustBeAsked(complaint, now);
  if (opinionsIn(series).length >= mostOpinions) throw wrongState(complaint, "opinion-limit");
  return note(complaint, { now, by: signature(by), says: { type: "opinion-given", ...opinion } });
}

function mustBeAsked(complaint: Complaint, now: string): void {
  const { closedAt } = complaint;
  if (!wasAnswered(complaint) && !closedAt) throw wrongState(complaint);
  if (closedAt && now >= later(closedAt, opinionTakenDays * dayMs)) throw wrongState(complaint, "closed-long-ago");
}

/**
 * Since when the citizen says, in writing or called, that somebody pressed; undefined where nobody does any more. What the
 * citizen writes unsays all before it; what a caller writes down unsays nothing that the citizen wrote.
 */
export function pressedSince(series: readonly PrivateEvent[]): string | undefined {
  const standing = series.slice(series.findLastIndex((one) => one.type === "opinion-given" && !one.pressed) + 1);
  const calls = standing.filter((one) => one.type === "called" && one.outcome === "answered");
  const called = calls.slice(calls.findLastIndex((one) => !("pressed" in one && one.pressed)) + 1);
  return [...called, ...opinionsIn(standing)].map(({ at }) => at).sort()[0];
}

/** Every opinion that the citizen gave unasked; the last one counts. */
function opinionsIn(series: readonly PrivateEvent[]) {
  return series.filter((one) => one.type === "opinion-given");
}
