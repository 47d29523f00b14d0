import { callMayCome } from "#shared/domain/complaint/call.ts";
import { allowCalls, endCalls } from "#shared/domain/complaint/call-consent.ts";
import type { Stage } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { putCall, readCall } from "#shared/store/complaints/calls.ts";
import { readFiledAgency } from "#shared/store/complaints/complaints.ts";
import { emptyCallee, putCallee, readAnyIdentity } from "#shared/store/complaints/identities.ts";
import { keepOrder } from "#shared/store/retention/keep-order.ts";
import type { Writes } from "#shared/store/transaction.ts";
import { drawAmong } from "../any-caller/call-draw.ts";

type Deciding = Stage<PrincipalOf<"citizen">> & { series: readonly PrivateEvent[] };

/** The citizen may be called from now on: drawn as if that had been said at filing, once and for good. */
export async function allowed(complaint: Complaint, stage: Deciding) {
  const { phone, name } = (await readAnyIdentity(complaint.id)) ?? {};
  const note = allowCalls(complaint, { ...stage, hasPhone: phone !== undefined });
  const call = note && phone && callMayCome(complaint, stage) ? await drawnCall(complaint) : undefined;
  return { note, along: call && phone ? [putCall(call), putCallee(complaint.id, { phone, name })] : [] };
}

async function drawnCall({ id, filedAt }: Complaint) {
  const before = await readCall(id);
  if (before) return before;
  const draw = await drawAmong({ agencyId: await readFiledAgency(id), filedAt });
  const probability = draw(id);
  return probability === undefined ? undefined : { id, probability };
}

/** The citizen is called no more. */
export async function ended(complaint: Complaint, stage: Deciding) {
  const note = endCalls(complaint, stage);
  if (note) await keepOrder({ id: complaint.id, at: stage.now, act: "calls-ended" });
  return { note, along: await writesOfNoCalls(complaint.id) };
}

/** Not even the function that lists whom to call can read the phone any more, and the list has no place for it. */
export async function writesOfNoCalls(id: string): Promise<Writes> {
  const call = await readCall(id);
  return [emptyCallee(id), ...(call ? [putCall(call)] : [])];
}
