import * as z from "zod";
import { callProgress, recordIssueAnswer } from "#shared/complaints/call-backs.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { IssueAnswer } from "#shared/complaints/issue-calls.ts";
import { Fault } from "#shared/fault.ts";
import { route } from "../http/route.ts";
import { countAnswerWrite, readIssueCall } from "../issues/issue-calls.store.ts";
import { CallPath } from "./call-id.api.ts";
import { readCallState } from "./call-list.store.ts";
import { CallProgress, complaintCommand } from "./progress.api.ts";

const Body = z.strictObject({ answer: IssueAnswer });

/**
 * POST /v1/front-end/calls/{callId}/issue-answer: records whether the citizen says that the issue is mended. The answer is only counted; the citizen's log says
 * that the citizen was asked. A citizen answers once in each round.
 */
export const recordAnswerAboutIssue = route({
  caller: "front-end",
  summary: {
    en: "Record whether a called citizen says that an issue is mended",
    fa: "پاسخ شهروند در تماس دربارهٔ رفع شدن مشکل",
  },
  path: CallPath,
  body: Body,
  answer: { status: 200, schema: CallProgress },
  problems: ["not-allowed", "call-not-opened", "idempotency-key-reused"],
  async run({ body: { answer }, ...request }) {
    const command = await complaintCommand(request);
    const { id } = command.path;
    const { issueCall } = await readIssueCall(id, request.now);
    await executeConfidentialCommand(command, (complaint, context) => {
      const entries = recordIssueAnswer(complaint, { ...context, issueCall });
      return { entries, additionalWrites: issueCall ? [countAnswerWrite(issueCall, answer)] : [] };
    });
    const state = await readCallState(id, request.now);
    if (!state) throw new Fault("not-found");
    const question = { ...state.question, issueCall };
    return { status: 200, body: { ...request.path, ...callProgress(state.complaint, question) } };
  },
});
