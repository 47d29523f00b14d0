import * as z from "zod";
import type { Reply } from "#functions/pipelines/reply.ts";
import type { Hold } from "#shared/domain/complaint/hold.ts";
import { longestReason } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { Instant } from "#shared/domain/time/instant.ts";

/** Why a complaint is held or no more; its citizen and inspectors read it. */
export const HoldReason = z.strictObject({ reason: text({ max: longestReason }) });

/** Whether nothing of a complaint may be erased, since when, and why. */
export const HoldTold = z
  .object({ id: z.string(), held: z.boolean(), since: Instant.optional(), reason: z.string().optional() })
  .meta({ id: "Hold" });

export function holdTold(id: string, hold: Hold): Reply {
  return { status: 200, body: HoldTold.parse({ id, ...hold }) };
}
