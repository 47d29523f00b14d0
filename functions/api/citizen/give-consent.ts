import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { placeCall } from "#shared/store/complaints/calls.ts";
import type { MoveRequest } from "#shared/store/complaints/moves.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { given, takenBack } from "./consent-to-agency.ts";
import { allowed, ended } from "./consent-to-calls.ts";
import { unconditional } from "./unconditional.ts";
import { viewOf } from "./view.ts";

const Consent = z
  .strictObject({ shareWithAgency: z.boolean().optional(), mayBeCalled: z.boolean().optional() })
  .refine((consent) => Object.keys(consent).length > 0, { params: { rule: "nothing-sent" } })
  .meta({ minProperties: 1 });

type Act = typeof given | typeof takenBack | typeof allowed | typeof ended;

function noteAll(request: MoveRequest<PrincipalOf<"citizen">>, acts: readonly Act[]) {
  return noteOnce(request, async (found, stage) => {
    const decided = await Promise.all(acts.map((act) => act(found, stage)));
    const noted = decided.flatMap(({ note, along }) => (note ? [{ note, along }] : []));
    return { note: noted.map(({ note }) => note), along: noted.flatMap(({ along }) => along) };
  });
}

/**
 * POST /v1/complaints/{id}/consent: the agency that holds the complaint may know who complains, or no more (a transfer
 * ends it); the citizen may be called and asked, or no more. Taking back is never refused, and holds where what is given
 * along with it is refused.
 */
export const giveConsentAsCitizen = route({
  caller: "citizen",
  summary: {
    en: "Let the agency know who complains, or agree to be called, or take that back",
    fa: "اجازه به دستگاه برای دیدن مشخصات شهروند، یا اجازهٔ تماس تلفنی، یا پس گرفتن آن",
  },
  path: ComplaintPath,
  body: Consent,
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "consent-limit", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const { shareWithAgency: shares, mayBeCalled: agrees } = body;
    const takings = [...(shares === false ? [takenBack] : []), ...(agrees === false ? [ended] : [])];
    const givings = [...(shares ? [given] : []), ...(agrees ? [allowed] : [])];
    // First, and on their own: what is given along with them may be refused.
    if (takings.length > 0) await noteAll(unconditional(request), takings);
    const { complaint } = await noteAll(givings.length > 0 ? request : unconditional(request), givings);
    // It may have been answered or closed before there was a draw to put on the list.
    if (agrees) await placeCall(complaint.id);
    return viewOf(complaint, request.now);
  },
});
