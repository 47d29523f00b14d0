import { note } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import type { PrincipalOf } from "./principal.ts";
import type { Note, PrivateEvent } from "./private-series.ts";

/** An admin's order that nothing of a complaint is erased; `since`: when it was first given, `reason`: the last one. */
export type Hold = { held: true; since: string; reason: string } | { held: false };

type Series = readonly PrivateEvent[];
type Ordered = { by: PrincipalOf<"admin">; now: string; series: Series; reason: string };

export function setHold(complaint: Complaint, { series, reason, ...order }: Ordered): Note | undefined {
  const before = holdOf(series);
  if (before.held && before.reason === reason) return undefined;
  return note(complaint, { ...signed(order), says: { type: "hold-set", reason } });
}

export function liftHold(complaint: Complaint, { series, reason, ...order }: Ordered): Note | undefined {
  if (!holdOf(series).held) return undefined;
  return note(complaint, { ...signed(order), says: { type: "hold-lifted", reason } });
}

function signed({ by: { clientId, person }, now }: Pick<Ordered, "by" | "now">) {
  return { now, by: { by: "admin" as const, client: clientId, person } };
}

export function holdOf(series: Series): Hold {
  const lifted = series.findLastIndex(({ type }) => type === "hold-lifted");
  const orders = series.slice(lifted + 1).filter((one) => one.type === "hold-set");
  const [first, last] = [orders[0], orders.at(-1)];
  return first && last ? { held: true, since: first.at, reason: last.reason } : { held: false };
}
