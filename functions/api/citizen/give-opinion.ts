import { route } from "#functions/pipelines/route.ts";
import { giveOpinion } from "#shared/domain/complaint/opinion.ts";
import { Opinion } from "#shared/domain/complaint/private-series.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { writesOfPressed } from "../any-caller/pressed-desk.ts";
import { viewOf } from "./view.ts";

/** POST /v1/complaints/{id}/opinion: what the citizen thinks of it, apart from closing; no agency sees a single one. */
export const giveOpinionAsCitizen = route({
  caller: "citizen",
  summary: { en: "Say what one thinks of how it was handled", fa: "نظر شهروند دربارهٔ رسیدگی" },
  path: ComplaintPath,
  body: Opinion,
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run({ body: opinion, ...request }) {
    const { complaint } = await noteOnce(request, (complaint, stage) => {
      const note = giveOpinion(complaint, { ...stage, opinion });
      return { note, along: writesOfPressed(complaint, { ...stage, note }) };
    });
    return viewOf(complaint, request.now);
  },
});
