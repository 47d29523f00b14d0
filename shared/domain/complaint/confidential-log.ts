import * as z from "zod";
import { claimHours, longestReason } from "../policy-numbers.ts";
import { text } from "../text.ts";
import { Instant } from "../time/calendar.ts";
import { addMilliseconds, hourMs } from "../time/duration.ts";
import { Slug } from "../vocabulary.ts";
import { Actor, Snapshot } from "./event.ts";
import type { PrincipalOf } from "./principal.ts";

/** What a citizen thinks of how the case was handled. Asked apart from closing: nobody must praise to be done. */
export const Opinion = z.strictObject({
  /** Whether what was complained of is solved. */
  solved: z.enum(["yes", "partly", "no"]),
  /** From 1 (bad) to 5 (good). */
  handling: z.int().min(1).max(5),
  /** Whether somebody pressed the citizen to accept or to withdraw. */
  pressed: z.boolean().optional(),
  comment: text({ max: longestReason }).optional(),
});
export type Opinion = z.infer<typeof Opinion>;
/** The same as it is kept: what was taken once is read, though it might be refused today. */
export const StoredOpinion = z.object({ ...Opinion.shape, comment: z.string().optional() });

/** What a citizen had done when called: nothing in time, accepted the answer, or the case had ended otherwise. */
export const CallGroup = z.enum(["silent", "accepted", "other"]);
export type CallGroup = z.infer<typeof CallGroup>;

/** What comes of ringing a citizen. */
export const CallOutcome = z.enum(["answered", "refused", "no-contact"]);

/** Fields of everything that is noted. `private` numbers the series, which leaves the complaint's version alone. */
const entryFields = {
  private: z.int().min(1),
  at: Instant,
  by: Actor,
  client: z.string().optional(),
  person: z.string().optional(),
  after: Snapshot,
};

function entrySchema<T extends string, S extends z.ZodRawShape>(type: T, payload: S) {
  return z.object({ type: z.literal(type), ...entryFields, ...payload });
}

/**
 * What is noted of a complaint where no agency can even notice it. It stands in a series of its own, in a partition
 * that an agency's function may not read, and changes neither the complaint nor its version.
 */
export const ConfidentialEntry = z.discriminatedUnion("type", [
  entrySchema("visit-ordered", { visitId: z.string(), plannedAt: Instant.optional() }),
  entrySchema("identity-read", { inspector: z.string() }),
  // To one agency, for as long as it holds the complaint: another transfer ends it, and nothing has to be written.
  entrySchema("consent-given", { agencyId: Slug, transfers: z.int().min(0) }),
  entrySchema("consent-taken-back", {}),
  entrySchema("identity-erased", {}),
  // What anybody wrote or sent is kept no longer.
  entrySchema("texts-erased", {}),
  // What the citizen thinks of it; the last one counts.
  entrySchema("opinion-given", StoredOpinion.shape),
  // Whether the citizen may be called and asked.
  entrySchema("calls-allowed", {}),
  entrySchema("calls-ended", {}),
  // By the front end that calls, of a citizen who was drawn; what the citizen had done by then is only for figures.
  entrySchema("phone-read", { group: CallGroup.optional() }),
  // With what figures are made of: whom it stands for, and the probability it was drawn with.
  entrySchema("called", {
    outcome: CallOutcome,
    group: CallGroup,
    probability: z.number().gt(0).max(1),
    ...StoredOpinion.partial().shape,
  }),
  // Through whom a dispute came that is the citizen's own to everybody else.
  entrySchema("dispute-carried", {}),
  // Nothing of the complaint may be erased, by an admin's order, until it is lifted.
  entrySchema("hold-set", { reason: z.string() }),
  entrySchema("hold-lifted", { reason: z.string() }),
]);
export type ConfidentialEntry = z.infer<typeof ConfidentialEntry>;
export type ConfidentialEntryType = ConfidentialEntry["type"];
export type ConfidentialEntryOf<T extends ConfidentialEntryType> = Extract<ConfidentialEntry, { type: T }>;

/** What is to be noted; the store gives it the next number. */
export type NewEntry = { [T in ConfidentialEntryType]: Omit<ConfidentialEntryOf<T>, "private"> }[ConfidentialEntryType];

/** What a note says beside the fields of every note. */
export type EntryPayload = {
  [T in ConfidentialEntryType]: Omit<ConfidentialEntryOf<T>, keyof typeof entryFields>;
}[ConfidentialEntryType];

/** The private event's number as logs and admins see it: `QZ-7K3M-9XPT-Q/private-2`. */
export function confidentialEntryId(complaintId: string, number: number): string {
  return `${complaintId}/private-${number}`;
}

/** Which inspector works on a complaint, so that colleagues need not. It binds nobody, and no agency notices it. */
export const Claim = z.object({ inspector: z.string(), at: Instant, until: Instant });
export type Claim = z.infer<typeof Claim>;

/**
 * A claim as it is kept. `claim`: absent once it was given up. `turn`: how often it was written, so that of two inspectors
 * at once the second sees the first.
 */
export const StoredClaim = z.object({ id: z.string(), claim: Claim.optional(), turn: z.int() });
export type StoredClaim = z.infer<typeof StoredClaim>;

export function newClaim({ person }: PrincipalOf<"inspector">, now: Instant): Claim {
  return { inspector: person, at: now, until: addMilliseconds(now, claimHours * hourMs) };
}

/** The claim while it lasts; undefined once it has lapsed. */
export function currentClaim(claim: Claim | undefined, now: Instant): Claim | undefined {
  return claim && claim.until > now ? claim : undefined;
}
