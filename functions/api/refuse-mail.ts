import { serve } from "../pipelines/serve.ts";
import { byNothing } from "./any-caller/token-proof.ts";
import { readMailRefusal } from "./public/read-mail-refusal.ts";
import { refuseMail } from "./public/refuse-mail.ts";

/** What a mail's own address leads to. A function apart: what anybody may call writes these refusals and reads nothing. */
export const routes = {
  "GET /v1/mail/refusals": readMailRefusal,
  "POST /v1/mail/refusals": refuseMail,
};
export const handler = serve({ routes, prove: byNothing });
