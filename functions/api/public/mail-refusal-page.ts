import type { Reply } from "#functions/pipelines/reply.ts";
import { escaped } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { readablePage } from "../any-caller/readable-page.ts";
import { mailRefusalTexts } from "../wording/mail-refusal-texts.ts";

/** The form's one field, named as RFC 8058 has it: mail programs send the first value of themselves. */
export const field = { name: "List-Unsubscribe", refuse: "One-Click", undo: "Undo" } as const;

const style = `button{margin-top:1rem;padding:.6rem 1.4rem;border:0;border-radius:4px;background:#1f5f5b;color:#fff;font:inherit;cursor:pointer}
button:focus-visible{outline:3px solid #1f5f5b;outline-offset:3px}`;

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
  const content = `<h1>${escaped(title[language])}</h1>
<p>${escaped(says[language])}</p>
<form method="post"><button name="${field.name}" value="${value}">${escaped(button[language])}</button></form>`;
  return readablePage({ title, language, content, style });
}
