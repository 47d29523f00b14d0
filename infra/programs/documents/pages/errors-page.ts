import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import type { ReaderError } from "./entries.ts";
import { codeOf, placeOf, readerErrors, seenBy } from "./errors.ts";
import { problemsSection } from "./sections.ts";
import { prose, wordsIn } from "./wording.ts";

const lead: Record<Language, string> = {
  en: "Find the sentence that you see. Your program decides by `code` and never by the sentence, which may be reworded. `Accept-Language` chooses its language.",
  fa: "جمله‌ای را که می‌بینید پیدا کنید. برنامهٔ شما با `code` تصمیم می‌گیرد، نه با جمله که ممکن است تغییر کند. زبان جمله را `Accept-Language` تعیین می‌کند.",
};
const often: Record<Language, string> = { en: "What readers meet first", fa: "آنچه بیشتر پیش می‌آید" };

/** The page for somebody whose request is refused. */
export function errorsPage(language: Language): Html {
  const say = wordsIn(language);
  return html`<h1>${say("errors")}</h1><p class="lead">${prose(lead[language])}</p>
<section id="often"><div class="head"><h2>${often[language]}</h2></div><div class="body">${readerErrors.map((error) => errorSection(error, language))}</div></section>
<section id="problems"><div class="head"><h2>${say("problems")}</h2></div><div class="body">${problemsSection(language)}</div></section>`;
}

function errorSection(error: ReaderError, language: Language): Html {
  const say = wordsIn(language);
  const { status, sentence } = seenBy(error, language);
  const code = codeOf(error);
  const place = placeOf(error)?.[language];
  // The gateway and the webhook speak JSON, in no language.
  const isJson = code === undefined;
  const shown = isJson
    ? html`<p class="sentence" dir="ltr"><code>${sentence}</code></p>`
    : html`<p class="sentence">${prose(sentence)}</p>`;
  return html`<section class="error" id="error-${error.id}"><h3><a href="#error-${error.id}">${prose(error.when[language])}</a></h3>
<dl><dt>${say("whenItHappens")}</dt><dd>${place ? prose(place) : html`<b class="status">${status}</b>`} ${code !== undefined && html`<a href="#problem-${code}"><code>${code}</code></a>`}${shown}</dd>
<dt>${say("cause")}</dt><dd>${prose(error.cause[language])}</dd><dt>${say("todo")}</dt><dd>${prose(error.todo[language])}</dd></dl></section>`;
}
