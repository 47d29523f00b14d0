import * as z from "zod";
import type { PrincipalOf } from "../people/principal.ts";
import { claimHours, longestReason } from "../policy-numbers.ts";
import { text } from "../text.ts";
import { Instant } from "../time/calendar.ts";
import { addMilliseconds, hourMs } from "../time/duration.ts";
import { Slug } from "../vocabulary.ts";
import { Visit } from "./complaint.ts";
import { Actor, Snapshot } from "./event.ts";

/** The citizen's opinion on how the case was handled. It is separate from closing: nobody has to praise to close a case. */
export const Opinion = z.strictObject({
  /** Whether the fault is corrected, in the citizen's opinion. */
  solved: z.enum(["yes", "partly", "no"]),
  /** From 1 (bad) to 5 (good). */
  handling: z.int().min(1).max(5),
  /** Whether somebody pressured the citizen to accept or to withdraw. */
  pressured: z.boolean().optional(),
  comment: text({ max: longestReason }).optional(),
});
export type Opinion = z.infer<typeof Opinion>;
/** A stored opinion. Its comment is read without the limit of requests, because the limit may change. */
export const StoredOpinion = z.object({ ...Opinion.shape, comment: z.string().optional() });

/** The citizen's reaction before the call: none (`silent`), accepted the answer, or the case ended in another way. */
export const CallGroup = z.enum(["silent", "accepted", "other"]);
export type CallGroup = z.infer<typeof CallGroup>;

/**
 * What may come of a call for any purpose. `informed`: the citizen heard the answer, or somebody that there is news at 128; `later`: somebody
 * asked to be called another time; `wrong-person`: the number is not the citizen's, so nobody calls again.
 */
export const OutcomeWithoutOpinion = z.enum(["informed", "declined", "no-contact", "later", "wrong-person"]);
export type OutcomeWithoutOpinion = z.infer<typeof OutcomeWithoutOpinion>;

/** The outcome of a call to a citizen. `answered`: the citizen gave an opinion, or said whether the issue is mended. */
export const CallOutcome = z.enum(["answered", ...OutcomeWithoutOpinion.options]);
export type CallOutcome = z.infer<typeof CallOutcome>;

/** Why a citizen is called: to ask for an opinion, to tell the citizen the answer, or to ask whether an issue is mended. */
export const CallPurpose = z.enum(["opinion", "notice", "issue"]);
export type CallPurpose = z.infer<typeof CallPurpose>;

/** How a notice to an employee ended, in one word for the citizen. */
export const NoticeOutcome = z.enum(["not-served", "dismissed", "standing"]);

/** Fields of every entry. `entryNumber` is the entry's number in the confidential log. Events have their own numbers. */
const entryFields = {
  entryNumber: z.int().min(1),
  at: Instant,
  by: Actor,
  clientId: z.string().optional(),
  person: z.string().optional(),
  after: Snapshot,
};

function entrySchema<T extends string, S extends z.ZodRawShape>(type: T, payload: S) {
  return z.object({ type: z.literal(type), ...entryFields, ...payload });
}

/**
 * An entry of the confidential log. No agency may notice its entries. The log lies in a partition of the table that the
 * agencies' function cannot read. An entry changes neither the complaint nor its version.
 */
