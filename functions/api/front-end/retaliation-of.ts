import { Fault } from "../../../shared/domain/fault.ts";
import type { Filing } from "../../../shared/domain/filing.ts";
import { isSecretOf, readComplaintId } from "../../../shared/domain/identifier.ts";
import { type Calendar, deadlineAfter } from "../../../shared/domain/office-clock.ts";
import { review } from "../../../shared/runtime/province.static.ts";
import { readComplaint } from "../../../shared/store/complaints.ts";

type Proving = { pepper: string; now: string; calendar: Calendar };

/** The complaint that a retaliation report is for, proved by its secret, and when the report must be reviewed. */
export async function retaliationOf({ retaliationFor: proof }: Filing, { pepper, now, calendar }: Proving) {
  if (!proof) return undefined;
  const id = readComplaintId(proof.id);
  const isProved = id && isSecretOf({ pepper, id, typed: proof.secret }) && (await readComplaint(id));
  if (!isProved) throw new Fault("unknown-complaint");
  return { retaliationFor: id, reviewBy: deadlineAfter({ start: now, policy: review, calendar }) };
}
