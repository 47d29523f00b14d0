import * as z from "zod";
import { ComplaintPath } from "#functions/http/parameters.ts";
import { route } from "#functions/http/route.ts";
import { Claim } from "#shared/domain/complaint/confidential-log.ts";
import { releaseClaim, takeClaim } from "#shared/persistence/complaints/claims.ts";

/** Who works on a complaint now; `claim` is absent where nobody says so. */
export const ClaimReply = z
  .object({ id: z.string(), claim: Claim.optional(), takenFrom: Claim.optional() })
  .meta({ id: "Claimed" });

/** POST /v1/inspector/complaints/{id}/claim: colleagues see who works on it; taking it over is allowed, and told. */
export const claimComplaint = route({
  caller: "inspector",
  summary: { en: "Say that you work on it, for a day", fa: "اعلام این‌که تا یک شبانه‌روز روی شکایت کار می‌کنید" },
  path: ComplaintPath,
  body: z.strictObject({}),
  answer: { status: 200, schema: ClaimReply },
  problems: ["idempotency-key-reused"],
  run: async (request) => ({ status: 200, body: await takeClaim(request) }),
});

/** DELETE /v1/inspector/complaints/{id}/claim: the inspector works on it no more; a colleague's claim stays. */
export const releaseComplaint = route({
  caller: "inspector",
  summary: { en: "Say that you work on it no more", fa: "اعلام این‌که دیگر روی شکایت کار نمی‌کنید" },
  path: ComplaintPath,
  answer: { status: 200, schema: ClaimReply },
  run: async (request) => ({ status: 200, body: await releaseClaim(request) }),
});
