import { type Change, happen, note } from "../complaint/change.ts";
import { type Complaint, owedBy, type Status } from "../complaint/complaint.ts";
import type { Owed } from "../complaint/event.ts";
import type { Note } from "../complaint/private-series.ts";
import { isSandbox } from "../complaint/sandbox.ts";
import type { Instant } from "../time/instant.ts";
import { type Calendar, deadlineAfter } from "../time/office-clock.ts";
import type { Holder } from "../vocabulary.ts";
import type { Ladder } from "./ladder.ts";

/** What can be late in which status; a complaint in any other does not climb. */
const owed: Record<Status, Owed | undefined> = {
  filed: "acknowledge",
  acknowledged: "answer",
  answered: undefined,
  disputed: "review",
  closed: undefined,
};

/** Where a late review goes first: the centre itself is late with it, so somebody above the centre must hear. */
const aboveTheCentre: Holder = "governor-general";

/**
 * When the clock must act on a complaint next: at its deadline, while it is late at the next rung, while answered at
 * the end of the confirmation window. Undefined where time changes nothing any more, and in the sandbox.
 */
export function dueOf(complaint: Complaint, ladder: Ladder): Instant | undefined {
  if (complaint.status === "closed" || isSandbox(complaint)) return undefined;
  if (complaint.status === "answered") return complaint.confirmBy;
  if (complaint.level >= ladder.length) return undefined;
  return complaint.nextRungAt ?? owedBy(complaint);
}

type Raising = {
  /** When the rung to raise was due, as the caller knows it: another instant now means that the complaint moved on. */
  due: Instant;
  /** Name of the state machine's execution that raises it. */
  execution: string;
  now: Instant;
  ladder: Ladder;
  calendar: Calendar;
  /** For the visit, should this rung order one. */
  visitId: string;
};

/**
 * Raises a late complaint by one rung; undefined where it has moved on or this rung was raised before. The wait for the
 * next rung counts from the instant this one was due, not from when it was raised.
 */
export function raise(
  complaint: Complaint,
  { due, execution, now, ladder, calendar, visitId }: Raising,
): (Change & { notes: Note[] }) | undefined {
  const late = owed[complaint.status];
  if (!late || dueOf(complaint, ladder) !== due || now < due) return undefined;
  const level = nextLevel(complaint, ladder);
  const [rung, next] = [ladder[level - 1], ladder[level]];
  if (!rung) return undefined;
  const nextRungAt = next?.after && deadlineAfter({ start: due, policy: next.after, calendar });
  const by = { by: "clock" } as const;
  const { complaint: raised, events } = happen(complaint, {
    now,
    by,
    becomes: { level, nextRungAt },
    says: [{ type: "escalated", level, holder: rung.holder, owed: late, dueAt: due }],
  });
  const notes = rung.ordersVisit ? [note(raised, { now, by, says: { type: "visit-ordered", visitId } })] : [];
  return { complaint: { ...raised, inCharge: nextRungAt && execution }, events, notes };
}

/** One rung up; a late review goes at least above the centre, and the rungs it skips are never raised. */
function nextLevel({ level, status }: Complaint, ladder: Ladder): number {
  if (status !== "disputed") return level + 1;
  const above = ladder.findIndex(({ holder }) => holder === aboveTheCentre) + 1;
  return Math.max(level + 1, above);
}
