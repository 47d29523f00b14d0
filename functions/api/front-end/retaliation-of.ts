import { later, milliseconds } from "../../../shared/domain/duration.ts";
import { Fault } from "../../../shared/domain/fault.ts";
import type { Filing } from "../../../shared/domain/filing.ts";
import { isSecretOf, readComplaintId } from "../../../shared/domain/identifier.ts";
import { review } from "../../../shared/runtime/province.static.ts";
import { readComplaint } from "../../../shared/store/complaints.ts";

type Proving = { pepper: string; now: string };

/** The complaint that a retaliation report is for, proved by its secret, and when the report must be reviewed. */
export async function retaliationOf({ retaliationFor: proof }: Filing, { pepper, now }: Proving) {
  if (!proof) return undefined;
  const id = readComplaintId(proof.id);
  const isProved = id && isSecretOf({ pepper, id, typed: proof.secret }) && (await readComplaint(id));
  if (!isProved) throw new Fault("unknown-complaint");
  return { retaliationFor: id, reviewBy: later(now, milliseconds(review.duration)) };
}
