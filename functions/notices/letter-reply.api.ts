import { Fault } from "#shared/fault.ts";
import { complaintSecrets } from "#shared/identifier.ts";
import { persianAgencyNames } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { noticeLetter } from "./letter.ts";
import type { Notice } from "./notice.ts";
import { executeNoticeCommand, type NoticeRequest } from "./notice-commands.store.ts";
import type { NoticeChange } from "./notice-events.ts";
import { readEmployeeNames } from "./notices.store.ts";

type LetterRequest = Pick<NoticeRequest, "now" | "idempotencyKey" | "ifMatch"> & {
  path: { noticeId: string };
  principal: { person: string };
  caller: "inspector" | "reviewer";
};
type Decide = (notice: Notice, acting: { now: Instant; person: string }) => NoticeChange | Promise<NoticeChange>;

/** Makes a move that gives the notice a new letter, and answers with the letter and its secret. */
export async function letterReply(
  { path: { noticeId }, principal: { person }, ...request }: LetterRequest,
  decide: Decide,
) {
  const notice = await executeNoticeCommand({ ...request, noticeId }, async (found, at) => ({
    change: await decide(found, { now: at, person }),
  }));
  const { letter, secretGeneration } = notice;
  // A repetition shows the secret again only to the person who printed it, and only while the secret works.
  if (letter?.printedBy !== person || letter.openedAt)
    throw new Fault("notice-state", { values: { status: notice.status } });
  const [pepper, employeeNames] = await Promise.all([readPepper(), readEmployeeNames([noticeId])]);
  const body = noticeLetter({
    id: noticeId,
    secret: complaintSecrets(pepper, noticeId, secretGeneration).secret,
    address: `${env("PUBLIC_URL")}/notice`,
    employee: employeeNames.get(noticeId) ?? "",
    agency: persianAgencyNames[notice.agencyId] ?? "",
    printedAt: letter.printedAt,
  });
  return { status: 201, body };
}
