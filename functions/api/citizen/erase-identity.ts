import { route } from "#functions/pipelines/route.ts";
import { everAgreed } from "#shared/domain/complaint/call-consent.ts";
import { holdOf } from "#shared/domain/complaint/hold.ts";
import { agenciesTrusted, eraseIdentity } from "#shared/domain/complaint/private-act.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { emptyIdentity, emptySharedIdentities, readAnyIdentity } from "#shared/store/complaints/identities.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { keepOrder } from "#shared/store/retention/keep-order.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { writesOfNoCalls } from "./consent-to-calls.ts";
import { unconditional } from "./unconditional.ts";
import { viewOf } from "./view.ts";

/**
 * DELETE /v1/complaints/{id}/identity: who complains is kept no longer, here and in every copy. The texts stay masked,
 * and no mail reaches the citizen any more. Refused while an admin's hold keeps the complaint whole.
 */
export const eraseIdentityAsCitizen = route({
  caller: "citizen",
  summary: { en: "Have one's identity erased", fa: "پاک کردن مشخصات خود از پرونده" },
  path: ComplaintPath,
  answer: { status: 200, schema: CitizenView },
  problems: ["held"],
  async run(request) {
    let keptAt: string | undefined;
    const { complaint } = await noteOnce(unconditional(request), async (found, stage) => {
      const isNamed = (await readAnyIdentity(found.id)) !== undefined;
      // A hold came between what this request kept and its erasure, which is refused: by what is kept it came before.
      if (keptAt && isNamed && holdOf(stage.series).held)
        await keepOrder({ id: found.id, at: keptAt, act: "hold-set" });
      const note = eraseIdentity(found, { ...stage, isNamed });
      // Before it is done: who asked for it once has it done also where the table is lost in between.
      if (note) {
        await keepOrder({ id: found.id, at: stage.now, act: "identity-erased" });
        keptAt = stage.now;
      }
      return {
        note,
        along: [
          emptyIdentity(found.id),
          ...emptySharedIdentities(found.id, agenciesTrusted(stage.series)),
          // Also of who has refused a call since: what was copied for it stands.
          ...(everAgreed(stage.series) ? await writesOfNoCalls(found.id) : []),
        ],
      };
    });
    return viewOf(complaint, request.now);
  },
});
