import * as z from "zod";
import { DeadlinePolicy } from "../hours/deadline-policy.ts";
import { Authority, Name, Slug } from "../vocabulary.ts";
import { Succession } from "./retirement.ts";

/** The subject of a complaint, and how long each step may take. An extension adds `extension` to `answer`. */
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
  authority: Authority,
  /** The wait after the previous level was due. The first level has none: it is due when the deadline passes. */
  after: DeadlinePolicy.optional(),
  ordersVisit: z.literal(true).optional(),
});

/** The escalation levels of a late complaint, from the lowest up. Each level informs its authority. */
export const EscalationLevels = z.array(EscalationLevel).min(1);
export type EscalationLevels = z.infer<typeof EscalationLevels>;
