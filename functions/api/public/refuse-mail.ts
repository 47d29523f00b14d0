import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { noteRefusal } from "#shared/store/mail/refused-addresses.ts";
import { pageType } from "../any-caller/readable-page.ts";
import { field, mailRefusalPage } from "./mail-refusal-page.ts";
import { MailToken, markOf } from "./mail-token.ts";

/**
 * POST /v1/mail/refusals: the one click of RFC 8058, by a mail program or the page's button: no more mail goes to the
 * address whose mail carried the token, about any complaint, until that is undone here.
 */
export const refuseMail = route({
  caller: "public",
  summary: { en: "Refuse further mail, or undo that", fa: "نخواستن پیام‌های بعدی، یا برگرداندن آن" },
  query: MailToken,
  body: z.object({ [field.name]: z.enum([field.refuse, field.undo]) }),
  bodyForm: "form",
  answer: { status: 200, schema: z.string(), contentType: pageType },
  async run({ query, body, now, language }) {
    const isRefused = body[field.name] === field.refuse;
    await noteRefusal({ mark: await markOf(query), isRefused, at: now });
    return mailRefusalPage({ step: isRefused ? "refused" : "undone", language });
  },
});
