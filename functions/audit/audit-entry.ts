import * as z from "zod";
import { Employment, PeopleNames } from "#shared/people/people.ts";
import { Instant, Interval, LocalDate } from "#shared/time/calendar.ts";
import { RedriveSelection } from "./redrive-selection.ts";

/**
 * `clientId` and `person`: the `client_id` and `sub` in the token of the person who acted. `names`: added when an admin reads
 * the entry, the names that its people had then.
 */
const authorFields = { at: Instant, clientId: z.string(), person: z.string(), names: PeopleNames.optional() };

function auditEntrySchema<T extends string, S extends z.ZodRawShape>(type: T, payload: S) {
  return z.object({ type: z.literal(type), ...authorFields, ...payload });
}

const webhookFields = { subscriber: z.string(), secretVersion: z.int() };
const holdFields = { complaintId: z.string(), reason: z.string() };
const dayFields = { date: LocalDate, countyId: z.string().optional() };

/**
 * An act of an admin or inspector that is not an event of a complaint. For an identity that was read, the entry has the
 * id of the complaint, but never the identity itself.
 */
export const AuditEntry = z
  .discriminatedUnion("type", [
    auditEntrySchema("identity-read", { complaintId: z.string() }),
    auditEntrySchema("hold-set", holdFields),
    auditEntrySchema("hold-lifted", holdFields),
    // An order for a complaint that does not exist.
    auditEntrySchema("hold-refused", { complaintId: z.string() }),
    auditEntrySchema("identity-limit-lifted", { sub: z.string(), blockedAt: Instant }),
    auditEntrySchema("office-hours-set", { ...dayFields, intervals: z.array(Interval), reason: z.string() }),
    auditEntrySchema("office-hours-reverted", dayFields),
    auditEntrySchema("redrive-ordered", { order: RedriveSelection }),
    auditEntrySchema("webhook-resumed", webhookFields),
    auditEntrySchema("webhook-secret-requested", webhookFields),
    auditEntrySchema("person-registered", {
      sub: z.string(),
      /** As they were registered; a newer version may know other roles. */
      roles: z.array(z.looseObject({ role: z.string() })),
      /** The roles that the person had before; absent if the person had none. */
      rolesBefore: z.array(z.looseObject({ role: z.string() })).optional(),
      /** Added when an admin reads the entry, if the registration replaced a name. */
      nameBefore: z.string().optional(),
    }),
    auditEntrySchema("person-removed", {
      sub: z.string(),
      /** The roles that the person had. Absent from entries of earlier versions. */
      rolesBefore: z.array(z.looseObject({ role: z.string() })).optional(),
    }),
    auditEntrySchema("notice-read", { noticeId: z.string() }),
    auditEntrySchema("notice-file-read", { noticeId: z.string(), attachmentId: z.string() }),
    auditEntrySchema("records-read", { agencyId: z.string(), employment: Employment }),
    auditEntrySchema("secret-renewed", { complaintId: z.string() }),
    // The inspector typed another national id than the citizen's: the typed number is not recorded.
    auditEntrySchema("secret-not-renewed", { complaintId: z.string() }),
    // From some renewals on a second inspector has to confirm.
    auditEntrySchema("renewal-requested", { complaintId: z.string() }),
  ])
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;
