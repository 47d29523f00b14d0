import * as z from "zod";
import { longestReason } from "../policy-numbers.ts";
import { text } from "../text.ts";
import { Instant } from "../time/instant.ts";
import { Slug } from "../vocabulary.ts";
import { Actor, Snapshot } from "./event.ts";

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
export const KeptOpinion = z.object({ ...Opinion.shape, comment: z.string().optional() });

/** What a citizen had done when called: nothing in time, accepted the answer, or the case had ended otherwise. */
export const CallGroup = z.enum(["silent", "accepted", "other"]);
export type CallGroup = z.infer<typeof CallGroup>;

/** What comes of ringing a citizen. */
export const CallOutcome = z.enum(["answered", "refused", "no-contact"]);

/** Fields of everything that is noted. `private` numbers the series, which leaves the complaint's version alone. */
const base = {
  private: z.int().min(1),
  at: Instant,
  by: Actor,
  client: z.string().optional(),
  person: z.string().optional(),
  after: Snapshot,
};

function entry<T extends string, S extends z.ZodRawShape>(type: T, says: S) {
  return z.object({ type: z.literal(type), ...base, ...says });
}

/**
 * What is noted of a complaint where no agency can even notice it. It stands in a series of its own, in a partition
 * that an agency's function may not read, and changes neither the complaint nor its version.
 */
export const PrivateEvent = z.discriminatedUnion("type", [
  entry("visit-ordered", { visitId: z.string(), plannedAt: Instant.optional() }),
  entry("identity-read", { inspector: z.string() }),
  // To one agency, for as long as it holds the complaint: another transfer ends it, and nothing has to be written.
  entry("consent-given", { agencyId: Slug, transfers: z.int().min(0) }),
  entry("consent-taken-back", {}),
  entry("identity-erased", {}),
  // What anybody wrote or sent is kept no longer.
  entry("texts-erased", {}),
  // What the citizen thinks of it; the last one counts.
  entry("opinion-given", KeptOpinion.shape),
  // Whether the citizen may be called and asked.
  entry("calls-allowed", {}),
  entry("calls-ended", {}),
  // By the front end that calls, of a citizen who was drawn; what the citizen had done by then is only for figures.
  entry("phone-read", { group: CallGroup.optional() }),
  // With what figures are made of: whom it stands for, and the probability it was drawn with.
  entry("called", {
    outcome: CallOutcome,
    group: CallGroup,
    probability: z.number().gt(0).max(1),
    ...KeptOpinion.partial().shape,
  }),
  // Through whom a dispute came that is the citizen's own to everybody else.
  entry("dispute-carried", {}),
  // Nothing of the complaint may be erased, by an admin's order, until it is lifted.
  entry("hold-set", { reason: z.string() }),
  entry("hold-lifted", { reason: z.string() }),
]);
export type PrivateEvent = z.infer<typeof PrivateEvent>;
export type PrivateType = PrivateEvent["type"];
export type PrivateEventOf<T extends PrivateType> = Extract<PrivateEvent, { type: T }>;

/** What is to be noted; the store gives it the next number. */
export type Note = { [T in PrivateType]: Omit<PrivateEventOf<T>, "private"> }[PrivateType];

/** What a note says beside the fields of every note. */
export type Noted = { [T in PrivateType]: Omit<PrivateEventOf<T>, keyof typeof base> }[PrivateType];

/** The private event's number as logs and admins see it: `QZ-7K3M-9XPT-Q/private-2`. */
export function privateEventId(complaintId: string, number: number): string {
  return `${complaintId}/private-${number}`;
}
