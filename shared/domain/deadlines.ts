import type { Complaint } from "./complaint.ts";
import { type Calendar, deadlineAfter } from "./office-clock.ts";
import type { Policy } from "./policy.ts";
import type { Category } from "./province.ts";

/** When a complaint filed now must be acknowledged and answered; never acknowledged later than answered. */
export function deadlinesAtFiling({ category, now, calendar }: Terms): Pick<Complaint, "acknowledgeBy" | "answerBy"> {
  const answerBy = deadlineAfter({ start: now, policy: category.answer, calendar });
  const acknowledgeBy = deadlineAfter({ start: now, policy: category.acknowledge, calendar });
  return { acknowledgeBy: acknowledgeBy < answerBy ? acknowledgeBy : answerBy, answerBy };
}
type Terms = { category: Pick<Category, "acknowledge" | "answer">; now: string; calendar: Calendar };

/** Until when the citizen may accept or dispute an answer given now. */
export function confirmationEnd({
  policy,
  now,
  calendar,
}: {
  policy: Policy;
  now: string;
  calendar: Calendar;
}): string {
  return deadlineAfter({ start: now, policy, calendar });
}
