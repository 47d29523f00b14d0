import * as z from "zod";
import { DeadlinePolicy } from "../time/duration.ts";
import { Succession } from "../time/retirement.ts";
import { Authority, Name, Slug } from "../vocabulary.ts";

/**
 * What a complaint is about, and how long each step may take; `extension` is added to `answer` where it is extended.
 */
export const Category = z.strictObject({
  id: Slug,
  name: Name,
  acknowledge: DeadlinePolicy,
  answer: DeadlinePolicy,
  extension: DeadlinePolicy,
  ...Succession.shape,
});
export type Category = z.infer<typeof Category>;

const EscalationLevel = z.strictObject({
  holder: Authority,
  /** How long after the rung before was due; the first rung has none, since it is due at the breach. */
  after: DeadlinePolicy.optional(),
  ordersVisit: z.literal(true).optional(),
});

/** Who hears of a late complaint, from the lowest rung up. */
export const EscalationLevels = z.array(EscalationLevel).min(1);
export type EscalationLevels = z.infer<typeof EscalationLevels>;
