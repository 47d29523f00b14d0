import * as z from "zod";
import { assertAccess } from "#shared/complaints/access.ts";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { judgePromise } from "#shared/complaints/promises.ts";
import { createTextMasker } from "#shared/complaints/text-masker.store.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { InspectorView } from "./complaint-views.ts";
import { readConflicts } from "./inspector-moves.api.ts";
import { inspectorViewReply } from "./inspector-read-complaints.api.ts";
import { areTextsOver, PromisePath, PromiseText } from "./promise.api.ts";

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
  problems: ["wrong-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const found = await readHead(request.path.id);
    assertAccess(found, request.principal);
    const conflicts = await readConflicts(found, request.principal);
    const maskedTextsOf = await createTextMasker({ text: body.text });
    const moved = await executeMove(request, async (complaint, context) => {
      const promise = { number: request.path.n, ...body, areTextsOver: await areTextsOver(complaint, context.now) };
      return judgePromise(complaint, { ...context, ...conflicts, ...promise, maskedTexts: maskedTextsOf(complaint) });
    });
    return asCreated(await inspectorViewReply(moved, request.now));
  },
});
