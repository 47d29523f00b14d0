import { createHash } from "node:crypto";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { escapeHtml } from "#shared/wording/html.ts";
import type { Reply } from "./reply.ts";

export const htmlContentType = "text/html; charset=utf-8";

const base = `body{margin:0;background:#f6f6f3;color:#1a1a1a;font:1.125rem/1.9 Vazirmatn,Tahoma,Arial,sans-serif}
main{max-width:32rem;margin:12vh auto;padding:2rem;background:#fff;border-top:4px solid #1f5f5b}
h1{margin:0 0 1rem;font-size:1.4rem}
`;

type Page = {
  title: LocalizedText;
  language: Language;
  /** The HTML inside the page's `main`; its texts are already escaped. */
  content: string;
  style: string;
};

/** The reply with an HTML page. The page runs no scripts and loads nothing. Its forms may post only to our own origin. */
export function htmlReply({ title, language, content, style }: Page): Reply {
  const wholeStyle = base + style;
  const body = `<!doctype html>
<html lang="${language}" dir="${language === "fa" ? "rtl" : "ltr"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title[language])}</title><style>${wholeStyle}</style></head>
<body><main>
${content}
</main></body>
</html>
`;
  const digest = createHash("sha256").update(wholeStyle).digest("base64");
  const headers = {
    "content-type": htmlContentType,
    "content-language": language,
    "content-security-policy": `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    vary: "accept-language",
  };
  return { status: 200, body, headers };
}
