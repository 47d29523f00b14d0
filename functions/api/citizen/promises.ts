import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { objectToPromise } from "#shared/domain/complaint/promises.ts";
import { CitizenView } from "#shared/domain/views/complaint-views.ts";
import { executeMove } from "#shared/persistence/complaints/moves.ts";
import { createTextMasker } from "../complaints/masking.ts";
import { areTextsDue, PromisePath, PromiseText } from "../complaints/promise.ts";
import { citizenViewReply } from "./view.ts";

/** POST /v1/complaints/{id}/actions/{n}/objection: the citizen objects to the agency's report of a promised action. */
export const objectToPromiseAsCitizen = route({
  caller: "citizen",
  summary: { en: "Object to the report of a promised action", fa: "اعتراض به گزارش انجام اقدام" },
  path: PromisePath,
  body: PromiseText,
  answer: { status: 201, schema: CitizenView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await createTextMasker(body);
    const moved = await executeMove(request, async (complaint, context) => {
      const promise = { number: request.path.n, ...body, areTextsDue: await areTextsDue(complaint, context.now) };
      return objectToPromise(complaint, { ...context, ...promise, masked: masked(complaint) });
    });
    return asCreated(await citizenViewReply(moved, request.now));
  },
});
