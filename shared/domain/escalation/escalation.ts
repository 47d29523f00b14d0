import { type Change, happen } from "../complaint/change.ts";
import { type Complaint, owedBy, type Status } from "../complaint/complaint.ts";
import type { Owed } from "../complaint/event.ts";
import type { Instant } from "../time/instant.ts";
import { type Calendar, deadlineAfter } from "../time/office-clock.ts";
import type { Holder } from "../vocabulary.ts";
import type { Ladder } from "./ladder.ts";

/** What can be late in which state; nothing else climbs. */
const owed: Record<Status, Owed | undefined> = {
  filed: "acknowledge",
  acknowledged: "answer",
  answered: undefined,
  disputed: "review",
  closed: undefined,
};

/** The lowest rung that a late review goes to: the centre reviews, so those above it must hear. */
const aboveTheCentre: Holder = "governor-general";

/**
 * When the clock must look at a complaint again: at the end of what is owed, at the next rung while it is late, at the
 * end of the confirmation window. Undefined where time changes nothing any more.
 */
export function dueOf(complaint: Complaint, ladder: Ladder): Instant | undefined {
  if (complaint.status === "closed") return undefined;
  if (complaint.status === "answered") return complaint.confirmBy;
  if (complaint.level >= ladder.length) return undefined;
  return complaint.nextRungAt ?? owedBy(complaint);
}

type Raising = {
  /** The instant this rung was due at when somebody set out to raise it. */
  due: Instant;
  execution: string;
  now: Instant;
  ladder: Ladder;
  calendar: Calendar;
  /** Id of the visit, should this rung order one. */
  visitId: string;
};

/**
 * Raises a late complaint by one rung; undefined where somebody moved it or raised this very rung before. The next rung
 * waits from the instant this one was due, not from when it was noticed.
 */
export function raise(
  complaint: Complaint,
  { due, execution, now, ladder, calendar, visitId }: Raising,
): Change | undefined {
  const late = owed[complaint.status];
  if (!late || dueOf(complaint, ladder) !== due || now < due) return undefined;
  const level = nextLevel(complaint, ladder);
  const [rung, next] = [ladder[level - 1], ladder[level]];
  if (!rung) return undefined;
  const nextRungAt = next?.after && deadlineAfter({ start: due, policy: next.after, calendar });
  const { complaint: raised, events } = happen(complaint, {
    now,
    by: { by: "clock" },
    becomes: { level, nextRungAt },
    says: [
      { type: "escalated", level, holder: rung.holder, owed: late, dueAt: due },
      ...(rung.ordersVisit ? [{ type: "visit-ordered" as const, visitId }] : []),
    ],
  });
  return { complaint: { ...raised, inCharge: nextRungAt && execution }, events };
}

/** One rung up; a late review goes at least above the centre, and the rungs it skips are never raised. */
function nextLevel({ level, status }: Complaint, ladder: Ladder): number {
  if (status !== "disputed") return level + 1;
  const above = ladder.findIndex(({ holder }) => holder === aboveTheCentre) + 1;
  return Math.max(level + 1, above);
}
