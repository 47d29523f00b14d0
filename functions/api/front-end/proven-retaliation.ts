import type { Filing } from "#shared/domain/complaint/filing.ts";
import { isSecretOf, readComplaintId } from "#shared/domain/complaint/identifier.ts";
import { isSandbox } from "#shared/domain/complaint/sandbox.ts";
import { Fault } from "#shared/domain/fault.ts";
import { readHead } from "#shared/store/complaints/complaints.ts";
import { reviewByFrom } from "../any-caller/dispute.ts";

type Proving = { pepper: string; now: string };

/** For a retaliation report: the earlier complaint, proved by its secret, and when the report must be reviewed. */
export async function retaliationOf({ retaliationFor: proof }: Filing, { pepper, now }: Proving) {
  if (!proof) return undefined;
  const id = readComplaintId(proof.id);
  const earlier = id && isSecretOf({ pepper, id, typed: proof.secret }) ? await readHead(id) : undefined;
  if (!id || !earlier || isSandbox(earlier)) throw new Fault("unknown-complaint");
  return { retaliationFor: id, reviewBy: reviewByFrom(now) };
}
