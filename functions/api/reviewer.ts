import * as z from "zod";
import { noticeFileReply } from "#functions/api/notices/files.ts";
import { NoticeFilePath, NoticePath } from "#functions/api/notices/parameters.ts";
import { Paging, pageOf, readCursor, writeCursor } from "#functions/http/parameters.ts";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { Download } from "#shared/domain/attachments/download.ts";
import { Fault } from "#shared/domain/fault.ts";
import { passTime } from "#shared/domain/notices/notice-clock.ts";
import { judgeContest } from "#shared/domain/notices/notice-moves.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { NoticeRow, NoticeView } from "#shared/domain/views/notice-views.ts";
import { executeNoticeCommand } from "#shared/persistence/notices/commands.ts";
import { listNotices } from "#shared/persistence/notices/lists.ts";
import { readNotice } from "#shared/persistence/notices/notices.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { noticeReply, rowReply } from "./notices/read.ts";
import { createWordCheck } from "./notices/words-of-citizen.ts";

/** The reviewer reads only contested notices. Throws `not-found` for any other notice. */
async function assertContested(noticeId: string): Promise<void> {
  if (!(await readNotice(noticeId))?.contestedAt) throw new Fault("not-found");
}

/** GET /v1/reviewer/notices: the contests that wait for the reviewer, the next deadline first. */
const listContests = route({
  caller: "reviewer",
  summary: { en: "List the contests that wait", fa: "فهرست اعتراض‌های در انتظار رسیدگی" },
  query: Paging,
  answer: { status: 200, schema: pageOf(NoticeRow).meta({ id: "NoticesPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor }, now }) {
    const bound = { list: "contests" };
    const isContested = (one: Parameters<typeof passTime>[0]) => passTime(one, now).notice.status === "contested";
    const { items, next } = await listNotices({ limit, from: readCursor(cursor, bound), now, keep: isContested });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});

/** GET /v1/reviewer/notices/{noticeId}: a contested notice with every text. The audit records each reading. */
const readContest = route({
  caller: "reviewer",
  summary: {
    en: "Read a contested notice; the audit records it",
    fa: "مشاهدهٔ ابلاغیهٔ مورد اعتراض (در سابقه ثبت می‌شود)",
  },
  path: NoticePath,
  answer: { status: 200, schema: NoticeView },
  async run({ path: { noticeId }, now, principal }) {
    await assertContested(noticeId);
    return noticeReply(noticeId, { now, principal });
  },
});

/** GET /v1/reviewer/notices/{noticeId}/attachments/{attachmentId}: a link to a file of a contested notice. */
const readContestFile = route({
  caller: "reviewer",
  summary: { en: "Get a link to a file of a contested notice", fa: "دریافت پیوند فایل ابلاغیهٔ مورد اعتراض" },
  path: NoticeFilePath,
  answer: { status: 200, schema: Download },
  async run({ path, now }) {
    await assertContested(path.noticeId);
    return noticeFileReply(path, now);
  },
});

/** POST /v1/reviewer/notices/{noticeId}/decision: the reviewer upholds or overturns a contested decision. */
const judgeContestAsReviewer = route({
  caller: "reviewer",
  summary: { en: "Uphold or overturn a contested decision", fa: "رأی دربارهٔ اعتراض کارمند" },
  path: NoticePath,
  body: z.strictObject({
    outcome: z.enum(["upheld", "overturned"]),
    reasons: text({ min: 20, max: longestText }),
  }),
  quota: "identities",
  answer: { status: 201, schema: NoticeRow },
  problems: [
    "notice-state",
    "conflict-of-interest",
    "names-citizen",
    "too-many-requests",
    "version-outdated",
    "idempotency-key-reused",
  ],
  async run({ path: { noticeId }, body, principal, now, idempotencyKey, ifMatch }) {
    const wordCheck = createWordCheck({ principal, now, texts: { reasons: body.reasons } });
    await executeNoticeCommand({ noticeId, now, idempotencyKey, ifMatch, caller: "reviewer" }, async (found, at) => {
      const change = judgeContest(found, { now: at, person: principal.person, ...body });
      await wordCheck.refuseWordsOfCitizen(found.complaintId);
      return { change };
    });
    return { ...asCreated(await rowReply(noticeId, now)), quota: await wordCheck.quota() };
  },
});

/** The routes of the reviewer, who is outside the inspection centre and judges contested notices. */
export const routes = {
  "GET /v1/reviewer/notices": listContests,
  "GET /v1/reviewer/notices/{noticeId}": readContest,
  "GET /v1/reviewer/notices/{noticeId}/attachments/{attachmentId}": readContestFile,
  "POST /v1/reviewer/notices/{noticeId}/decision": judgeContestAsReviewer,
};
export const handler = serve({ routes, authenticate: authenticateByToken("reviewer") });
