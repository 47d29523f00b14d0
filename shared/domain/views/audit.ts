import * as z from "zod";
import { RedriveSelection } from "../delivery/redrive.ts";
import { Instant, Interval, LocalDate } from "../time/calendar.ts";

/** `client` and `person`: who did it, by the token's `client_id` and `sub`. */
const authorFields = { at: Instant, client: z.string(), person: z.string() };

function auditEntrySchema<T extends string, S extends z.ZodRawShape>(type: T, payload: S) {
  return z.object({ type: z.literal(type), ...authorFields, ...payload });
}

const webhook = { subscriber: z.string(), generation: z.int() };
const hold = { complaintId: z.string(), reason: z.string() };
const day = { date: LocalDate, countyId: z.string().optional() };

/** What an admin or an inspector did that is no move of a complaint. Whom an identity is of is never said, only where. */
export const AuditEntry = z
  .discriminatedUnion("type", [
    auditEntrySchema("identity-read", { complaintId: z.string() }),
    auditEntrySchema("hold-set", hold),
    auditEntrySchema("hold-lifted", hold),
    auditEntrySchema("identity-limit-lifted", { sub: z.string(), blockedAt: Instant }),
    auditEntrySchema("office-hours-set", { ...day, intervals: z.array(Interval), reason: z.string() }),
    auditEntrySchema("office-hours-taken-back", day),
    auditEntrySchema("redrive-ordered", { order: RedriveSelection }),
    auditEntrySchema("webhook-resumed", webhook),
    auditEntrySchema("webhook-secret-told", webhook),
  ])
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;
