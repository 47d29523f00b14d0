import * as z from "zod";
import { Policy } from "../time/policy.ts";
import { Holder } from "../vocabulary.ts";

const Rung = z.strictObject({
  holder: Holder,
  /** Wait since the due instant of the rung before; the first rung is raised at the breach. */
  after: Policy.optional(),
  ordersVisit: z.literal(true).optional(),
});

/** Who hears of a late complaint, from the lowest rung up. */
export const Ladder = z.array(Rung).min(1);
export type Ladder = z.infer<typeof Ladder>;
