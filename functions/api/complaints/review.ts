import { isSandbox } from "#shared/domain/complaint/directory.ts";
import type { Filing } from "#shared/domain/complaint/filing.ts";
import { parseComplaintId } from "#shared/domain/complaint/identifier.ts";
import { Fault } from "#shared/domain/fault.ts";
import { readHead } from "#shared/persistence/complaints/complaints.ts";
import { isLivingSecret } from "#shared/persistence/complaints/living-secrets.ts";
import { idPrefixes } from "#shared/province/slices.static.ts";
import { reviewDeadlineFrom } from "./dispute.ts";

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
