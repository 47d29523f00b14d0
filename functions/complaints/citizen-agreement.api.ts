import * as z from "zod";
import { attributionOf, createEntry } from "#shared/complaints/change.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { assertSecretRested } from "#shared/complaints/refusals.ts";
import { Fault } from "#shared/fault.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { answerConsentQuestion } from "../notices/notice-moves.ts";
import { NoticePath } from "../notices/notice-parameters.api.ts";
import { citizensWord } from "../notices/notice-status.ts";
import { noticeWrites, readNotice } from "../notices/notices.store.ts";
import { citizenViewReply } from "./citizen-view.api.ts";
import { CitizenView } from "./complaint-views.ts";

const Path = ComplaintPath.extend(NoticePath.shape);

/** The inspector who last renewed the complaint's secret, and so knows it. Undefined if nobody did, or if the system renewed it last. */
const renewerOf = (confidentialLog: readonly ConfidentialEntry[]) =>
  confidentialLog.findLast((entry) => entry.type === "secret-renewed")?.inspector;

/**
 * POST /v1/complaints/{id}/notices/{noticeId}/consent: the citizen lets a notice to an employee go on, or ends it. A front end may send
 * it for a citizen who gives id and secret.
 */
export const answerNoticeQuestion = route({
  caller: "citizen",
  summary: {
    en: "Agree that the employee is confronted, or not",
    fa: "موافقت یا مخالفت با در میان گذاشتن موضوع با کارمند",
  },
  path: Path,
  body: z.strictObject({ agrees: z.boolean() }),
  answer: { status: 200, schema: CitizenView },
  problems: ["notice-state", "wrong-state", "idempotency-key-reused"],
  async run({ body: { agrees }, ...request }) {
    const { noticeId } = request.path;
    const { complaint } = await executeConfidentialCommand(request, async (found, { confidentialLog, now, by }) => {
      const isOfComplaint = confidentialLog.some((one) => one.type === "notice-opened" && one.noticeId === noticeId);
      const notice = isOfComplaint ? await readNotice(noticeId) : undefined;
      if (!notice) throw new Fault("not-found");
      if (agrees && renewerOf(confidentialLog) === notice.openedBy)
        throw new Fault("notice-state", {
          reason: "secret-renewed-by-opener",
          values: { status: citizensWord(notice) },
        });
      // The citizen's no is refused too: until the 14 days are over, the notice waits, and silence ends it as a no does.
      assertSecretRested(found, { now });
      const type = agrees ? ("notice-agreed" as const) : ("notice-disagreed" as const);
      return {
        entries: createEntry(found, { now, by: attributionOf(by), payload: { type, noticeId } }),
        additionalWrites: noticeWrites(answerConsentQuestion(notice, { now, agrees })),
      };
    });
    return citizenViewReply(complaint, request.now);
  },
});
