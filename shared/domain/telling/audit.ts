import * as z from "zod";
import { Interval, LocalDate } from "../time/calendar.ts";
import { Instant } from "../time/instant.ts";
import { Redrive } from "./redrive.ts";

/** `client` and `person`: who did it, by the token's `client_id` and `sub`. */
const signed = { at: Instant, client: z.string(), person: z.string() };

function entry<T extends string, S extends z.ZodRawShape>(type: T, says: S) {
  return z.object({ type: z.literal(type), ...signed, ...says });
}

const webhook = { subscriber: z.string(), generation: z.int() };
const hold = { complaintId: z.string(), reason: z.string() };
const day = { date: LocalDate, countyId: z.string().optional() };

/** What an admin or an inspector did that is no move of a complaint. Whom an identity is of is never said, only where. */
export const AuditEntry = z
  .discriminatedUnion("type", [
    entry("identity-read", { complaintId: z.string() }),
    entry("hold-set", hold),
    entry("hold-lifted", hold),
    entry("identity-limit-lifted", { sub: z.string(), blockedAt: Instant }),
    entry("office-hours-set", { ...day, intervals: z.array(Interval), reason: z.string() }),
    entry("office-hours-taken-back", day),
    entry("redrive-ordered", { order: Redrive }),
    entry("webhook-resumed", webhook),
    entry("webhook-secret-told", webhook),
  ])
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;
