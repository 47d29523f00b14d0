import * as z from "zod";
import { longestText } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { EmployeeNotice } from "./employee-notice.ts";
import { noticeReply } from "./employee-read.api.ts";
import type { Notice } from "./notice.ts";
import { executeNoticeCommand } from "./notice-commands.store.ts";
import type { NoticeChange } from "./notice-events.ts";
import { assertFilesReady } from "./notice-files.store.ts";
import { answerNotice, askQuestion, contestDecision, extendAnswer } from "./notice-moves.ts";
import { NoticePath, NoticeText } from "./notice-parameters.api.ts";
import { maskedByForm } from "./words-of-citizen.api.ts";

const Said = z.strictObject({ text: text({ min: 2, max: longestText }) });
const shared = { caller: "employee", path: NoticePath, answer: { status: 201, schema: EmployeeNotice } } as const;

type Acting = {
  principal: { noticeId: string };
  now: Instant;
  idempotencyKey: Parameters<typeof executeNoticeCommand>[0]["idempotencyKey"];
};

async function act({ principal: { noticeId }, now, idempotencyKey }: Acting, decide: Decide) {
  await executeNoticeCommand({ noticeId, now, idempotencyKey }, async (found, at) => ({
    change: await decide(found, at),
  }));
  return asCreated(await noticeReply(noticeId, { now }));
}
type Decide = (notice: Notice, now: Instant) => NoticeChange | Promise<NoticeChange>;

/** POST /v1/notices/{noticeId}/answer: the employee answers, once. Numbers and addresses of people in the text are masked. */
export const answerAsEmployee = route({
  ...shared,
  summary: { en: "Answer the notice", fa: "پاسخ به ابلاغیه" },
  body: NoticeText,
  problems: ["notice-state", "idempotency-key-reused"],
  run({ body, ...request }) {
    const { now, principal } = request;
    const attachments = body.attachments ?? [];
    return act(request, async (found, at) => {
      const change = answerNotice(found, { now: at, text: maskedByForm(body.text), attachments });
      await assertFilesReady(principal.noticeId, { ids: attachments, by: "employee", now, path: "attachments" });
      return change;
    });
  },
});

/** POST /v1/notices/{noticeId}/extension: the employee takes five more days, once. */
export const extendAsEmployee = route({
  ...shared,
  summary: { en: "Take five more days for the answer", fa: "پنج روز مهلت بیشتر برای پاسخ" },
  body: z.strictObject({}),
  problems: ["notice-state", "already-extended", "idempotency-key-reused"],
  run: (request) => act(request, (found, now) => extendAnswer(found, { now })),
});

/** POST /v1/notices/{noticeId}/questions: the employee asks an inspector; the time for the answer stops until the reply. */
export const askAsEmployee = route({
  ...shared,
  summary: { en: "Ask an inspector", fa: "پرسش از بازرس" },
  body: Said,
  problems: ["notice-state", "idempotency-key-reused"],
  run: ({ body, ...request }) =>
    act(request, (found, now) => askQuestion(found, { now, text: maskedByForm(body.text) })),
});

/** POST /v1/notices/{noticeId}/contest: the employee contests the decision; the reviewer judges. */
export const contestAsEmployee = route({
  ...shared,
  summary: { en: "Contest the decision", fa: "اعتراض به تصمیم" },
  body: Said,
  problems: ["notice-state", "idempotency-key-reused"],
  run: ({ body, ...request }) =>
    act(request, (found, now) => contestDecision(found, { now, text: maskedByForm(body.text) })),
});
