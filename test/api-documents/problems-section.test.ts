import { describe, expect, test } from "vitest";
import { problemTexts } from "#functions/http/problem-texts.ts";
import { problemsSection } from "#infra/programs/documents/pages/sections.ts";
import { textOf } from "#shared/wording/html.ts";

/** A text as it is read, to be looked for. */
const pattern = (text: string) => text.replaceAll("`", "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe.each(["fa", "en"] as const)("the problems on the page of the documents (%s)", (language) => {
  const { html } = problemsSection(language);

  test.each(Object.entries(problemTexts))("%s has something in each place of its text", (code, { title, detail }) => {
    const [, said = ""] = new RegExp(`id="problem-${code}">.*?<dd>(.*?)</dd>`).exec(html) ?? [];
    const pieces = `${title[language]}. ${detail[language]}`.split(/\{\w+(?: bytes)?\}/).map(pattern);
    expect(textOf({ html: said })).toMatch(new RegExp(`^${pieces.join("[^«»`\\s][^«»`]*")}$`));
  });
});
