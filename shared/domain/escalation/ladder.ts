import * as z from "zod";
import { Policy } from "../time/policy.ts";
import { Holder } from "../vocabulary.ts";

const Rung = z.strictObject({
  holder: Holder,
  /** How long after the rung before was due; the first rung has none, since it is due at the breach. */
  after: Policy.optional(),
  ordersVisit: z.literal(true).optional(),
});

/** Who hears of a late complaint, from the lowest rung up. */
export const Ladder = z.array(Rung).min(1);
export type Ladder = z.infer<typeof Ladder>;
