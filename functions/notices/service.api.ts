import * as z from "zod";
import { AttachmentId } from "#shared/files/attachment.ts";
import { PersonnelId } from "#shared/people/people.ts";
import { singleLineText } from "#shared/text.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { ServiceWay } from "./notice.ts";
import { assertFilesReady } from "./notice-files.store.ts";
import { confirmService, recordService } from "./notice-moves.ts";
import { EmployeeName } from "./notice-opening.ts";
import { NoticePath } from "./notice-parameters.api.ts";
import { NoticeRow } from "./notice-views.ts";
import { employeeNameWrite } from "./notices.store.ts";
import { executeOfficialsMove } from "./officials-move.api.ts";
import { rowReply } from "./read-notices.api.ts";
import { createWordCheck, refuseNumbersOfPersons } from "./words-of-citizen.api.ts";

const problems = ["notice-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"] as const;

/** The personnel office finds an entry by this id. It is never empty, and digits of every script become the same digits. */
const TypedEmployment = z.union([
  z.strictObject({ personnelId: PersonnelId }),
  z.strictObject({ employer: singleLineText({ max: 200 }) }),
]);

/**
 * POST /v1/inspector/notices/{noticeId}/service: an inspector records how the letter reached the employee, with the scan of the
 * signatures, and with the name and employment that the employee stated. The service counts once a second inspector has confirmed it.
 */
export const recordServiceAsInspector = route({
  caller: "inspector",
  summary: { en: "Record how the letter was served", fa: "ثبت ابلاغ نامه به کارمند" },
  path: NoticePath,
  body: z.strictObject({ way: ServiceWay, name: EmployeeName, employment: TypedEmployment, scan: AttachmentId }),
  quota: "identities",
  answer: { status: 201, schema: NoticeRow },
  problems: [...problems, "names-citizen", "too-many-requests"],
  async run({ body: { name, ...served }, ...request }) {
    const { principal, now } = request;
    const { noticeId } = request.path;
    refuseNumbersOfPersons({ name });
    const { employment } = served;
    const texts: Record<string, string> =
      "employer" in employment ? { "employment.employer": employment.employer } : {};
    const wordCheck = createWordCheck({ principal, now, texts });
    await executeOfficialsMove(request, async (found, acting) => {
      const change = recordService(found, { ...acting, ...served });
      await assertFilesReady(noticeId, { ids: [served.scan], by: "inspector", now, path: "scan" });
      await wordCheck.refuseWordsOfCitizen(found);
      return { change, additionalWrites: [employeeNameWrite(change.notice, name)] };
    });
    return { ...asCreated(await rowReply(noticeId, now)), quota: await wordCheck.quota() };
  },
});

/**
 * POST /v1/inspector/notices/{noticeId}/service/confirmation: a second inspector has compared the scan with the record. The
 * employee's time begins. `number` is that of the record in the notice's history.
 */
export const confirmServiceAsInspector = route({
  caller: "inspector",
  summary: { en: "Confirm the service as a second inspector", fa: "تأیید ابلاغ از سوی بازرس دوم" },
  path: NoticePath,
  body: z.strictObject({ number: z.int().min(1) }),
  answer: { status: 201, schema: NoticeRow },
  problems,
  async run({ body: { number }, ...request }) {
    await executeOfficialsMove(request, (found, acting) => ({ change: confirmService(found, { ...acting, number }) }));
    return asCreated(await rowReply(request.path.noticeId, request.now));
  },
});
