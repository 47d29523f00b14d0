import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { liftIdentityLimit } from "#shared/store/complaints/identity-limits.ts";
import { subject } from "../any-caller/token-proof.ts";

/** DELETE /v1/admin/identity-limits/{sub}: lets an inspector read identities again, or the call centre phones; who did so is kept. */
export const liftIdentityLimitAsAdmin = route({
  caller: "admin",
  summary: {
    en: "Let an inspector read identities again, or the call centre phones",
    fa: "اجازهٔ دوباره به بازرس برای دیدن مشخصات، یا به درگاه تماس برای دیدن شماره تلفن",
  },
  path: z.object({ sub: z.string().min(1).max(300) }),
  answer: {
    status: 200,
    schema: z.object({ sub: z.string(), lifted: z.boolean() }).meta({ id: "IdentityLimitLifted" }),
  },
  problems: ["not-allowed"],
  async run({ principal: by, path: { sub }, now }) {
    // Nobody is called so, and the table takes no key of a thousand bytes.
    const lifted = subject.test(sub) && (await liftIdentityLimit({ sub, now, by }));
    return { status: 200, body: { sub, lifted } };
  },
});
