import { Fault } from "../fault.ts";
import { mostConsents } from "../policy-numbers.ts";
import { mustBe } from "./access.ts";
import { note, type Stage, signature } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import { wrongState } from "./guards.ts";
import type { PrincipalOf } from "./principal.ts";
import type { Note, PrivateEvent } from "./private-series.ts";

type ByCitizen = Stage<PrincipalOf<"citizen">> & { series: readonly PrivateEvent[] };

/** The citizen may be called and asked; undefined where that is so already. Nobody can be called who left no phone. */
export function allowCalls(
  complaint: Complaint,
  { by, now, series, hasPhone }: ByCitizen & { hasPhone: boolean },
): Note | undefined {
  mustBe("citizen", complaint, by);
  if (mayBeCalled(series)) return undefined;
  if (!hasPhone) throw wrongState(complaint, "phone-missing");
  // What was agreed at filing is no change of mind.
  const allowed = series.filter(({ type, client }) => type === "calls-allowed" && !client);
  if (allowed.length >= mostConsents) throw new Fault("consent-limit");
  return note(complaint, { now, by: signature(by), says: { type: "calls-allowed" } });
}

/** Never refused; undefined where there is nothing to take back. */
export function endCalls(complaint: Complaint, { by, now, series }: ByCitizen): Note | undefined {
  mustBe("citizen", complaint, by);
  if (!mayBeCalled(series)) return undefined;
  return note(complaint, { now, by: signature(by), says: { type: "calls-ended" } });
}

const deciding: readonly PrivateEvent["type"][] = ["calls-allowed", "calls-ended", "identity-erased"];

/** Whether the citizen may be called: whoever is erased has no phone any more. */
export function mayBeCalled(series: readonly PrivateEvent[]): boolean {
  return series.findLast(({ type }) => deciding.includes(type))?.type === "calls-allowed";
}

/** Whether the citizen ever agreed to be called. */
export const everAgreed = (series: readonly PrivateEvent[]) => series.some(({ type }) => type === "calls-allowed");
