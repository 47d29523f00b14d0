import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import type { Stage } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { agenciesTrusted, giveConsent, takeBackConsent } from "#shared/domain/complaint/private-act.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { emptySharedIdentities, putSharedIdentity, readAnyIdentity } from "#shared/store/complaints/identities.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { unconditional } from "./unconditional.ts";
import { viewOf } from "./view.ts";

/**
 * POST /v1/complaints/{id}/consent: the agency that holds the complaint may know who complains, or no more. A transfer
 * ends it. Taking it back is never refused.
 */
export const giveConsentAsCitizen = route({
  caller: "citizen",
  summary: {
    en: "Let the agency know who complains, or take that back",
    fa: "اجازه به دستگاه برای دیدن مشخصات شهروند، یا پس گرفتن آن",
  },
  path: ComplaintPath,
  body: z.strictObject({ shareWithAgency: z.boolean() }),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "consent-limit", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { complaint } = body.shareWithAgency
      ? await noteOnce(request, give)
      : await noteOnce(unconditional(request), takeBack);
    return viewOf(complaint, request.now);
  },
});

type Deciding = Stage<PrincipalOf<"citizen">> & { series: readonly PrivateEvent[] };

async function give(complaint: Complaint, stage: Deciding) {
  const identity = await readAnyIdentity(complaint.id);
  const note = giveConsent(complaint, { ...stage, isNamed: identity !== undefined });
  return { note, along: identity ? [putSharedIdentity(complaint, identity)] : [] };
}

function takeBack(complaint: Complaint, stage: Deciding) {
  const note = takeBackConsent(complaint, stage);
  return { note, along: emptySharedIdentities(complaint.id, agenciesTrusted(stage.series)) };
}
