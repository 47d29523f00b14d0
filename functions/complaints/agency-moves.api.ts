import * as z from "zod";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { Finding, PromisedAction, Status } from "#shared/complaints/complaint.ts";
import { extendedAnswerBy } from "#shared/complaints/deadlines.ts";
import { acknowledge, answer, extend } from "#shared/complaints/moves.ts";
import { maskByPattern } from "#shared/complaints/text-masker.store.ts";
import { actingOfficer, SentOfficer, signedInOfficer } from "#shared/people/acting-officer.store.ts";
import { longestReason, longestText, mostPromisedActions } from "#shared/policy-numbers.ts";
import { requireCategory } from "#shared/province/category.ts";
import { refuseCause } from "#shared/province/directory.ts";
import { confirmation, directory } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { addMilliseconds, milliseconds } from "#shared/time/duration.ts";
import { Slug } from "#shared/vocabulary.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { agencyViewReply } from "./agency-read-complaints.api.ts";
import { AgencyView } from "./complaint-views.ts";
import { prepareTransfer, TransferBody } from "./transfer.api.ts";

/** POST /v1/agency/complaints/{id}/acknowledgement: the agency confirms that it will answer, and names the officer. */
export const acknowledgeComplaint = route({
  caller: "agency",
  summary: { en: "Acknowledge a complaint and name the officer", fa: "اعلام دریافت شکایت و معرفی کارشناس" },
  path: ComplaintPath,
  body: z.strictObject({ officer: SentOfficer }),
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const officer = await actingOfficer(request.principal, body.officer);
    const moved = await executeMove(request, (complaint, context) => acknowledge(complaint, { officer, ...context }));
    return agencyViewReply(moved, request.now);
  },
});

/** POST /v1/agency/complaints/{id}/extension: extends the time to answer once. The citizen reads the reason. */
export const extendDeadline = route({
  caller: "agency",
  summary: { en: "Extend the time to answer, once", fa: "تمدید مهلت پاسخ، فقط یک بار" },
  path: ComplaintPath,
  body: z.strictObject({ reason: text({ min: 2, max: longestReason }) }),
  answer: { status: 200, schema: AgencyView },
  problems: [
    "wrong-state",
    "already-extended",
    "conflict-of-interest",
    "unknown-category",
    "version-outdated",
    "idempotency-key-reused",
  ],
  async run({ body, ...request }) {
    const maskedTexts = maskByPattern(body);
    const officer = await signedInOfficer(request.principal);
    const calendarOf = await readCalendars({ from: request.now });
    const moved = await executeMove(request, (complaint, context) => {
      const { category, countyId, answerBy } = complaint;
      const calendar = calendarOf(countyId);
      const extended = extendedAnswerBy({ category: requireCategory(category), answerBy, calendar });
      return extend(complaint, { ...body, ...context, officer, answerBy: extended, maskedTexts });
    });
    return agencyViewReply(moved, request.now);
  },
});

const Body = z.strictObject({
  officer: SentOfficer,
  finding: Finding,
  cause: Slug,
  text: text({ min: 2, max: longestText }),
  actions: z.array(PromisedAction).max(mostPromisedActions).default([]),
});

/**
 * POST /v1/agency/complaints/{id}/answer: answers with a finding, a cause, a text and promised actions. The citizen may then
 * accept or dispute the answer.
 */
export const answerComplaint = route({
  caller: "agency",
  summary: { en: "Answer a complaint with a finding", fa: "ثبت پاسخ شکایت همراه با نتیجهٔ رسیدگی" },
  path: ComplaintPath,
  body: Body,
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "conflict-of-interest", "retired", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const officer = await actingOfficer(request.principal, body.officer);
    const maskedTexts = maskByPattern({ text: body.text, actions: body.actions });
    const moved = await executeMove(request, (complaint, context) => {
      const confirmBy = addMilliseconds(context.now, milliseconds(confirmation.duration));
      const refusedCause = refuseCause(directory, { cause: body.cause, now: context.now });
      return answer(complaint, { ...body, ...context, officer, confirmBy, causeFault: refusedCause, maskedTexts });
    });
    return agencyViewReply(moved, request.now);
  },
});

const TransferReply = z.object({ id: z.string(), agencyId: z.string(), status: Status, version: z.int() });

/** POST /v1/agency/complaints/{id}/transfer: transfers the complaint. The caller's agency can no longer see it. */
export const transferComplaintAsAgency = route({
  caller: "agency",
  summary: { en: "Send the complaint on to the agency it concerns", fa: "ارجاع شکایت به دستگاه اجرایی مربوط" },
  path: ComplaintPath,
  body: TransferBody,
  answer: { status: 200, schema: TransferReply.meta({ id: "TransferResult" }) },
  problems: [
    "wrong-state",
    "transfer-limit",
    "unknown-agency",
    "retired",
    "not-allowed",
    "conflict-of-interest",
    "version-outdated",
    "idempotency-key-reused",
  ],
  async run({ body, ...request }) {
    const maskedTexts = maskByPattern({ reason: body.reason });
    const officer = await signedInOfficer(request.principal);
    const transfer = await prepareTransfer({ body, now: request.now, officer, maskedTextsOf: () => maskedTexts });
    const moved = await executeMove(request, transfer, { losesAccess: true });
    return { status: 200, body: TransferReply.parse(moved), headers: { etag: `"${moved.version}"` } };
  },
});
