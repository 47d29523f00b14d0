import type { Stage } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { agenciesTrusted, giveConsent, takeBackConsent } from "#shared/domain/complaint/private-act.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { emptySharedIdentities, putSharedIdentity, readAnyIdentity } from "#shared/store/complaints/identities.ts";
import { keepOrder } from "#shared/store/retention/keep-order.ts";

type Deciding = Stage<PrincipalOf<"citizen">> & { series: readonly PrivateEvent[] };

/** The agency that holds the complaint may know who complains, by a copy of its own. */
export async function given(complaint: Complaint, stage: Deciding) {
  const identity = await readAnyIdentity(complaint.id);
  const note = giveConsent(complaint, { ...stage, isNamed: identity !== undefined });
  return { note, along: identity ? [putSharedIdentity(complaint, identity)] : [] };
}

/** No agency may know any more, and no copy is left. */
export async function takenBack(complaint: Complaint, stage: Deciding) {
  const note = takeBackConsent(complaint, stage);
  // Before it is done, or a table that is restored would share again.
  if (note) await keepOrder({ id: complaint.id, at: stage.now, act: "consent-taken-back" });
  return { note, along: emptySharedIdentities(complaint.id, agenciesTrusted(stage.series)) };
}
