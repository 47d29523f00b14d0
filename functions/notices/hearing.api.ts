import * as z from "zod";
import { longestText } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { assertFilesReady } from "./notice-files.store.ts";
import { answerQuestion, recordPaperAnswer } from "./notice-moves.ts";
import { NoticePath, NoticeText, QuestionPath } from "./notice-parameters.api.ts";
import { NoticeRow } from "./notice-views.ts";
import { checkedMoveReply, executeOfficialsMove } from "./officials-move.api.ts";
import { rowReply } from "./read-notices.api.ts";
import { maskedByForm } from "./words-of-citizen.api.ts";

/** POST /v1/inspector/notices/{noticeId}/questions/{number}: an inspector answers the employee's question, and the employee's time continues. */
export const answerQuestionAsInspector = route({
  caller: "inspector",
  summary: { en: "Answer a question of the employee", fa: "پاسخ به پرسش کارمند" },
  path: QuestionPath,
  body: z.strictObject({ text: text({ min: 2, max: longestText }) }),
  quota: "identities",
  answer: { status: 201, schema: NoticeRow },
  problems: ["notice-state", "names-citizen", "too-many-requests", "version-outdated", "idempotency-key-reused"],
  run: ({ body, ...request }) =>
    checkedMoveReply(request, {
      texts: body,
      decide: (notice, acting) => answerQuestion(notice, { ...acting, number: request.path.number, ...body }),
    }),
});

/**
 * POST /v1/inspector/notices/{noticeId}/answer: an inspector who did not open the notice types in the employee's answer on paper,
 * with its scan. It is the employee's text, so it is not compared with the citizen's identity.
 */
export const recordPaperAnswerAsInspector = route({
  caller: "inspector",
  summary: { en: "Type in the employee's answer on paper", fa: "ثبت پاسخ کاغذی کارمند" },
  path: NoticePath,
  body: NoticeText,
  answer: { status: 201, schema: NoticeRow },
  problems: ["notice-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  async run({ body: { attachments, ...said }, ...request }) {
    const { noticeId } = request.path;
    const { now } = request;
    await executeOfficialsMove(request, async (found, acting) => {
      const answer = { text: maskedByForm(said.text), attachments };
      const change = recordPaperAnswer(found, { ...acting, ...answer });
      await assertFilesReady(noticeId, { ids: attachments ?? [], by: "inspector", now, path: "attachments" });
      return { change };
    });
    return asCreated(await rowReply(noticeId, now));
  },
});
