import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { reportPromise } from "#shared/domain/complaint/promises.ts";
import { AgencyView } from "#shared/domain/views/complaint-views.ts";
import { executeMove } from "#shared/persistence/complaints/moves.ts";
import { maskByPattern } from "../complaints/masking.ts";
import { areTextsDue, PromisePath, PromiseText } from "../complaints/promise.ts";
import { actingOfficer, SentOfficer } from "./officer.ts";
import { agencyViewReply } from "./read-complaints.ts";

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
    const masked = maskByPattern({ text: body.text });
    const moved = await executeMove(request, async (complaint, context) => {
      const promise = {
        number: request.path.n,
        text: body.text,
        areTextsDue: await areTextsDue(complaint, context.now),
      };
      return reportPromise(complaint, { ...context, ...promise, officer, masked });
    });
    return asCreated(await agencyViewReply(moved, request.now));
  },
});
