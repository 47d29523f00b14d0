import { mustConcern } from "#shared/domain/complaint/access.ts";
import type { Change, Masked, Stage } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { MaskedTexts } from "#shared/domain/complaint/masked-texts.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { readHead } from "#shared/store/complaints/complaints.ts";
import { type MoveRequest, move } from "#shared/store/complaints/moves.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { viewOf } from "./view.ts";

type Inspector = PrincipalOf<"inspector">;
type Judgement = Stage<Inspector> & Masked & { decidedBefore: string | undefined };
type Judging = {
  texts: MaskedTexts;
  decide: (complaint: Complaint, judgement: Judgement) => Change;
};

/** Decides or rejects a complaint. For a retaliation report it first looks up who judged the earlier complaint. */
export async function judge(request: MoveRequest<Inspector>, { texts, decide }: Judging) {
  const found = await readHead(request.path.id);
  mustConcern(found, request.principal);
  const earlier = found.retaliationFor ? await readHead(found.retaliationFor) : undefined;
  const decidedBefore = earlier?.decidedBy;
  const masked = await maskedFor(texts);
  const moved = await move(request, (complaint, stage) =>
    decide(complaint, { ...stage, decidedBefore, masked: masked(complaint) }),
  );
  return viewOf(moved, request.now);
}
