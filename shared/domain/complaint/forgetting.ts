import { type Duration, milliseconds } from "../time/duration.ts";
import { note } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import { holdOf } from "./hold.ts";
import type { Note, PrivateEvent } from "./private-series.ts";

/** How long what is kept of a complaint is kept after it was closed. */
type Retention = { identity: Duration };

type Forgetting = { now: string; series: readonly PrivateEvent[]; retention: Retention };

/**
 * Who complained is kept no longer than the province says; the marks that keep the texts masked stay. Undefined while the
 * case is open or not long enough closed, while an admin holds it, and where nobody is kept.
 */
export function forgetIdentity(complaint: Complaint, { now, series, retention }: Forgetting): Note | undefined {
  const { closedAt, identityMarks } = complaint;
  const isKept = identityMarks.length > 0 && !series.some(({ type }) => type === "identity-erased");
  if (!isKept || !closedAt || holdOf(series).held) return undefined;
  if (Date.parse(closedAt) + milliseconds(retention.identity) > Date.parse(now)) return undefined;
  return note(complaint, { now, by: { by: "clock" }, says: { type: "identity-erased" } });
}

/** Whether nothing that the retention speaks of is left to forget of a complaint, whatever may come. */
export function isForgotten({ closedAt, identityMarks }: Complaint, series: readonly PrivateEvent[]): boolean {
  if (!closedAt) return false;
  return identityMarks.length === 0 || series.some(({ type }) => type === "identity-erased");
}

/** Every agency that a copy of the identity was ever kept for. */
export function agenciesEverTrusted(series: readonly PrivateEvent[]): string[] {
  return [...new Set(series.flatMap((one) => (one.type === "consent-given" ? [one.agencyId] : [])))];
}
