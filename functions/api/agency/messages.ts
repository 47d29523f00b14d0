import * as z from "zod";
import { ComplaintPath } from "#functions/http/parameters.ts";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { Employee } from "#shared/domain/complaint/complaint.ts";
import { addStatement, postMessage } from "#shared/domain/complaint/remarks.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { AgencyView } from "#shared/domain/views/complaint-views.ts";
import { executeMove } from "#shared/persistence/complaints/moves.ts";
import { maskByPattern } from "../complaints/masking.ts";
import { actingOfficer, SentOfficer } from "./officer.ts";
import { agencyViewReply } from "./read-complaints.ts";

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
    const masked = maskByPattern({ text: body.text });
    const moved = await executeMove(request, (complaint, context) =>
      postMessage(complaint, { ...body, ...context, officer, masked }),
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
    const masked = maskByPattern({ text: body.text });
    const moved = await executeMove(request, (complaint, context) =>
      addStatement(complaint, { ...body, ...context, masked }),
    );
    return agencyViewReply(moved, request.now);
  },
});
