import * as z from "zod";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { judgePromise } from "#shared/domain/complaint/promises.ts";
import { InspectorView } from "#shared/domain/views/complaint-views.ts";
import { executeMove } from "#shared/persistence/complaints/moves.ts";
import { createTextMasker } from "../complaints/masking.ts";
import { areTextsDue, PromisePath, PromiseText } from "../complaints/promise.ts";
import { inspectorViewReply } from "./read-complaints.ts";

/**
 * POST /v1/inspector/complaints/{id}/actions/{n}/judgement: an inspector says whether the agency kept a promise that is overdue or
 * that the citizen objected to.
 */
export const judgePromiseAsInspector = route({
  caller: "inspector",
  summary: { en: "Say whether a promised action was done", fa: "ثبت نظر دربارهٔ انجام اقدام وعده‌داده‌شده" },
  path: PromisePath,
  body: PromiseText.extend({ kept: z.boolean() }),
  answer: { status: 201, schema: InspectorView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await createTextMasker({ text: body.text });
    const moved = await executeMove(request, async (complaint, context) => {
      const promise = { number: request.path.n, ...body, areTextsDue: await areTextsDue(complaint, context.now) };
      return judgePromise(complaint, { ...context, ...promise, masked: masked(complaint) });
    });
    return asCreated(await inspectorViewReply(moved, request.now));
  },
});
