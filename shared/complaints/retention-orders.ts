import * as z from "zod";
import { mostSecretGenerations } from "../policy-numbers.ts";
import { Instant } from "../time/calendar.ts";
import { isCallConsentGiven } from "./call-consent.ts";
import { agenciesWithConsent, holdOf, secretGenerationIn } from "./confidential-commands.ts";
import type { ConfidentialEntry, ConfidentialEntryType, EntryPayload } from "./confidential-log.ts";
import { isSmsAllowed } from "./sms-consent.ts";

/** The orders that a renewed secret leaves, one for each generation: `secret-renewed-1` and so on. */
const renewals = Array.from({ length: mostSecretGenerations - 1 }, (_, n) => ({
  type: renewalOrderType(n + 1),
  generation: n + 1,
}));

/** The type of the order that says that a secret of this generation, or a later one, opens the complaint. */
export function renewalOrderType(generation: number) {
  return `secret-renewed-${generation}` as const;
}

/** An order about a complaint that must survive a restore of the table. It is stored elsewhere, without its reason. */
export const RetentionOrder = z.object({
  at: Instant,
  id: z.string(),
  type: z.enum([
    "hold-set",
    "hold-lifted",
    "identity-erased",
    "consent-withdrawn",
    "call-consent-withdrawn",
    // Digits were chosen, or wrong ones were tried.
    "call-digits-ended",
    ...renewals.map(({ type }) => type),
    "sms-consent-withdrawn",
  ]),
});
export type RetentionOrder = z.infer<typeof RetentionOrder>;

type RetentionOrders = readonly Pick<RetentionOrder, "at" | "type">[];
type ConfidentialLog = readonly ConfidentialEntry[];

const reason = "پس از بازگرداندن پایگاه داده دوباره ثبت شد. Noted again after the table was restored.";

/** An entry to add to a restored confidential log, and its actor. */
type MissingEntry = { by: "citizen" | "system"; payload: EntryPayload };

/** The entries that a restored confidential log lacks, according to the orders of the complaint. */
export function missingEntries(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  return [
    ...missingWithdrawals(confidentialLog, orders),
    ...missingRenewal(confidentialLog, orders),
    ...missingErasure(confidentialLog, orders),
    ...missingHold(confidentialLog, orders),
  ];
}

/**
 * Whether the orders require that the identity is erased. An order is written before its entry, so an order during a hold
 * may have been refused: it counts only if the log has the entry.
 */
export function isErasureOrdered(confidentialLog: ConfidentialLog, orders: RetentionOrders): boolean {
  const lastErasure = orders.findLastIndex(({ type }) => type === "identity-erased");
  if (lastErasure < 0) return false;
  const holdBefore = lastHold(orders.slice(0, lastErasure));
  const wasHeld = holdBefore ? holdBefore.type === "hold-set" : holdOf(confidentialLog).held;
  return !wasHeld || confidentialLog.some(({ type }) => type === "identity-erased");
}

/** A consent that the citizen gave again after the order stays in force. */
function missingWithdrawals(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  const wasEndedAfter = (lastGiven: ConfidentialEntryType, end: RetentionOrder["type"]) => {
    const givenAt = confidentialLog.findLast(({ type }) => type === lastGiven)?.at ?? "";
    return orders.some((order) => order.type === end && order.at >= givenAt);
  };
  const isConsentTakenBack =
    agenciesWithConsent(confidentialLog).length > 0 && wasEndedAfter("consent-given", "consent-withdrawn");
  const areCallsEnded =
    isCallConsentGiven(confidentialLog) &&
    (wasEndedAfter("call-consent-given", "call-consent-withdrawn") || areDigitsOrTriesLost(confidentialLog, orders));
  const isSmsEnded = isSmsAllowed(confidentialLog) && wasEndedAfter("sms-consent-given", "sms-consent-withdrawn");
  return [
    ...(isConsentTakenBack ? [{ by: "citizen" as const, payload: { type: "consent-withdrawn" as const } }] : []),
    ...(areCallsEnded ? [{ by: "citizen" as const, payload: { type: "call-consent-withdrawn" as const } }] : []),
    ...(isSmsEnded ? [{ by: "citizen" as const, payload: { type: "sms-consent-withdrawn" as const } }] : []),
  ];
}

/**
 * Whether the log lacks digits that the citizen chose, or a wrong try. Then nobody knows which digits hold, or how many tries are left,
 * so the citizen is asked to agree again. The log lacks nothing older than an entry that it has.
 */
function areDigitsOrTriesLost(confidentialLog: ConfidentialLog, orders: RetentionOrders): boolean {
  const types: readonly ConfidentialEntryType[] = [
    "call-consent-given",
    "call-digits-chosen",
    "call-digits-wrong",
    // A try that was wrong at first, and right once digits were chosen at the same instant, leaves an order and this entry.
    "call-opened",
  ];
  const known = confidentialLog.findLast(({ type }) => types.includes(type));
  return orders.some(({ type, at }) => type === "call-digits-ended" && at > (known?.at ?? ""));
}

/**
 * The last renewal that was ordered and that the log lacks. An order is written before its entry, so it may stand for a
 * secret that nobody was given: then the citizen asks for a renewal again, and no dead secret opens the complaint.
 */
function missingRenewal(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  const ordered = renewals.findLast(({ type }) => orders.some((order) => order.type === type));
  if (!ordered || ordered.generation <= (secretGenerationIn(confidentialLog) ?? 0)) return [];
  return [{ by: "system", payload: { type: "secret-renewed", generation: ordered.generation } }];
}

function missingErasure(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  const type = "identity-erased";
  const isMissing = isErasureOrdered(confidentialLog, orders) && !confidentialLog.some((one) => one.type === type);
  return isMissing ? [{ by: "citizen", payload: { type } }] : [];
}

/** A hold that was set after the last order stays in force: its order came after the orders were listed. */
function missingHold(confidentialLog: ConfidentialLog, orders: RetentionOrders): MissingEntry[] {
  const last = lastHold(orders);
  const setAt = confidentialLog.findLast(({ type }) => type === "hold-set")?.at ?? "";
  if (!last || last.at < setAt || holdOf(confidentialLog).held === (last.type === "hold-set")) return [];
  return [{ by: "system", payload: { type: last.type, reason } }];
}

function lastHold(orders: RetentionOrders) {
  return orders.flatMap(({ at, type }) => (type === "hold-set" || type === "hold-lifted" ? [{ at, type }] : [])).at(-1);
}
