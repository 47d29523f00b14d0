import { randomBytes } from "node:crypto";
import * as z from "zod";
import { ComplaintPath } from "#functions/http/parameters.ts";
import { route } from "#functions/http/route.ts";
import { attributionOf, createEntry } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { recordIdentityRead } from "#shared/domain/complaint/confidential-commands.ts";
import type { ConfidentialEntry } from "#shared/domain/complaint/confidential-log.ts";
import { noticeIdOf } from "#shared/domain/complaint/identifier.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault, invalidFault } from "#shared/domain/fault.ts";
import { openNotice } from "#shared/domain/notices/notice-opening.ts";
import { longestReason, longestText, mostNoticeEvidence } from "#shared/domain/policy-numbers.ts";
import { comparableName, singleLineText, text } from "#shared/domain/text.ts";
import { NoticeView } from "#shared/domain/views/notice-views.ts";
import { Slug } from "#shared/domain/vocabulary.ts";
import { auditWrite, countReads } from "#shared/persistence/audit.ts";
import { readComplaintRecordUpTo } from "#shared/persistence/complaints/complaints.ts";
import { readConfidentialRecord } from "#shared/persistence/complaints/confidential-log.ts";
import { executeConfidentialCommand } from "#shared/persistence/complaints/moves.ts";
import {
  employeeNameWrite,
  noticeWrites,
  readEmployeeNames,
  readNotices,
} from "#shared/persistence/notices/notices.ts";
import { smsNewsWrite } from "#shared/persistence/notifications/sms-news.ts";
import { readSignedInName } from "#shared/persistence/person-names.ts";
import { readPeopleInRole } from "#shared/persistence/roles.ts";
import { directory, identityReadsPerDay, personalCauses, sms } from "#shared/province/slices.static.ts";
import { namesTheCitizen } from "../complaints/masking.ts";
import { noticeReply } from "./read.ts";

const Opening = z.strictObject({
  /** The person whom the notice is put to, as far as the inspector knows. Confirmed at the service. */
  employee: z.strictObject({
    agencyId: Slug,
    officeId: Slug.optional(),
    name: singleLineText({ min: 2, max: 100 }),
  }),
  /** Numbers of the complaint's events on which the notice rests: reports of visits, and decisions. */
  evidence: z.array(z.int().min(1)).min(1).max(mostNoticeEvidence),
  allegation: text({ min: 20, max: longestText }),
  grounds: text({ min: 2, max: longestReason }),
});
type Opening = z.infer<typeof Opening>;

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
  body: Opening,
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
    const names = await namesTheCitizen({ text: body.allegation, reason: body.grounds });
    const { noticeId } = await executeConfidentialCommand(request, async (found, { confidentialLog, now: at, by }) => {
      if (names(found)) throw await noteGuess(found.id, { principal, now });
      const change = openNotice(await groundOf(found, confidentialLog), {
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

/** The agency and office must be ones of the province; a retired one may still have employees. */
function refuseUnknownOffice({ agencyId, officeId }: Opening["employee"]): void {
  const agency = directory.agencies.find(({ id }) => id === agencyId);
  if (!agency) throw new Fault("unknown-agency", { values: { agencyId } });
  if (officeId !== undefined && !agency.offices.some(({ id }) => id === officeId))
    throw invalidFault("employee.officeId", "unknown-office");
}

async function groundOf(complaint: Complaint, confidentialLog: readonly ConfidentialEntry[]) {
  const noticeIds = confidentialLog.flatMap((entry) => (entry.type === "notice-opened" ? entry.noticeId : []));
  const [{ events }, { visits }, inspectors, reviewers, notices, names] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecord(complaint.id),
    readPeopleInRole("inspector"),
    readPeopleInRole("reviewer"),
    readNotices(noticeIds),
    readEmployeeNames(noticeIds),
  ]);
  return {
    complaint,
    events,
    isCausePersonal: complaint.cause !== undefined && personalCauses.includes(complaint.cause),
    inspectors,
    visitors: visits.flatMap(({ inspector, cancelledAt }) => (inspector && !cancelledAt ? inspector : [])),
    hasReviewer: reviewers.length > 0,
    others: notices.map(({ id, agencyId }) => ({ agencyId, name: comparableName(names.get(id) ?? "") })),
  };
}

/**
 * A text with something that the citizen gave is refused, and the refusal answers a guess. So it counts like a reading of the
 * identity, and the citizen sees it. Returns the refusal.
 */
async function noteGuess(
  id: string,
  { principal, now }: { principal: PrincipalOf<"inspector">; now: string },
): Promise<Fault> {
  const { clientId, person } = principal;
  await countReads({ sub: person, now, name: "identities", maximum: identityReadsPerDay });
  const name = await readSignedInName(person);
  await executeConfidentialCommand({ path: { id }, principal, now }, (found, context) => {
    const entry = recordIdentityRead(found, { ...context, name });
    const audit = auditWrite({ type: "identity-read", at: entry.at, complaintId: id, clientId, person });
    return { entries: entry, additionalWrites: [audit] };
  });
  return new Fault("names-citizen");
}