export const ConfidentialEntry = z.lazy(() =>
  z.discriminatedUnion("type", [
    entrySchema("visit-ordered", {
      visitId: z.string(),
      ...Visit.pick({ inspector: true, plannedAt: true, reportBy: true }).shape,
    }),
    // Planned, moved, or assigned to a colleague. The citizen does not read the inspector.
    entrySchema("visit-planned", { visitId: z.string(), inspector: z.string().optional(), plannedAt: Instant }),
    entrySchema("visit-cancelled", { visitId: z.string(), reason: z.string() }),
    // The visit was not reported in time.
    entrySchema("visit-overdue", { visitId: z.string() }),
    // `inspector` is the `sub`; the citizen reads the name instead.
    // `comparedText`: nobody saw the identity, but a text had a word of it and was refused, which confirms a guess. No view shows the field.
    entrySchema("identity-read", {
      inspector: z.string(),
      name: z.string().optional(),
      comparedText: z.literal(true).optional(),
    }),
    // An inspector asks for one more renewal, which a second inspector has to confirm.
    entrySchema("renewal-requested", { inspector: z.string(), name: z.string().optional() }),
    // An inspector saw the citizen's card and renewed the secret. After a restore the system renews it again, without them.
    entrySchema("secret-renewed", {
      generation: z.int().min(1),
      inspector: z.string().optional(),
      name: z.string().optional(),
    }),
    // Consent holds for one agency until the next transfer. A transfer changes the number, so it writes no entry.
    entrySchema("consent-given", { agencyId: Slug, transferCount: z.int().min(0) }),
    entrySchema("consent-withdrawn", {}),
    entrySchema("identity-erased", {}),
    // All texts and files were erased.
    entrySchema("texts-erased", {}),
    // The last opinion counts.
    entrySchema("opinion-given", StoredOpinion.shape),
    // The citizen agrees to be called, or withdraws the agreement.
    entrySchema("call-consent-given", {}),
    entrySchema("call-consent-withdrawn", {}),
    // The citizen agrees to get messages (SMS), or withdraws the agreement.
    entrySchema("sms-consent-given", {}),
    entrySchema("sms-consent-withdrawn", {}),
    // The front end that calls has read the citizen's phone number. The group is only for figures. Without `purpose`: for an opinion.
    entrySchema("phone-read", { group: CallGroup.optional(), purpose: CallPurpose.optional() }),
    // Figures need the group and the probability of the draw.
    entrySchema("call-recorded", {
      outcome: CallOutcome,
      group: CallGroup,
      probability: z.number().gt(0).max(1),
      ...StoredOpinion.partial().shape,
    }),
    // A call that only says that there is an answer.
    entrySchema("notice-call-recorded", { outcome: OutcomeWithoutOpinion }),
    // A call that asks whether an issue is mended. The citizen's answer is counted and not stored.
    entrySchema("issue-call-recorded", { outcome: CallOutcome }),
    // The call centre read the case aloud to a citizen who gave id and secret on the phone.
    entrySchema("read-to-citizen", {}),
    // An inspector opened a notice to an employee, and the citizen is asked to agree.
    entrySchema("notice-opened", { noticeId: z.string() }),
    // The citizen lets the notice go on, or ends it.
    entrySchema("notice-agreed", { noticeId: z.string() }),
    entrySchema("notice-disagreed", { noticeId: z.string() }),
    // The service and the end of the notice, in one word each.
    entrySchema("notice-served", { noticeId: z.string() }),
    entrySchema("notice-ended", { noticeId: z.string(), outcome: NoticeOutcome }),
    // An inspector or the reviewer must act on it within days.
    entrySchema("notice-due", { noticeId: z.string() }),
    // The front end that lodged a dispute for the citizen. The event names only the citizen.
    entrySchema("dispute-lodged-by-phone", {}),
    // An admin's order that nothing of the complaint is erased until the order is lifted.
    entrySchema("hold-set", { reason: z.string() }),
    entrySchema("hold-lifted", { reason: z.string() }),
    // The citizen chose four digits. Once the citizen has said them in a call, the operator reads the subject of the call.
    entrySchema("call-digits-chosen", {}),
    // Somebody gave these digits in a call, or wrong ones. `purpose`: of that call.
    entrySchema("call-opened", { purpose: CallPurpose }),
    entrySchema("call-digits-wrong", { purpose: CallPurpose }),
  ]),
);
export type ConfidentialEntry = z.infer<typeof ConfidentialEntry>;
export type ConfidentialEntryType = ConfidentialEntry["type"];
export type ConfidentialEntryOf<T extends ConfidentialEntryType> = Extract<ConfidentialEntry, { type: T }>;

/** An entry to be written. The store gives it the next number. */
export type NewEntry = {
  [T in ConfidentialEntryType]: Omit<ConfidentialEntryOf<T>, "entryNumber">;
}[ConfidentialEntryType];

/** The own fields of each type of entry, with `type`. */
export type EntryPayload = {
  [T in ConfidentialEntryType]: Omit<ConfidentialEntryOf<T>, keyof typeof entryFields>;
}[ConfidentialEntryType];

/** The id of an entry in logs and for admins: `QZ-7K3M-9XPT-Q/confidential-2`. */
export function confidentialEntryId(complaintId: string, number: number): string {
  return `${complaintId}/confidential-${number}`;
}

/** An inspector's claim to work on a complaint. Colleagues see it but may still act. No agency notices it. */
export const Claim = z.object({ inspector: z.string(), at: Instant, until: Instant });
export type Claim = z.infer<typeof Claim>;

/**
 * A stored claim. `claim` is absent after the inspector gave it up. `turn` counts the writes, so that the second of two
 * inspectors who claim at once sees the first claim.
 */
export const StoredClaim = z.object({ id: z.string(), claim: Claim.optional(), version: z.int() });
export type StoredClaim = z.infer<typeof StoredClaim>;

export function newClaim({ person }: PrincipalOf<"inspector">, now: Instant): Claim {
  return { inspector: person, at: now, until: addMilliseconds(now, claimHours * hourMs) };
}

/** The claim while it is valid. Undefined after it has expired. */
export function currentClaim(claim: Claim | undefined, now: Instant): Claim | undefined {
  return claim && claim.until > now ? claim : undefined;
}
