import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { Download } from "#shared/files/download.ts";
import { longestText } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { NoticeLetter } from "./letter.ts";
import { letterReply } from "./letter-reply.api.ts";
import { passTime } from "./notice-clock.ts";
import { noticeFileReply } from "./notice-files.api.ts";
import { noticeMoveRules } from "./notice-lifecycle.ts";
import { listNotices } from "./notice-lists.store.ts";
import { handOverLetter, judgeContest } from "./notice-moves.ts";
import { NoticeFilePath, NoticePath } from "./notice-parameters.api.ts";
import { NoticeRow, NoticeView } from "./notice-views.ts";
import { readNotice } from "./notices.store.ts";
import { checkedMoveReply } from "./officials-move.api.ts";
import { noticeReply } from "./read-notices.api.ts";
import { readReviewersTies } from "./ties.api.ts";

/**
 * The reviewer reads notices that were contested, and those whose employee may come and say that somebody else answered. Throws
 * `not-found` for any other notice.
 */
async function assertReadable(noticeId: string, now: Instant): Promise<void> {
  const notice = await readNotice(noticeId);
  const isServed = notice && noticeMoveRules["hand-over-letter"].from.includes(passTime(notice, now).notice.status);
  if (!notice?.contestedAt && !isServed) throw new Fault("not-found");
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

/** GET /v1/reviewer/notices/{noticeId}: a served notice with every text. The audit records each reading. */
const readContest = route({
  caller: "reviewer",
  summary: {
    en: "Read a served or contested notice; the audit records it",
    fa: "مشاهدهٔ ابلاغیهٔ ابلاغ‌شده یا مورد اعتراض (در سابقه ثبت می‌شود)",
  },
  path: NoticePath,
  answer: { status: 200, schema: NoticeView },
  async run({ path: { noticeId }, now, principal }) {
    await assertReadable(noticeId, now);
    return noticeReply(noticeId, { now, principal });
  },
});

/** GET /v1/reviewer/notices/{noticeId}/attachments/{attachmentId}: a link to a file of a contested notice. */
const readContestFile = route({
  caller: "reviewer",
  summary: { en: "Get a link to a file of a contested notice", fa: "دریافت پیوند فایل ابلاغیهٔ مورد اعتراض" },
  path: NoticeFilePath,
  answer: { status: 200, schema: Download },
  async run({ path, now, principal }) {
    await assertReadable(path.noticeId, now);
    return noticeFileReply({ path, now, principal });
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
  run: ({ body, ...request }) =>
    checkedMoveReply(request, {
      texts: { reasons: body.reasons },
      decide: async (notice, acting) =>
        judgeContest(notice, { ...acting, ...body, ...(await readReviewersTies(notice, acting.person)) }),
    }),
});

/**
 * POST /v1/reviewer/notices/{noticeId}/letter: the reviewer saw the identity card of an employee who says that the opening or the answer
 * was somebody else's, and hands over a new letter against signature. That is the service; the employee is heard anew, once.
 */
const handOverLetterAsReviewer = route({
  caller: "reviewer",
  summary: {
    en: "Hand over a new letter, which reopens the hearing",
    fa: "دادن نامهٔ تازه، که شنیدن را از نو آغاز می‌کند",
  },
  path: NoticePath,
  body: z.strictObject({}),
  answer: { status: 201, schema: NoticeLetter },
  problems: ["notice-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  run: (request) =>
    letterReply(request, async (notice, acting) =>
      handOverLetter(notice, { ...acting, ...(await readReviewersTies(notice, acting.person)) }),
    ),
});

/** The routes of the reviewer, who is outside the inspection centre, judges contested notices, and has employees heard anew. */
export const routes = {
  "GET /v1/reviewer/notices": listContests,
  "GET /v1/reviewer/notices/{noticeId}": readContest,
  "GET /v1/reviewer/notices/{noticeId}/attachments/{attachmentId}": readContestFile,
  "POST /v1/reviewer/notices/{noticeId}/decision": judgeContestAsReviewer,
  "POST /v1/reviewer/notices/{noticeId}/letter": handOverLetterAsReviewer,
};
export const handler = serve({ routes, authenticate: authenticateByToken("reviewer") });
