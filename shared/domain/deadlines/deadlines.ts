import type { Complaint } from "../complaint/complaint.ts";
import { type Calendar, deadlineAfter } from "../time/office-clock.ts";
import type { Category } from "./category.ts";

/** When a complaint filed now must be acknowledged and answered; `acknowledgeBy` is never later than `answerBy`. */
export function deadlinesAtFiling({ category, now, calendar }: Terms): Pick<Complaint, "acknowledgeBy" | "answerBy"> {
  const answerBy = deadlineAfter({ start: now, policy: category.answer, calendar });
  const acknowledgeBy = deadlineAfter({ start: now, policy: category.acknowledge, calendar });
  return { acknowledgeBy: acknowledgeBy < answerBy ? acknowledgeBy : answerBy, answerBy };
}
type Terms = { category: Pick<Category, "acknowledge" | "answer" | "extension">; now: string; calendar: Calendar };

/**
 * A fresh clock for the receiving agency to acknowledge; never later than `answerBy`, which a transfer does not move,
 * and just that where the province no longer has the category.
 */
export function acknowledgeByAfterTransfer({
  category,
  now,
  calendar,
  answerBy,
}: Omit<Terms, "category"> & { category: Terms["category"] | undefined; answerBy: string }): string {
  if (!category) return answerBy;
  const fresh = deadlineAfter({ start: now, policy: category.acknowledge, calendar });
  return fresh < answerBy ? fresh : answerBy;
}

/** The answer's deadline with the category's extension added, on the answer's own clock. */
export function extendedAnswerBy({ category, answerBy, calendar }: Omit<Terms, "now"> & { answerBy: string }): string {
  const { clock } = category.answer;
  return deadlineAfter({ start: answerBy, policy: { clock, duration: category.extension.duration }, calendar });
}
