import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import { sandboxComplaintDays } from "#shared/domain/policy-numbers.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import type { Writes } from "../transaction.ts";

/**
 * Adds the expiry to each put of a sandbox complaint; other complaints' writes stay as they are. All items of a sandbox
 * complaint, the identity included, expire at the same instant, counted from its filing.
 */
export function withSandboxExpiry(complaint: Pick<Complaint, "agencyId" | "filedAt">, writes: Writes): Writes {
  if (!isSandbox(complaint)) return writes;
  const expiresAt = secondsOf(complaint.filedAt) + sandboxComplaintDays * daySeconds;
  return writes.map(({ Put, ...other }) => (Put ? { Put: { ...Put, Item: { expiresAt, ...Put.Item } } } : other));
}
