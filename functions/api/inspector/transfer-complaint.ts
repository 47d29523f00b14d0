import { route } from "#functions/pipelines/route.ts";
import { InspectorView } from "#shared/domain/telling/view.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedFor } from "../any-caller/masking.ts";
import { TransferBody, transferTo } from "../any-caller/transfer.ts";
import { viewOf } from "./view.ts";

/** POST /v1/inspector/complaints/{id}/transfer: to the agency it concerns, however often it was transferred. */
export const transferComplaintAsInspector = route({
  caller: "inspector",
  summary: { en: "Send the complaint to the agency it concerns", fa: "ارجاع شکایت از سوی بازرس" },
  path: ComplaintPath,
  body: TransferBody,
  answer: { status: 200, schema: InspectorView },
  problems: ["wrong-state", "unknown-agency", "retired", "not-allowed", "stale", "idempotency-key-reused"],
  async run({ body, ...request }) {
    const masked = await maskedFor({ reason: body.reason });
    const moved = await move(request, await transferTo({ body, now: request.now, masked }));
    return viewOf(moved, request.now);
  },
});
