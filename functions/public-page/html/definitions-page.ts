import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { addresses } from "../model/material.ts";
import { roundedNote } from "../words/headline.ts";
import { labels } from "../words/labels.ts";
import { type Definitions, htmlPage, type PageContext, section } from "./frame.ts";

/** The page with the method and the meaning of every figure. A figure's anchor is its name. */
export function definitionsPage(context: PageContext): string {
  const { assets, language, material, province } = context;
  const { method, general, figures, waiting, breakdowns } = assets.definitions;
  const name = `${labels.service[language]} ${material.province.name[language]}`;
  const main = html`<h1>${labels.definitions[language]}</h1>
${section({ id: "method", heading: labels.method[language], body: html`<ol class="general">${method.map((text) => html`<li>${withCodes(text, language)}</li>`)}</ol>` })}
<ul class="general">${general.map((text) => html`<li>${withCodes(text, language)}</li>`)}</ul>
${section({ id: "figures", heading: labels.figures[language], body: html`${[...figures, ...waiting].map((figure) => figureOf(figure, language))}` })}
${section({ id: "breakdowns", heading: labels.breakdowns[language], body: html`${breakdowns.map((one) => breakdownOf(one, language))}` })}`;
  return htmlPage(
    {
      at: addresses.definitions,
      title: `${labels.definitions[language]}: ${name}`,
      description: html`${roundedNote[language]}`,
      picture: province.summary.state === "known" ? addresses.share(language) : undefined,
      main: html`<div class="definitions">${main}</div>`,
    },
    context,
  );
}

/** Marks the names of the API, which stand in backticks, as code. They are left to right in Persian too. */
function withCodes(text: LocalizedText, language: Language): Html {
  const pieces = text[language].split(/`([^`]+)`/);
  return html`${pieces.map((piece, n) => (n % 2 === 0 ? html`${piece}` : codeOf(piece, language)))}`;
}

function codeOf(name: string, language: Language): Html {
  return html`<code${language === "fa" && html` dir="ltr"`}>${name}</code>`;
}

function figureOf(
  { name, title, counts, leavesOut, mayMislead, values = [] }: Definitions["figures"][number],
  language: Language,
): Html {
  const lines = [
    [labels.countsWhat, counts],
    [labels.leavesOut, leavesOut],
    [labels.mayMislead, mayMislead],
  ] as const;
  const meaning = lines.map(
    ([label, text]) => html`<div><dt>${label[language]}</dt><dd>${withCodes(text, language)}</dd></div>`,
  );
  const words = values.map(
    (value) => html`<li>${codeOf(value.id, language)}: ${withCodes(value.title, language)}</li>`,
  );
  return html`<article id="${name}"><h3>${withCodes(title, language)}</h3><p class="note"><code>${name}</code></p><dl>${meaning}</dl>${words.length > 0 && html`<ul>${words}</ul>`}</article>
`;
}

function breakdownOf({ name, title, classes }: Definitions["breakdowns"][number], language: Language): Html {
  const items = classes.map(({ id, title: text }) => html`<li>${text?.[language] ?? html`<bdi>${id}</bdi>`}</li>`);
  return html`<article id="breakdown-${name}"><h3>${title[language]}</h3><p class="note"><code>${name}</code></p><ul>${items}</ul></article>
`;
}
