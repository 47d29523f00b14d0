import { randomBytes } from "node:crypto";
import { attributionOf, createEntry } from "#shared/complaints/change.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { Fault } from "#shared/fault.ts";
import { noticeIdOf } from "#shared/identifier.ts";
import { readSignedInName } from "#shared/people/person-names.store.ts";
import { identityReadsPerDay, sms } from "#shared/province/slices.static.ts";
import { comparableName } from "#shared/text.ts";
import { countReads } from "../audit/audit.store.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { smsNewsWrite } from "../messages/sms-news.store.ts";
import { openingProblems, readGround, refuseUnknownOffice } from "./ground.api.ts";
import { NoticeOpening, openNotice } from "./notice-opening.ts";
import { NoticeRow } from "./notice-views.ts";
import { employeeNameWrite, noticeWrites } from "./notices.store.ts";
import { rowReply } from "./read-notices.api.ts";
import { findWordsOfCitizen, noteGuess, refuseNumbersOfPersons } from "./words-of-citizen.api.ts";

/**
 * POST /v1/inspector/complaints/{id}/notices: an inspector opens a notice on facts that an inspector established. The citizen is asked
 * first, and reads exactly this text.
 */
export const openNoticeAsInspector = route({
  caller: "inspector",
  summary: {
    en: "Open a notice to an employee; the citizen is asked first",
    fa: "تنظیم ابلاغیه برای کارمند؛ نخست از شهروند پرسیده می‌شود",
  },
  path: ComplaintPath,
  body: NoticeOpening,
  quota: "identities",
  answer: { status: 201, schema: NoticeRow },
  problems: openingProblems,
  async run({ body, ...request }) {
    const { principal, now } = request;
    const { employee, allegation, grounds } = body;
    refuseUnknownOffice(employee);
    refuseNumbersOfPersons({ "employee.name": employee.name });
    const namesCitizen = await findWordsOfCitizen({ allegation, grounds }, { employeeName: employee.name });
    const name = await readSignedInName(principal.person);
    let counted: ReturnType<typeof countReads> | undefined;
    const { noticeId } = await executeConfidentialCommand(request, async (found, context) => {
      const { confidentialLog, now: at, by } = context;
      const ground = await readGround(found, { confidentialLog, agencyId: employee.agencyId, now: at });
      const change = openNotice(ground, {
        ...body,
        id: noticeIdOf(randomBytes(5)),
        employee: { ...employee, name: comparableName(employee.name) },
        inspector: principal.person,
        now: at,
      });
      // The answer shows whether the texts have a word of the citizen's identity. Each attempt therefore counts, before the comparison.
      counted ??= countReads({ sub: principal.person, now, name: "identities", maximum: identityReadsPerDay });
      await counted;
      if (namesCitizen(found)) return noteGuess(found, { ...context, name });
      const { id } = change.notice;
      return {
        entries: createEntry(found, {
          now: at,
          by: attributionOf(by),
          payload: { type: "notice-opened", noticeId: id },
        }),
        additionalWrites: [
          ...noticeWrites(change),
          employeeNameWrite(change.notice, employee.name),
          ...(sms ? [smsNewsWrite({ complaintId: found.id, at })] : []),
        ],
      };
    });
    // A repetition of a refused request finds its record, which names no notice.
    if (!noticeId) throw new Fault("names-citizen");
    const { quota } = (await counted) ?? {};
    return { ...asCreated(await rowReply(noticeId, now)), quota };
  },
});
