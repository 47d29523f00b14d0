import { readHead } from "#shared/complaints/complaints.store.ts";
import { reviewDeadlineFrom } from "#shared/complaints/dispute.api.ts";
import type { Filing } from "#shared/complaints/filing.ts";
import { isLivingSecret } from "#shared/complaints/living-secrets.store.ts";
import { Fault } from "#shared/fault.ts";
import { parseComplaintId } from "#shared/identifier.ts";
import { isSandbox } from "#shared/province/directory.ts";
import { idPrefixes } from "#shared/province/slices.static.ts";

type ProofInput = { pepper: string; now: string };

/**
 * For a retaliation report: the id of the earlier complaint, which its secret proves, and the report's review deadline.
 * Undefined for any other filing. Throws `unknown-earlier-complaint` if the proof is wrong.
 */
export async function proveRetaliation({ retaliationFor: proof }: Filing, { pepper, now }: ProofInput) {
  if (!proof) return undefined;
  const id = parseComplaintId(proof.id, idPrefixes);
  const isProved = id !== undefined && (await isLivingSecret({ pepper, id, typed: proof.secret }));
  const earlier = isProved ? await readHead(id) : undefined;
  if (!id || !earlier || isSandbox(earlier)) throw new Fault("unknown-earlier-complaint");
  return { retaliationFor: id, reviewBy: reviewDeadlineFrom(now) };
}
