import { route } from "#functions/pipelines/route.ts";
import { leaveClaim } from "#shared/store/complaints/claims.ts";
import { ComplaintPath } from "../any-caller/complaint-path.ts";
import { Claimed } from "./claimed.ts";

/** DELETE /v1/inspector/complaints/{id}/claim: the inspector works on it no more; a colleague's claim stays. */
export const leaveComplaint = route({
  caller: "inspector",
  summary: { en: "Say that you work on it no more", fa: "اعلام این‌که دیگر روی شکایت کار نمی‌کنید" },
  path: ComplaintPath,
  answer: { status: 200, schema: Claimed },
  run: async (request) => ({ status: 200, body: await leaveClaim(request) }),
});
