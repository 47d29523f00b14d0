import * as z from "zod";
import { claimLastsHours } from "../policy-numbers.ts";
import { hourMs, later } from "../time/duration.ts";
import { Instant } from "../time/instant.ts";
import type { PrincipalOf } from "./principal.ts";

/** Which inspector works on a complaint, so that colleagues need not. It binds nobody, and no agency notices it. */
export const Claim = z.object({ inspector: z.string(), at: Instant, until: Instant });
export type Claim = z.infer<typeof Claim>;

/**
 * A claim as it is kept. `claim`: absent once it was given up. `turn`: how often it was written, so that of two inspectors
 * at once the second sees the first.
 */
export const Claimed = z.object({ id: z.string(), claim: Claim.optional(), turn: z.int() });
export type Claimed = z.infer<typeof Claimed>;

export function claimOf({ person }: PrincipalOf<"inspector">, now: Instant): Claim {
  return { inspector: person, at: now, until: later(now, claimLastsHours * hourMs) };
}

/** The claim while it lasts; undefined once it has lapsed. */
export function standing(claim: Claim | undefined, now: Instant): Claim | undefined {
  return claim && claim.until > now ? claim : undefined;
}
