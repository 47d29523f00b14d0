import * as z from "zod";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { Employee } from "#shared/complaints/complaint.ts";
import { addStatement, postMessage } from "#shared/complaints/remarks.ts";
import { maskByPattern } from "#shared/complaints/text-masker.store.ts";
import { actingOfficer, SentOfficer } from "#shared/people/acting-officer.store.ts";
import { longestText } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { agencyViewReply } from "./agency-read-complaints.api.ts";
import { AgencyView } from "./complaint-views.ts";

/** POST /v1/agency/complaints/{id}/messages: the officer writes to the citizen. An anonymous citizen can answer too. */
export const postMessageAsAgency = route({
  caller: "agency",
  summary: { en: "Write to the citizen", fa: "ارسال پیام به شهروند" },
  path: ComplaintPath,
  body: z.strictObject({ officer: SentOfficer, text: text({ min: 2, max: longestText }) }),
  answer: { status: 201, schema: AgencyView },
  problems: ["wrong-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const officer = await actingOfficer(request.principal, body.officer);
    const maskedTexts = maskByPattern({ text: body.text });
    const moved = await executeMove(request, (complaint, context) =>
      postMessage(complaint, { ...body, ...context, officer, maskedTexts }),
    );
    return asCreated(await agencyViewReply(moved, request.now));
  },
});

/** POST /v1/agency/complaints/{id}/statement: the employee's own statement, until 30 days after closing. */
export const addStatementAsAgency = route({
  caller: "agency",
  summary: { en: "Add the employee's statement", fa: "ثبت دفاعیهٔ کارمند" },
  path: ComplaintPath,
  body: z.strictObject({ employee: Employee, text: text({ min: 2, max: longestText }) }),
  answer: { status: 200, schema: AgencyView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const maskedTexts = maskByPattern({ text: body.text });
    const moved = await executeMove(request, (complaint, context) =>
      addStatement(complaint, { ...body, ...context, maskedTexts }),
    );
    return agencyViewReply(moved, request.now);
  },
});
