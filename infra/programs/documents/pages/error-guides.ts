import type { Language } from "#shared/vocabulary.ts";
import type { ReaderError } from "./entries.ts";
import { codeOf, placeOf, readerErrors, seenBy } from "./errors.ts";
import { wordsIn } from "./wording.ts";

/** The guides about errors, by their place in the repository. */
export const errorGuides: Record<Language, string> = { en: "docs/errors.md", fa: "docs/fa/errors.md" };

const beginning: Record<Language, string> = {
  en: `[فارسی](fa/errors.md)

The errors that readers meet first. Find the sentence that you see. Your program decides by \`code\` and never by the sentence;
\`Accept-Language\` chooses its language. \`/v1/docs?page=errors\` of a running API has the same, and every code.`,
  fa: `خطاهایی که بیشتر پیش می‌آید. جمله‌ای را که می‌بینید پیدا کنید. برنامهٔ شما با \`code\` تصمیم می‌گیرد، نه با جمله؛ زبان جمله را \`Accept-Language\` تعیین می‌کند. همین‌ها و همهٔ کدها در \`/v1/docs?page=errors\` است.`,
};
const ending: Record<Language, string> = {
  en: "`npm run docs:errors` writes this page. Its texts stand in `infra/programs/documents/pages/errors.ts`.",
  fa: "این صفحه را `npm run docs:errors` می‌نویسد.",
};

/** A guide as Markdown. Links of the pages are left out: they lead to places of a running API. */
export function errorGuide(language: Language): string {
  const parts = [
    `# ${wordsIn(language)("errors")}`,
    beginning[language],
    ...readerErrors.map((error) => part(error, language)),
    ending[language],
  ];
  const text = parts.join("\n\n").replaceAll(/\[([^\]]+)\]\(#[^)]+\)/g, "$1");
  return language === "fa" ? `<div dir="rtl" lang="fa">\n\n${text}\n\n</div>\n` : `${text}\n`;
}

function part(error: ReaderError, language: Language): string {
  const say = wordsIn(language);
  const { status, sentence } = seenBy(error, language);
  const code = codeOf(error);
  const seenAt = placeOf(error)?.[language] ?? `**${status}**`;
  const shown = code === undefined ? `\`${sentence}\`` : sentence;
  return [
    `## ${error.when[language]}`,
    "",
    `> ${seenAt}${code === undefined ? "" : ` \`${code}\``} ${shown}`,
    "",
    `- **${say("cause")}:** ${error.cause[language]}`,
    `- **${say("todo")}:** ${error.todo[language]}`,
  ].join("\n");
}
