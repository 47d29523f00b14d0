import * as z from "zod";
import { Instant } from "../time/instant.ts";
import { mayBeCalled } from "./call-consent.ts";
import { holdOf } from "./hold.ts";
import { agenciesTrusted } from "./private-act.ts";
import type { Noted, PrivateEvent, PrivateType } from "./private-series.ts";

/** What was ordered of a complaint that a restored table must not forget, without a word of why. */
export const Order = z.object({
  at: Instant,
  id: z.string(),
  act: z.enum(["hold-set", "hold-lifted", "identity-erased", "consent-taken-back", "calls-ended"]),
});
export type Order = z.infer<typeof Order>;

type Given = readonly Pick<Order, "at" | "act">[];
type Series = readonly PrivateEvent[];

const reason = "پس از بازگرداندن پایگاه داده دوباره ثبت شد. Noted again after the table was restored.";

/** What a restored series lacks of the orders given since, in their order, and on whose word it is noted. */
export type Missing = { by: "citizen" | "clock"; says: Noted };

export function missingIn(series: Series, given: Given): Missing[] {
  return [...missingEnds(series, given), ...missingErasure(series, given), ...missingHold(series, given)];
}

/** Whether orders leave nobody kept. One that was refused since a hold was set in that moment erases nothing. */
export function erases(series: Series, given: Given): boolean {
  const ordered = given.findLastIndex(({ act }) => act === "identity-erased");
  if (ordered < 0) return false;
  const before = lastHold(given.slice(0, ordered));
  const isHeld = before ? before === "hold-set" : holdOf(series).held;
  return !isHeld || series.some(({ type }) => type === "identity-erased");
}

/** A consent that was given again since it was taken back stands. */
function missingEnds(series: Series, given: Given): Missing[] {
  const endedSince = (act: Order["act"], consent: PrivateType) => {
    const since = series.findLast(({ type }) => type === consent)?.at ?? "";
    return given.some((order) => order.act === act && order.at >= since);
  };
  const isTakenBack = agenciesTrusted(series).length > 0 && endedSince("consent-taken-back", "consent-given");
  const isNotCalled = mayBeCalled(series) && endedSince("calls-ended", "calls-allowed");
  return [
    ...(isTakenBack ? [{ by: "citizen" as const, says: { type: "consent-taken-back" as const } }] : []),
    ...(isNotCalled ? [{ by: "citizen" as const, says: { type: "calls-ended" as const } }] : []),
  ];
}

function missingErasure(series: Series, given: Given): Missing[] {
  const type = "identity-erased";
  const isMissing = erases(series, given) && !series.some((one) => one.type === type);
  return isMissing ? [{ by: "citizen", says: { type } }] : [];
}

function missingHold(series: Series, given: Given): Missing[] {
  const last = lastHold(given);
  const isMissing = last !== undefined && holdOf(series).held !== (last === "hold-set");
  return isMissing ? [{ by: "clock", says: { type: last, reason } }] : [];
}

function lastHold(given: Given): "hold-set" | "hold-lifted" | undefined {
  return given.flatMap(({ act }) => (act === "hold-set" || act === "hold-lifted" ? [act] : [])).at(-1);
}
