import { executeMove } from "#shared/complaints/commands.store.ts";
import { reportPromise } from "#shared/complaints/promises.ts";
import { maskByPattern } from "#shared/complaints/text-masker.store.ts";
import { actingOfficer, SentOfficer } from "#shared/people/acting-officer.store.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { agencyViewReply } from "./agency-read-complaints.api.ts";
import { AgencyView } from "./complaint-views.ts";
import { areTextsOver, PromisePath, PromiseText } from "./promise.api.ts";

/** POST /v1/agency/complaints/{id}/actions/{n}/report: the agency reports a promised action as done. */
export const reportPromiseAsAgency = route({
  caller: "agency",
  summary: { en: "Report that a promised action was done", fa: "گزارش انجام اقدام وعده‌داده‌شده" },
  path: PromisePath,
  body: PromiseText.extend({ officer: SentOfficer }),
  answer: { status: 201, schema: AgencyView },
  problems: ["wrong-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const officer = await actingOfficer(request.principal, body.officer);
    const maskedTexts = maskByPattern({ text: body.text });
    const moved = await executeMove(request, async (complaint, context) => {
      const promise = {
        number: request.path.n,
        text: body.text,
        areTextsOver: await areTextsOver(complaint, context.now),
      };
      return reportPromise(complaint, { ...context, ...promise, officer, maskedTexts });
    });
    return asCreated(await agencyViewReply(moved, request.now));
  },
});
