import { complaintSecrets } from "#shared/identifier.ts";
import { persianAgencyNames } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import { noticeLetter } from "./letter.ts";
import { noticeStateFault } from "./notice-lifecycle.ts";
import { readEmployeeNames } from "./notices.store.ts";
import {
  executeOfficialsMove,
  type OfficialsDecision,
  type OfficialsRequest,
  withMovesOf,
} from "./officials-move.api.ts";

/** Makes a move that gives the notice a new letter, and answers with the letter and its secret. */
export async function letterReply(request: OfficialsRequest, decide: OfficialsDecision) {
  const { principal, now } = request;
  const { noticeId } = request.path;
  const notice = await executeOfficialsMove(request, async (found, acting) => ({
    change: await decide(found, acting),
  }));
  const { letter, secretGeneration } = notice;
  // A repetition shows the secret again only to the person who printed it, and only while the secret works.
  if (letter?.printedBy !== principal.person || letter.openedAt)
    throw await withMovesOf(noticeStateFault(notice), { found: notice, now, principal });
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
