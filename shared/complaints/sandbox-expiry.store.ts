import { sandboxComplaintDays } from "../policy-numbers.ts";
import { isSandbox } from "../province/directory.ts";
import type { Writes } from "../storage/transaction.ts";
import { daySeconds, secondsOf } from "../time/duration.ts";
import type { Complaint } from "./complaint.ts";

/**
 * Adds the expiry to each put of a sandbox complaint; other complaints' writes stay as they are. All items of a sandbox
 * complaint, the identity included, expire at the same instant, counted from its filing.
 */
export function withSandboxExpiry(complaint: Pick<Complaint, "agencyId" | "filedAt">, writes: Writes): Writes {
  if (!isSandbox(complaint)) return writes;
  const expiresAt = secondsOf(complaint.filedAt) + sandboxComplaintDays * daySeconds;
  return writes.map(({ Put, ...other }) => (Put ? { Put: { ...Put, Item: { expiresAt, ...Put.Item } } } : other));
}
