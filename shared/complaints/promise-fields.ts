import type { Complaint, StoredPromise } from "./complaint.ts";
import type { ComplaintEvent } from "./event.ts";

/**
 * The promises of a complaint after an event. They follow from events alone. No agency reads a report of retaliation, so it has
 * none.
 */
export function promisesAfter(event: ComplaintEvent, { promises }: Pick<Complaint, "promises">): Complaint["promises"] {
  const { at } = event;
  switch (event.type) {
    case "answered":
    case "decided": {
      if (event.after.retaliation || event.actions.length === 0) return promises;
      return [...(promises ?? []), ...event.actions.map(({ dueOn }) => ({ promisedAt: at, dueOn }))];
    }
    case "promise-reminded":
      return withChange(promises, event.numbers, { remindedAt: at });
    case "promise-reported":
      return withChange(promises, [event.number], { reportedAt: at });
    case "promise-objected":
      return withChange(promises, [event.number], { objectedAt: at });
    case "promise-judged":
      return withChange(promises, [event.number], { judgedAt: at });
    default:
      return promises;
  }
}

function withChange(promises: Complaint["promises"], numbers: readonly number[], change: Partial<StoredPromise>) {
  return promises?.map((promise, n) => (numbers.includes(n + 1) ? { ...promise, ...change } : promise));
}
