import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { Finding, PromisedAction } from "#shared/domain/complaint/complaint.ts";
import { causeRefusal } from "#shared/domain/complaint/directory.ts";
import { decide } from "#shared/domain/complaint/inspector-move.ts";
import { longestText, mostPromisedActions } from "#shared/domain/policy-numbers.ts";
import { InspectorView } from "#shared/domain/telling/view.ts";
import { text } from "#shared/domain/text.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { directory } from "#shared/province/slices.static.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { judge } from "./judge.ts";

const Body = z.strictObject({
  finding: Finding,
  cause: Slug,
  text: text({ min: 2, max: longestText }),
  actions: z.array(PromisedAction).max(mostPromisedActions).default([]),
  /** Asked for where the agency had answered, and only there. */
  upholdsAnswer: z.boolean().optional(),
});

/** POST /v1/inspector/complaints/{id}/decision: the centre's own finding, which ends the case. */
export const decideComplaint = route({
  caller: "inspector",
  summary: { en: "Decide the complaint", fa: "صدور رأی" },
  path: ComplaintPath,
  body: Body,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "same-person", "retired", "stale", "idempotency-key-reused"],
  run: ({ body, ...request }) =>
    judge(request, {
      texts: { text: body.text, actions: body.actions },
      decide(complaint, stage) {
        const refusedCause = causeRefusal(directory, { cause: body.cause, now: stage.now });
        return decide(complaint, { ...body, ...stage, refusedCause });
      },
    }),
});
