import * as z from "zod";
import { Instant } from "#shared/domain/time/instant.ts";

/** What was ordered of a complaint that a restored table must not forget, without a word of why. */
export const Order = z.object({
  at: Instant,
  id: z.string(),
  act: z.enum(["hold-set", "hold-lifted", "identity-erased"]),
});
export type Order = z.infer<typeof Order>;
