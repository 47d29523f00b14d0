import { waitingRoundedTo } from "#shared/domain/policy-numbers.ts";
import type { Material } from "../material.ts";
import { courseOf, type Verdict } from "./verdict.ts";

/** What waits for an answer, each column beside the counts of the months before. */
export type WaitingView = { late: Verdict; openInTime: Verdict };

/** A number that is rounded to tens may move by ten where hardly anything did. */
function steady(verdict: Verdict): Verdict {
  if (verdict.state !== "changed" || Math.abs(verdict.now.value - verdict.limits.mean) > waitingRoundedTo)
    return verdict;
  return { state: "usual", limits: verdict.limits };
}

export function waitingView(waiting: Material["waiting"]): WaitingView | undefined {
  if (!waiting) return undefined;
  const counts = [...waiting.past, { date: waiting.date, province: waiting.count.province }];
  const verdict = (column: keyof WaitingView) =>
    steady(
      courseOf(
        counts.map(({ date, province }) => {
          const value = province[column];
          return { at: date, value: value === "<20" ? undefined : value };
        }),
      ).verdict,
    );
  return { late: verdict("late"), openInTime: verdict("openInTime") };
}
