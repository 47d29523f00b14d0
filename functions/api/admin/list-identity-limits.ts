import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { IdentityLimit, listIdentityLimits } from "#shared/store/complaints/identity-limits.ts";

/** GET /v1/admin/identity-limits: who read too many identities or phones, and reads no more until it is lifted. */
export const listIdentityLimitsAsAdmin = route({
  caller: "admin",
  summary: {
    en: "List who read too many identities or phones",
    fa: "کسانی که بیش از اندازه مشخصات یا شماره تلفن دیده‌اند",
  },
  answer: { status: 200, schema: z.object({ items: z.array(IdentityLimit) }).meta({ id: "IdentityLimits" }) },
  run: async () => ({ status: 200, body: { items: await listIdentityLimits() } }),
});
