import * as z from "zod";
import { areCallsAllowed } from "../complaint/call-backs.ts";
import { agenciesWithConsent, holdOf } from "../complaint/confidential-commands.ts";
import type { ConfidentialEntry, ConfidentialEntryType, EntryPayload } from "../complaint/confidential-log.ts";
import { Instant } from "../time/calendar.ts";

/** What was ordered of a complaint that a restored table must not forget, without a word of why. */
export const RetentionOrder = z.object({
  at: Instant,
  id: z.string(),
  type: z.enum(["hold-set", "hold-lifted", "identity-erased", "consent-taken-back", "calls-ended"]),
});
export type RetentionOrder = z.infer<typeof RetentionOrder>;

type RetentionOrders = readonly Pick<RetentionOrder, "at" | "type">[];
type ConfidentialLog = readonly ConfidentialEntry[];

const reason = "پس از بازگرداندن پایگاه داده دوباره ثبت شد. Noted again after the table was restored.";

/** What a restored confidentialLog lacks of the orders given since, in their order, and on whose word it is noted. */
export type MissingEntry = { by: "citizen" | "clock"; payload: EntryPayload };

export function missingEntries(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  return [
    ...missingWithdrawals(confidentialLog, orders),
    ...missingErasure(confidentialLog, orders),
    ...missingHold(confidentialLog, orders),
  ];
}

/** Whether orders leave nobody kept. One that was refused since a hold was set in that moment erases nothing. */
export function isErasureOrdered(confidentialLog: ConfidentialLog, orders: RetentionOrders): boolean {
  const ordered = orders.findLastIndex(({ type }) => type === "identity-erased");
  if (ordered < 0) return false;
  const before = lastHold(orders.slice(0, ordered));
  const isHeld = before ? before === "hold-set" : holdOf(confidentialLog).held;
  return !isHeld || confidentialLog.some(({ type }) => type === "identity-erased");
}

/** A consent that was given again since it was taken back stands. */
function missingWithdrawals(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  const endedSince = (act: RetentionOrder["type"], consent: ConfidentialEntryType) => {
    const since = confidentialLog.findLast(({ type }) => type === consent)?.at ?? "";
    return orders.some((order) => order.type === act && order.at >= since);
  };
  const isTakenBack =
    agenciesWithConsent(confidentialLog).length > 0 && endedSince("consent-taken-back", "consent-given");
  const isNotCalled = areCallsAllowed(confidentialLog) && endedSince("calls-ended", "calls-allowed");
  return [
    ...(isTakenBack ? [{ by: "citizen" as const, payload: { type: "consent-taken-back" as const } }] : []),
    ...(isNotCalled ? [{ by: "citizen" as const, payload: { type: "calls-ended" as const } }] : []),
  ];
}

function missingErasure(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  const type = "identity-erased";
  const isMissing = isErasureOrdered(confidentialLog, orders) && !confidentialLog.some((one) => one.type === type);
  return isMissing ? [{ by: "citizen", payload: { type } }] : [];
}

function missingHold(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  const last = lastHold(orders);
  const isMissing = last !== undefined && holdOf(confidentialLog).held !== (last === "hold-set");
  return isMissing ? [{ by: "clock", payload: { type: last, reason } }] : [];
}

function lastHold(orders: RetentionOrders): "hold-set" | "hold-lifted" | undefined {
  return orders.flatMap(({ type }) => (type === "hold-set" || type === "hold-lifted" ? [type] : [])).at(-1);
}
