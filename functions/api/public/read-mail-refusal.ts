import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { pageType } from "../any-caller/readable-page.ts";
import { mailRefusalPage } from "./mail-refusal-page.ts";
import { MailToken, markOf } from "./mail-token.ts";

/** GET /v1/mail/refusals: a page with a button, which alone refuses: programs that scan mails open every address in them. */
export const readMailRefusal = route({
  caller: "public",
  summary: { en: "The page to refuse further mail", fa: "صفحهٔ نخواستن پیام‌های بعدی" },
  query: MailToken,
  answer: { status: 200, schema: z.string(), contentType: pageType },
  async run({ query, language }) {
    await markOf(query);
    return mailRefusalPage({ step: "asking", language });
  },
});
