import type * as z from "zod";
import { Fault } from "../fault.ts";
import type { Change, Masked, Stage } from "./change.ts";
import type { Complaint, Finding, Officer, PromisedAction } from "./complaint.ts";
import { step, wrongState } from "./lifecycle.ts";
import type { PrincipalOf } from "./principal.ts";

type ByAgency = Stage<PrincipalOf<"agency">>;

/** The officer confirms that the complaint is theirs to answer. */
export function acknowledge(complaint: Complaint, { by, now, officer }: ByAgency & { officer: Officer }): Change {
  return step(complaint, "acknowledge", { by, now, sets: { officer }, event: { type: "acknowledged", officer } });
}

/** How often agencies may send a complaint on before an inspector must. */
const transferLimit = 2;

type Transfer = {
  toAgencyId: string;
  reason: string;
  /** Where the agency it goes to has offices; undefined where the province has no such agency. */
  servesCounties: readonly string[] | undefined;
  /** Whether that agency runs the front end that filed the complaint, and so has the citizen's secret. */
  runsTheFrontEnd: boolean;
  deadlines: Pick<Complaint, "acknowledgeFrom" | "acknowledgeBy">;
};

/** To another agency, which starts afresh with acknowledging, never with answering; an inspector may do so as well. */
export function transfer(
  complaint: Complaint,
  {
    by,
    now,
    masked,
    deadlines,
    servesCounties,
    runsTheFrontEnd,
    ...said
  }: Stage<PrincipalOf<"agency" | "inspector">> & Masked & Transfer,
): Change {
  const { agencyId: fromAgencyId, transfers, countyId } = complaint;
  const { toAgencyId } = said;
  const cleared = { officer: undefined, officeId: undefined };
  const sets = { agencyId: toAgencyId, transfers: transfers + 1, ...cleared, ...deadlines };
  const event = { type: "transferred" as const, fromAgencyId, ...said };
  const change = step(complaint, "transfer", { by, now, sets, masked, event });
  if (toAgencyId === fromAgencyId || !servesCounties?.includes(countyId))
    throw new Fault("unknown-agency", { because: "no-receiver", says: { agencyId: toAgencyId } });
  if (runsTheFrontEnd) throw new Fault("not-allowed");
  if (by.caller === "agency" && transfers >= transferLimit) throw new Fault("transfer-limit");
  return change;
}

/** Once, in time, and with a reason that the citizen reads. */
export function extend(
  complaint: Complaint,
  { by, now, masked, reason, answerBy }: ByAgency & Masked & { reason: string; answerBy: string },
): Change {
  const { answerBy: was } = complaint;
  const sets = { answerBy, extended: true as const };
  const change = step(complaint, "extend", { by, now, sets, masked, event: { type: "extended", reason, was } });
  if (complaint.extended) throw new Fault("already-extended");
  if (now >= was) throw wrongState(complaint, "answer-overdue");
  return change;
}

type Answer = { officer: Officer; finding: z.infer<typeof Finding>; text: string; actions: PromisedAction[] };

/** Starts the confirmation window, which ends at `confirmBy`. */
export function answer(
  complaint: Complaint,
  { by, now, masked, confirmBy, ...says }: ByAgency & Masked & Answer & { confirmBy: string },
): Change {
  const sets = { officer: says.officer, confirmBy };
  return step(complaint, "answer", { by, now, sets, masked, event: { type: "answered", ...says } });
}
