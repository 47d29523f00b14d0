import { createHash } from "node:crypto";
import type { Reply } from "#functions/pipelines/reply.ts";
import { escaped } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { mailRefusalTexts } from "../wording/mail-refusal-texts.ts";

export const contentType = "text/html; charset=utf-8";

/** The form's one field, named as RFC 8058 has it: mail programs send the first value of themselves. */
export const field = { name: "List-Unsubscribe", refuse: "One-Click", undo: "Undo" } as const;

const style = `body{margin:0;background:#f6f6f3;color:#1a1a1a;font:1.125rem/1.9 Vazirmatn,Tahoma,Arial,sans-serif}
main{max-width:32rem;margin:12vh auto;padding:2rem;background:#fff;border-top:4px solid #1f5f5b}
h1{margin:0 0 1rem;font-size:1.4rem}
button{margin-top:1rem;padding:.6rem 1.4rem;border:0;border-radius:4px;background:#1f5f5b;color:#fff;font:inherit;cursor:pointer}
button:focus-visible{outline:3px solid #1f5f5b;outline-offset:3px}`;

const digest = createHash("sha256").update(style).digest("base64");
const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

/** The page with its one button. The form has no address of its own: it is sent to that of the page, token included. */
export function mailRefusalPage({
  step,
  language,
}: {
  step: keyof typeof mailRefusalTexts;
  language: Language;
}): Reply {
  const { title, says, button } = mailRefusalTexts[step];
  const value = step === "refused" ? field.undo : field.refuse;
  const body = `<!doctype html>
<html lang="${language}" dir="${language === "fa" ? "rtl" : "ltr"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title[language])}</title><style>${style}</style></head>
<body><main>
<h1>${escaped(title[language])}</h1>
<p>${escaped(says[language])}</p>
<form method="post"><button name="${field.name}" value="${value}">${escaped(button[language])}</button></form>
</main></body>
</html>
`;
  const headers = {
    "content-type": contentType,
    "content-language": language,
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    vary: "accept-language",
  };
  return { status: 200, body, headers };
}
