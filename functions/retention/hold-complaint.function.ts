import * as z from "zod";
import type { Hold } from "#shared/complaints/confidential-commands.ts";
import { longestReason } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import { Instant } from "#shared/time/calendar.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { ComplaintPath } from "../http/parameters.ts";
import type { Reply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { readHold, saveHold } from "./holds.store.ts";

/** Why the hold is set or lifted. The complaint's citizen and the inspectors read the reason. */
export const HoldReason = z.strictObject({ reason: text({ max: longestReason }) });

/** Whether a hold keeps every part of a complaint from erasure, since when, and why. */
export const HoldView = z
  .object({ id: z.string(), held: z.boolean(), since: Instant.optional(), reason: z.string().optional() })
  .meta({ id: "Hold" });

export function holdReply(id: string, hold: Hold): Reply {
  return { status: 200, body: HoldView.parse({ id, ...hold }) };
}

/** GET /v1/admin/holds/{id}: the hold of a complaint. It shows nothing else of the complaint. */
export const readHoldAsAdmin = route({
  caller: "admin",
  summary: { en: "See whether a complaint is held", fa: "مشاهدهٔ دستور نگهداری پرونده" },
  path: ComplaintPath,
  answer: { status: 200, schema: HoldView },
  run: async ({ path: { id } }) => holdReply(id, await readHold(id)),
});

/** PUT /v1/admin/holds/{id}: sets a hold. Nothing of the complaint is erased until the hold is lifted. */
export const setHoldAsAdmin = route({
  caller: "admin",
  summary: { en: "Keep a complaint from erasure", fa: "دستور نگهداری پرونده و پاک نکردن آن" },
  path: ComplaintPath,
  body: HoldReason,
  answer: { status: 200, schema: HoldView },
  async run({ principal: by, path: { id }, body: { reason }, now }) {
    return holdReply(id, await saveHold({ type: "hold-set", id, by, now, reason }));
  },
});

/** DELETE /v1/admin/holds/{id}: lifts the hold. Changes nothing if the complaint has no hold. */
export const liftHoldAsAdmin = route({
  caller: "admin",
  summary: { en: "Lift the hold of a complaint", fa: "لغو دستور نگهداری پرونده" },
  path: ComplaintPath,
  body: HoldReason,
  answer: { status: 200, schema: HoldView },
  async run({ principal: by, path: { id }, body: { reason }, now }) {
    return holdReply(id, await saveHold({ type: "hold-lifted", id, by, now, reason }));
  },
});

/** These routes have a function of their own, since the admins' other routes have no right to read complaints. */
export const routes = {
  "GET /v1/admin/holds/{id}": readHoldAsAdmin,
  "PUT /v1/admin/holds/{id}": setHoldAsAdmin,
  "DELETE /v1/admin/holds/{id}": liftHoldAsAdmin,
};
export const handler = serve({ routes, authenticate: authenticateByToken("admin") });
