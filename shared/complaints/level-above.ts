import { type Calendar, deadlineAfter } from "../hours/office-clock.ts";
import type { EscalationLevels } from "../province/terms.ts";
import type { Instant } from "../time/calendar.ts";
import type { Authority } from "../vocabulary.ts";

/** The level that a late complaint or issue has reached. `first`: the authority below which it does not stop; absent if any will do. */
type Late = { level: number; first?: Authority | undefined };

/** The next level of a late complaint or issue: one level up, and at least that of `first`. Skipped levels are never reached. */
export function levelAbove({ level, first }: Late, levels: EscalationLevels) {
  const lowest = first === undefined ? 1 : levels.findIndex(({ authority }) => authority === first) + 1;
  const next = Math.max(level + 1, lowest);
  const reached = levels[next - 1];
  return reached && { ...reached, level: next };
}

type Waiting = { levels: EscalationLevels; due: Instant; calendar: Calendar };

/**
 * When the level after `level` is due, if the lateness goes on; undefined at the highest. The wait counts from the instant `due` at which
 * `level` was due, and not from the instant at which it was raised.
 */
export function nextLevelAfter(level: number, { levels, due, calendar }: Waiting): Instant | undefined {
  const after = levels[level]?.after;
  return after && deadlineAfter({ start: due, policy: after, calendar });
}
