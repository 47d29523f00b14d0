import { Fault } from "#shared/fault.ts";
import { readPersonNames } from "#shared/people/person-names.store.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { saveAuditEntry } from "../audit/audit.store.ts";
import { Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { passTime } from "./notice-clock.ts";
import { listNoticeFiles } from "./notice-files.store.ts";
import { listNotices } from "./notice-lists.store.ts";
import { NoticePath } from "./notice-parameters.api.ts";
import { NoticeRow, NoticeView, noticeRow, noticeView } from "./notice-views.ts";
import { readEmployeeNames, readNotice, readNoticeRecord } from "./notices.store.ts";
import { readTies } from "./ties.api.ts";

type Reading = { now: string; principal: PrincipalOf<"inspector" | "reviewer"> };

/** The answer to a move on a notice: its state. It has no texts and names, so a repetition gets the same answer and the audit records no reading. */
export async function rowReply(id: string, now: string) {
  const notice = await readNotice(id);
  if (!notice) throw new Fault("not-found");
  return okReply(noticeRow(notice, now));
}

/** The notice as it is now, with every text. Each reading is recorded in the audit before it is answered. */
export async function noticeReply(id: string, { now, principal }: Reading) {
  const record = await readNoticeRecord(id);
  const present = record && passTime(record.notice, now).notice;
  // An entry that has expired leaves every view.
  if (!record || !present || present.status === "expired") throw new Fault("not-found");
  const { clientId, person } = principal;
  await saveAuditEntry({ type: "notice-read", at: now, noticeId: id, clientId, person });
  const subs = record.events.flatMap((event) => event.person ?? []);
  const [names, people, files, ties] = await Promise.all([
    readEmployeeNames([id]),
    readPersonNames(subs),
    listNoticeFiles(id, now),
    readTies(present, principal),
  ]);
  const mover = { by: principal, now, ...ties };
  const view = noticeView(record, { mover, name: names.get(id) ?? "", people: Object.fromEntries(people), files });
  return okReply(view);
}

/** GET /v1/inspector/notices/{noticeId}: a notice with every text. The audit records each reading. */
export const readNoticeAsInspector = route({
  caller: "inspector",
  summary: {
    en: "Read a notice to an employee; the audit records it",
    fa: "مشاهدهٔ ابلاغیه به کارمند (در سابقه ثبت می‌شود)",
  },
  path: NoticePath,
  answer: { status: 200, schema: NoticeView },
  run: ({ path, now, principal }) => noticeReply(path.noticeId, { now, principal }),
});

/** GET /v1/inspector/notices: the running notices, the next deadline first. */
export const listNoticesAsInspector = route({
  caller: "inspector",
  summary: { en: "List the notices to employees that are not over", fa: "فهرست ابلاغیه‌های جاری به کارمندان" },
  query: Paging,
  answer: { status: 200, schema: pageOf(NoticeRow).meta({ id: "NoticesPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor }, now }) {
    const bound = { list: "notices" };
    const { items, next } = await listNotices({ limit, from: readCursor(cursor, bound), now });
    return { status: 200, body: { items, nextCursor: writeCursor(next, bound) } };
  },
});
