import { randomBytes } from "node:crypto";
import * as z from "zod";
import { executeConfidentialCommand, executeMove } from "#shared/complaints/commands.store.ts";
import { giveOpinion } from "#shared/complaints/confidential-commands.ts";
import { pressuredWrites } from "#shared/complaints/confidential-log.store.ts";
import { Opinion } from "#shared/complaints/confidential-log.ts";
import { postMessage } from "#shared/complaints/remarks.ts";
import { createTextMasker } from "#shared/complaints/text-masker.store.ts";
import { Announcement } from "#shared/files/attachment.ts";
import { uploadForm } from "#shared/files/links.store.ts";
import { UploadForm } from "#shared/files/upload-form.ts";
import { longestText } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import { announceAttachment } from "../files/complaint-files.store.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { citizenViewReply } from "./citizen-view.api.ts";
import { CitizenView } from "./complaint-views.ts";

/** POST /v1/complaints/{id}/messages: the citizen writes to the agency and the inspectors. */
export const postMessageAsCitizen = route({
  caller: "citizen",
  summary: { en: "Write to those who work on the complaint", fa: "ارسال پیام به رسیدگی‌کنندگان" },
  path: ComplaintPath,
  body: z.strictObject({ text: text({ min: 2, max: longestText }) }),
  answer: { status: 201, schema: CitizenView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const maskedTextsOf = await createTextMasker(body);
    const moved = await executeMove(request, (complaint, context) =>
      postMessage(complaint, { ...body, ...context, maskedTexts: maskedTextsOf(complaint) }),
    );
    return asCreated(await citizenViewReply(moved, request.now));
  },
});

/** POST /v1/complaints/{id}/attachments: the citizen announces a file and gets a signed form to upload exactly this file. */
export const addAttachment = route({
  caller: "citizen",
  summary: { en: "Announce a file and get the form to send it with", fa: "اعلام پیوست و دریافت فرم ارسال آن" },
  path: ComplaintPath,
  body: Announcement,
  answer: { status: 201, schema: UploadForm },
  problems: ["not-allowed", "wrong-state", "too-many-requests", "idempotency-key-reused"],
  async run({ principal, body, now, idempotencyKey }) {
    const { complaintId } = principal;
    const newId = randomBytes(16).toString("hex");
    const announced = { attachmentId: newId, announcement: body, idempotencyKey, now };
    const attachment = await announceAttachment({ by: principal, ...announced });
    // A repeated request gets the id of its first announcement. A new form is signed only while the file is awaited.
    const { attachmentId } = attachment;
    const form = await uploadForm({ ownerId: complaintId, attachment, now });
    const location = `/v1/complaints/${complaintId}/attachments/${attachmentId}`;
    return { status: 201, body: { attachmentId, ...form }, headers: { location } };
  },
});

/** POST /v1/complaints/{id}/opinion: the citizen rates the handling; this closes nothing. Agencies see no single opinion. */
export const giveOpinionAsCitizen = route({
  caller: "citizen",
  summary: { en: "Say what one thinks of how it was handled", fa: "نظر شهروند دربارهٔ رسیدگی" },
  path: ComplaintPath,
  body: Opinion,
  answer: { status: 200, schema: CitizenView },
  problems: ["wrong-state", "version-outdated", "idempotency-key-reused"],
  async run({ body: opinion, ...request }) {
    const { complaint } = await executeConfidentialCommand(request, (complaint, context) => {
      const entry = giveOpinion(complaint, { ...context, opinion });
      return { entries: entry, additionalWrites: pressuredWrites(complaint, { ...context, entry }) };
    });
    return citizenViewReply(complaint, request.now);
  },
});
