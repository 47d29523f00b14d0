import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { Status } from "#shared/domain/complaint/complaint.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { maskedByForm } from "../any-caller/masking.ts";
import { TransferBody, transferTo } from "../any-caller/transfer.ts";

const Transferred = z.object({ id: z.string(), agencyId: z.string(), status: Status, version: z.int() });

/** POST /v1/agency/complaints/{id}/transfer: gives the complaint to another agency; this one can no longer see it. */
export const transferComplaintAsAgency = route({
  caller: "agency",
  summary: { en: "Send the complaint on to the agency it concerns", fa: "ارجاع شکایت به دستگاه اجرایی مربوط" },
  path: ComplaintPath,
  body: TransferBody,
  answer: { status: 200, schema: Transferred.meta({ id: "Transferred" }) },
  problems: [
    "wrong-state",
    "transfer-limit",
    "unknown-agency",
    "retired",
    "not-allowed",
    "stale",
    "idempotency-key-reused",
  ],
  async run({ body, ...request }) {
    const masked = maskedByForm({ reason: body.reason });
    const transfer = await transferTo({ body, now: request.now, masked: () => masked });
    const moved = await move(request, transfer, { leaves: true });
    return { status: 200, body: Transferred.parse(moved), headers: { etag: `"${moved.version}"` } };
  },
});
