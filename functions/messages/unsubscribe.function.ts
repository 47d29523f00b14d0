import * as z from "zod";
import { invalidFault } from "#shared/fault.ts";
import { addressDigestOfToken } from "#shared/identities/address-mark.ts";
import { readAddressKey } from "#shared/storage/secrets.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { escapeHtml } from "#shared/wording/html.ts";
import { authenticateNobody } from "../http/authentication.ts";
import { htmlContentType, htmlReply } from "../http/readable-page.ts";
import type { Reply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { recordUnsubscribe } from "./mailed-addresses.store.ts";

/** The query of the unsubscribe link in our mails. */
const MailToken = z.strictObject({ token: z.string().max(100) });

/** The keyed digest of the mail address that the token is for. Throws `invalid` if the token is not one of ours. */
async function addressDigestFrom({ token }: z.infer<typeof MailToken>): Promise<string> {
  const digest = addressDigestOfToken(await readAddressKey(), token);
  if (!digest) throw invalidFault("token", "unknown-token");
  return digest;
}

type Step = { title: LocalizedText; text: LocalizedText; button: LocalizedText };

/** The texts of the page: before the reader unsubscribes, after it, and after that is undone. */
const unsubscribeTexts: Record<"asking" | "unsubscribed" | "undone", Step> = {
  asking: {
    title: { fa: "رایانامه‌های سامانهٔ ۱۲۸", en: "Mail from FOAD 128" },
    text: {
      fa: "با دکمهٔ زیر، سامانهٔ فوریت‌های اداری (۱۲۸) دیگر به نشانی رایانامهٔ شما پیامی نمی‌فرستد. پرونده‌ای بسته نمی‌شود و پیگیری با کد و رمز پرونده مثل پیش ممکن است.",
      en: "With the button below, FOAD 128 sends no more mail to your address. No case is closed by it, and every case can still be followed with its number and secret.",
    },
    button: { fa: "دیگر پیام نفرستید", en: "Send no more mail" },
  },
  unsubscribed: {
    title: { fa: "دیگر پیامی فرستاده نمی‌شود", en: "No more mail will be sent" },
    text: {
      fa: "از این پس سامانهٔ ۱۲۸ به این نشانی رایانامه چیزی نمی‌فرستد. اگر پرونده‌ای دارید، پاسخ آن را با کد و رمز پرونده یا از مرکز ۱۲۸ بپرسید. اگر اشتباه شده است، می‌توانید برگردانید.",
      en: "From now on FOAD 128 sends nothing to this address. If you have a case, ask for its answer with its number and secret, or call 128. If this was a mistake, it can be undone.",
    },
    button: { fa: "برگرداندن: پیام‌ها را بفرستید", en: "Undo: send mail again" },
  },
  undone: {
    title: { fa: "پیام‌ها دوباره فرستاده می‌شود", en: "Mail will be sent again" },
    text: {
      fa: "سامانهٔ ۱۲۸ دوباره دربارهٔ پرونده‌هایتان به این نشانی رایانامه پیام می‌فرستد.",
      en: "FOAD 128 again writes to this address about your cases.",
    },
    button: { fa: "دیگر پیام نفرستید", en: "Send no more mail" },
  },
};

/** The form's one field. RFC 8058 defines its name and the value `One-Click`, which mail programs send by themselves. */
const unsubscribeField = { name: "List-Unsubscribe", unsubscribe: "One-Click", undo: "Undo" } as const;

const style = `button{margin-top:1rem;padding:.6rem 1.4rem;border:0;border-radius:4px;background:#1f5f5b;color:#fff;font:inherit;cursor:pointer}
button:focus-visible{outline:3px solid #1f5f5b;outline-offset:3px}`;

/** The page with its one button. The form has no `action`, so the browser posts it to the page's address with its token. */
function unsubscribePage({ step, language }: { step: keyof typeof unsubscribeTexts; language: Language }): Reply {
  const { title, text, button } = unsubscribeTexts[step];
  const value = step === "unsubscribed" ? unsubscribeField.undo : unsubscribeField.unsubscribe;
  const content = `<h1>${escapeHtml(title[language])}</h1>
<p>${escapeHtml(text[language])}</p>
<form method="post"><button name="${unsubscribeField.name}" value="${value}">${escapeHtml(button[language])}</button></form>`;
  return htmlReply({ title, language, content, style });
}

/**
 * GET /v1/mail/unsubscribe: a page with a button. Opening the page changes nothing, because programs that scan mails open every
 * link in them.
 */
const readUnsubscribePage = route({
  caller: "public",
  summary: { en: "The page to unsubscribe from mail", fa: "صفحهٔ نخواستن پیام‌های بعدی" },
  query: MailToken,
  answer: { status: 200, schema: z.string(), contentType: htmlContentType },
  async run({ query, language }) {
    await addressDigestFrom(query);
    return unsubscribePage({ step: "asking", language });
  },
});

/**
 * POST /v1/mail/unsubscribe: one-click unsubscribe (RFC 8058), sent by a mail program or by the page's button. The token's
 * address gets no more mail about any complaint until that is undone here.
 */
const unsubscribe = route({
  caller: "public",
  summary: { en: "Unsubscribe from mail, or undo that", fa: "نخواستن پیام‌های بعدی، یا برگرداندن آن" },
  query: MailToken,
  body: z.object({ [unsubscribeField.name]: z.enum([unsubscribeField.unsubscribe, unsubscribeField.undo]) }),
  bodyForm: "form",
  answer: { status: 200, schema: z.string(), contentType: htmlContentType },
  async run({ query, body, now, language }) {
    const isUnsubscribed = body[unsubscribeField.name] === unsubscribeField.unsubscribe;
    await recordUnsubscribe({ mark: await addressDigestFrom(query), isUnsubscribed, at: now });
    return unsubscribePage({ step: isUnsubscribed ? "unsubscribed" : "undone", language });
  },
});

/**
 * The routes of the unsubscribe link in mails. Anybody may call them, so they have a function of their own: it may write
 * who unsubscribed and read nothing.
 */
export const routes = {
  "GET /v1/mail/unsubscribe": readUnsubscribePage,
  "POST /v1/mail/unsubscribe": unsubscribe,
};
export const handler = serve({ routes, authenticate: authenticateNobody });
