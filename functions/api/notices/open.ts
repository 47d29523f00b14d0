import { randomBytes } from "node:crypto";
import { ComplaintPath } from "#functions/http/parameters.ts";
import { route } from "#functions/http/route.ts";
import { attributionOf, createEntry } from "#shared/domain/complaint/change.ts";
import { noticeIdOf } from "#shared/domain/complaint/identifier.ts";
import { Fault } from "#shared/domain/fault.ts";
import { NoticeOpening, openNotice } from "#shared/domain/notices/notice-opening.ts";
import { comparableName } from "#shared/domain/text.ts";
import { NoticeView } from "#shared/domain/views/notice-views.ts";
import { executeConfidentialCommand } from "#shared/persistence/complaints/moves.ts";
import { employeeNameWrite, noticeWrites } from "#shared/persistence/notices/notices.ts";
import { smsNewsWrite } from "#shared/persistence/notifications/sms-news.ts";
import { sms } from "#shared/province/slices.static.ts";
import { findWordsOfCitizen, refuseGuess } from "./citizen-guess.ts";
import { readGround, refuseUnknownOffice } from "./ground.ts";
import { noticeReply } from "./read.ts";

/**
 * POST /v1/inspector/complaints/{id}/notices: an inspector puts to an employee what an inspector established. The citizen is asked
 * first, and reads exactly this text.
 */
export const openNoticeAsInspector = route({
  caller: "inspector",
  summary: {
    en: "Open a notice to an employee; the citizen is asked first",
    fa: "باز کردن اخطار به کارمند؛ نخست از شهروند پرسیده می‌شود",
  },
  path: ComplaintPath,
  body: NoticeOpening,
  answer: { status: 201, schema: NoticeView },
  problems: [
    "wrong-state",
    "notice-exists",
    "inspectors-missing",
    "names-citizen",
    "too-many-requests",
    "idempotency-key-reused",
  ],
  async run({ body, ...request }) {
    const { principal, now } = request;
    refuseUnknownOffice(body.employee);
    const namesCitizen = await findWordsOfCitizen({ allegation: body.allegation, grounds: body.grounds });
    const { noticeId } = await executeConfidentialCommand(request, async (found, { confidentialLog, now: at, by }) => {
      if (namesCitizen(found)) await refuseGuess(found.id, { principal, now });
      const change = openNotice(await readGround(found, confidentialLog), {
        ...body,
        id: noticeIdOf(randomBytes(5)),
        employee: { ...body.employee, name: comparableName(body.employee.name) },
        inspector: principal.person,
        now: at,
      });
      const { id } = change.notice;
      return {
        entries: createEntry(found, {
          now: at,
          by: attributionOf(by),
          payload: { type: "notice-opened", noticeId: id },
        }),
        additionalWrites: [
          ...noticeWrites(change),
          employeeNameWrite(id, body.employee.name),
          ...(sms ? [smsNewsWrite({ complaintId: found.id, at })] : []),
        ],
      };
    });
    if (!noticeId) throw new Fault("unavailable");
    return noticeReply(noticeId, { now, status: 201, principal });
  },
});
