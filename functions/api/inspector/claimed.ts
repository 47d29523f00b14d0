import * as z from "zod";
import { Claim } from "#shared/domain/complaint/claim.ts";

/** Who works on a complaint now; `claim` is absent where nobody says so. */
export const Claimed = z
  .object({ id: z.string(), claim: Claim.optional(), takenFrom: Claim.optional() })
  .meta({ id: "Claimed" });
