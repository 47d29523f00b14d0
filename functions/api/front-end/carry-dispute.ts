import { route } from "#functions/pipelines/route.ts";
import { carryDispute } from "#shared/domain/complaint/call.ts";
import { dispute } from "#shared/domain/complaint/citizen-move.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { readHead } from "#shared/store/complaints/complaints.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { DisputeBody, reviewByFrom } from "../any-caller/dispute.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { unseen } from "./unseen.ts";

const Disputed = Complaint.pick({ id: true, status: true });

/**
 * POST /v1/front-end/callbacks/{id}/dispute: whoever is called disputes the answer. To everybody else it is the
 * citizen's own dispute; through whom it came stands in the private series alone.
 */
export const carryDisputeAsFrontEnd = route({
  caller: "front-end",
  summary: { en: "Dispute the answer for a citizen who is being called", fa: "ثبت اعتراض از طرف شهروند هنگام تماس" },
  path: ComplaintPath,
  body: DisputeBody,
  answer: { status: 200, schema: Disputed.meta({ id: "DisputeCarried" }) },
  problems: ["not-allowed", "wrong-state", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await maskedFor({ reason: body.reason });
    const { complaint } = await noteOnce(unseen(request), (complaint, stage) => {
      const note = carryDispute(complaint, stage);
      const by = { caller: "citizen" as const, complaintId: complaint.id };
      const reviewBy = reviewByFrom(stage.now);
      const change = dispute(complaint, { ...body, by, now: stage.now, reviewBy, masked: masked(complaint) });
      return { note, change };
    });
    return { status: 200, body: Disputed.parse(await readHead(complaint.id)) };
  },
});
