import type { Parts, PublishedCell } from "./published.ts";
import { type Share, sayable, shareOf } from "./share.ts";

/** The outcomes that every share of outcomes counts: all but `pending` and `excluded`. */
export const judgedOutcomes = ["overturned", "unanswered", "late", "confirmed", "silent"] as const;
export type JudgedOutcome = (typeof judgedOutcomes)[number];

/** The published numbers of the outcomes that count; undefined where the breakdown is not published. */
export function judgedParts({
  breakdowns,
}: Pick<PublishedCell, "breakdowns">): Record<JudgedOutcome, number> | undefined {
  const outcome: Parts | undefined = breakdowns?.outcome;
  if (!outcome) return undefined;
  const [overturned = 0, unanswered = 0, late = 0, confirmed = 0, silent = 0] = judgedOutcomes.map(
    (name) => outcome[name],
  );
  return { overturned, unanswered, late, confirmed, silent };
}

/** How much was answered well: surely (`low`, confirmed) and at best (`high`, confirmed or silent). */
export type Band = { low: Share | undefined; high: Share | undefined };

/** The band of a cell; an end is undefined where too few complaints are published to say it. */
export function bandOf(cell: PublishedCell): Band {
  const parts = judgedParts(cell) ?? {};
  return { low: sayable(shareOf(parts, ["confirmed"])), high: sayable(shareOf(parts, ["confirmed", "silent"])) };
}
