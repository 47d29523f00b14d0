import * as z from "zod";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import type { Filing } from "#shared/domain/complaint/filing.ts";
import { parseComplaintId } from "#shared/domain/complaint/identifier.ts";
import { Fault } from "#shared/domain/fault.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { addMilliseconds, milliseconds } from "#shared/domain/time/duration.ts";
import { readHead } from "#shared/persistence/complaints/complaints.ts";
import { isLivingSecret } from "#shared/persistence/complaints/living-secrets.ts";
import { idPrefixes, review } from "#shared/province/slices.static.ts";

/** The body of a dispute, by the citizen or by the call centre for the citizen. */
export const DisputeBody = z.strictObject({ reason: text({ min: 2, max: longestText }) });

/** The deadline for the inspectors' review of a dispute or report that comes in at `now`. */
export const reviewDeadlineFrom = (now: string) => addMilliseconds(now, milliseconds(review.duration));

type ProofInput = { pepper: string; now: string };

/**
 * For a retaliation report: the id of the earlier complaint, which its secret proves, and the report's review deadline.
 * Undefined for any other filing. Throws `unknown-earlier-complaint` where the proof is wrong.
 */
export async function proveRetaliation({ retaliationFor: proof }: Filing, { pepper, now }: ProofInput) {
  if (!proof) return undefined;
  const id = parseComplaintId(proof.id, idPrefixes);
  const isProved = id !== undefined && (await isLivingSecret({ pepper, id, typed: proof.secret }));
  const earlier = isProved ? await readHead(id) : undefined;
  if (!id || !earlier || isSandbox(earlier)) throw new Fault("unknown-earlier-complaint");
  return { retaliationFor: id, reviewBy: reviewDeadlineFrom(now) };
}
