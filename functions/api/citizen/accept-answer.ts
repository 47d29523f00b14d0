import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { accept } from "#shared/domain/complaint/citizen-move.ts";
import { CitizenView } from "#shared/domain/telling/view.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { viewOf } from "./view.ts";

/** POST /v1/complaints/{id}/acceptance: the citizen is content; an opinion is given apart. */
export const acceptAnswer = route({
  caller: "citizen",
  summary: { en: "Accept the answer", fa: "پذیرش پاسخ" },
  path: ComplaintPath,
  body: z.strictObject({}),
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "stale", "idempotency-key-reused"],
  async run(request) {
    return viewOf(await move(request, accept), request.now);
  },
});
