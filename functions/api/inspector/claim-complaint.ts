import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { claimOnce } from "#shared/store/complaints/claims.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { Claimed } from "./claimed.ts";

/** POST /v1/inspector/complaints/{id}/claim: colleagues see who works on it; taking it over is allowed, and told. */
export const claimComplaint = route({
  caller: "inspector",
  summary: { en: "Say that you work on it, for a day", fa: "اعلام این‌که تا یک شبانه‌روز روی شکایت کار می‌کنید" },
  path: ComplaintPath,
  body: z.strictObject({}),
  answer: { status: 200, schema: Claimed },
  problems: ["idempotency-key-reused"],
  run: async (request) => ({ status: 200, body: await claimOnce(request) }),
});
