import { allowCalls, endCalls } from "#shared/domain/complaint/call-consent.ts";
import type { Stage } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { putCall, readCall } from "#shared/store/complaints/calls.ts";
import { readFiledAgency } from "#shared/store/complaints/complaints.ts";
import { emptyCallee, putCallee, readAnyIdentity } from "#shared/store/complaints/identities.ts";
import { drawAmong } from "../any-caller/call-draw.ts";

type Deciding = Stage<PrincipalOf<"citizen">> & { series: readonly PrivateEvent[] };

/** The citizen may be called from now on: drawn as if that had been said at filing, once and for good. */
export async function allowed(complaint: Complaint, stage: Deciding) {
  const { phone, name } = (await readAnyIdentity(complaint.id)) ?? {};
  const note = allowCalls(complaint, { ...stage, hasPhone: phone !== undefined });
  const call = note && phone ? await drawnCall(complaint) : undefined;
  return { note, along: call && phone ? [putCall(call), putCallee(complaint.id, { phone, name })] : [] };
}

async function drawnCall({ id, filedAt, retaliationFor }: Complaint) {
  if (retaliationFor) return undefined;
  const before = await readCall(id);
  if (before) return before;
  const draw = await drawAmong({ agencyId: await readFiledAgency(id), filedAt });
  const probability = draw(id);
  return probability === undefined ? undefined : { id, probability };
}

/** The citizen is called no more: not even the function that lists whom to call can read the phone then. */
export function ended(complaint: Complaint, stage: Deciding) {
  return { note: endCalls(complaint, stage), along: [emptyCallee(complaint.id)] };
}
