import { executeMove } from "#shared/complaints/commands.store.ts";
import { objectToPromise } from "#shared/complaints/promises.ts";
import { createTextMasker } from "#shared/complaints/text-masker.store.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { citizenViewReply } from "./citizen-view.api.ts";
import { CitizenView } from "./complaint-views.ts";
import { areTextsOver, PromisePath, PromiseText } from "./promise.api.ts";

/** POST /v1/complaints/{id}/actions/{n}/objection: the citizen objects to the agency's report of a promised action. */
export const objectToPromiseAsCitizen = route({
  caller: "citizen",
  summary: { en: "Object to the report of a promised action", fa: "اعتراض به گزارش انجام اقدام" },
  path: PromisePath,
  body: PromiseText,
  answer: { status: 201, schema: CitizenView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const maskedTextsOf = await createTextMasker(body);
    const moved = await executeMove(request, async (complaint, context) => {
      const promise = { number: request.path.n, ...body, areTextsOver: await areTextsOver(complaint, context.now) };
      return objectToPromise(complaint, { ...context, ...promise, maskedTexts: maskedTextsOf(complaint) });
    });
    return asCreated(await citizenViewReply(moved, request.now));
  },
});
