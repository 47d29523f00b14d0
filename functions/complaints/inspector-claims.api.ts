import * as z from "zod";
import { releaseClaim, takeClaim } from "#shared/complaints/claims.store.ts";
import { Claim } from "#shared/complaints/confidential-log.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";

/** The current claim of a complaint; absent if no inspector has claimed it. `takenFrom`: a colleague's earlier claim. */
const ClaimReply = z
  .object({ id: z.string(), claim: Claim.optional(), takenFrom: Claim.optional() })
  .meta({ id: "ClaimResult" });

/**
 * POST /v1/inspector/complaints/{id}/claim: shows colleagues that this inspector works on the complaint. A colleague's claim
 * may be taken over; the answer then names the colleague.
 */
export const claimComplaint = route({
  caller: "inspector",
  summary: { en: "Say that you work on it, for a day", fa: "اعلام این‌که تا یک شبانه‌روز روی شکایت کار می‌کنید" },
  path: ComplaintPath,
  body: z.strictObject({}),
  answer: { status: 200, schema: ClaimReply },
  problems: ["idempotency-key-reused"],
  run: async (request) => ({ status: 200, body: await takeClaim(request) }),
});

/** DELETE /v1/inspector/complaints/{id}/claim: removes the inspector's own claim. A colleague's claim stays. */
export const releaseComplaint = route({
  caller: "inspector",
  summary: { en: "Say that you work on it no more", fa: "اعلام این‌که دیگر روی شکایت کار نمی‌کنید" },
  path: ComplaintPath,
  answer: { status: 200, schema: ClaimReply },
  run: async (request) => ({ status: 200, body: await releaseClaim(request) }),
});
