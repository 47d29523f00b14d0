import * as z from "zod";
import { callProgress, recordIssueAnswer } from "#shared/complaints/call-backs.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { IssueAnswer } from "#shared/complaints/issue-calls.ts";
import { hmacHex } from "#shared/digest.ts";
import { Fault } from "#shared/fault.ts";
import type { IdempotencyKey } from "#shared/storage/commands.ts";
import { readMaskKey } from "#shared/storage/secrets.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { countAnswerWrite, readIssueCall } from "../issues/issue-calls.store.ts";
import { readCallState } from "./call-list.store.ts";
import { CallProgress, withoutIfMatch } from "./progress.api.ts";

const Body = z.strictObject({ answer: IssueAnswer });

/** A plain digest of a body that has nothing but yes or no could be compared with both, and the digests of all complaints with each other. */
function withKeyedBody(key: IdempotencyKey | undefined, secret: string, id: string): IdempotencyKey | undefined {
  return key && { ...key, bodyMac: hmacHex(secret, "issue-answer", id, key.bodyMac) };
}

/**
 * POST /v1/front-end/calls/{id}/issue-answer: records whether the citizen says that the issue is mended. The answer is only counted; the citizen's log says
 * that the citizen was asked. A citizen answers once in each round.
 */
export const recordAnswerAboutIssue = route({
  caller: "front-end",
  summary: {
    en: "Record whether a called citizen says that an issue is mended",
    fa: "پاسخ شهروند در تماس دربارهٔ رفع شدن مشکل",
  },
  path: ComplaintPath,
  body: Body,
  answer: { status: 200, schema: CallProgress },
  problems: ["not-allowed", "idempotency-key-reused"],
  async run({ body: { answer }, ...request }) {
    const { id } = request.path;
    const { issueCall } = await readIssueCall(id, request.now);
    const idempotencyKey = withKeyedBody(request.idempotencyKey, await readMaskKey(), id);
    await executeConfidentialCommand(withoutIfMatch({ ...request, idempotencyKey }), (complaint, context) => {
      const entries = recordIssueAnswer(complaint, { ...context, issueCall });
      return { entries, additionalWrites: issueCall ? [countAnswerWrite(issueCall, answer)] : [] };
    });
    const state = await readCallState(id, request.now);
    if (!state) throw new Fault("not-found");
    const question = { ...state.question, issueCall };
    return { status: 200, body: { id, ...callProgress(state.complaint, question) } };
  },
});
