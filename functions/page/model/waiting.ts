import { openStep } from "#shared/domain/statistics/open-now.ts";
import type { Material } from "../material.ts";
import { courseOf, type Verdict } from "./verdict.ts";

/** What waits, each part beside the counts of the months before. */
export type WaitingView = { overdue: Verdict; notOverdue: Verdict };

/** What is told in steps may move by one where hardly anything did. */
function steady(verdict: Verdict): Verdict {
  if (verdict.state !== "changed" || Math.abs(verdict.now.value - verdict.limits.mean) > openStep) return verdict;
  return { state: "usual", limits: verdict.limits };
}

export function waitingView(open: Material["open"]): WaitingView | undefined {
  if (!open) return undefined;
  const counts = [...open.past, { date: open.date, province: open.count.province }];
  const verdict = (part: keyof WaitingView) =>
    steady(
      courseOf(
        counts.map(({ date, province }) => {
          const value = province[part];
          return { at: date, value: value === "<10" ? undefined : value };
        }),
      ).verdict,
    );
  return { overdue: verdict("overdue"), notOverdue: verdict("notOverdue") };
}
