import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import { addresses } from "../addresses.ts";
import { moved } from "../words/currency.ts";
import { labels } from "../words/labels.ts";
import { section } from "./figure.ts";
import { framed } from "./frame.ts";
import type { Definitions, Setting } from "./setting.ts";

/** What every figure means, each under its own name as its place. */
export function definitionsPage(setting: Setting): string {
  const { assets, language, material, province } = setting;
  const { general, counts, figures, now, parts } = assets.definitions;
  const name = `${labels.service[language]} ${material.province.name[language]}`;
  const main = html`<h1>${labels.definitions[language]}</h1>
<ul class="general">${general.map((text) => html`<li>${withCodes(text, language)}</li>`)}</ul>
${section({ id: "counts", heading: labels.untoldCounts[language], body: html`<dl class="meanings">${Object.entries(counts).map(([mark, text]) => html`<div><dt><bdi>${mark}</bdi></dt><dd>${withCodes(text, language)}</dd></div>\n`)}</dl>` })}
${section({ id: "figures", heading: labels.figures[language], body: html`${[...figures, ...now].map((figure) => figureOf(figure, language))}` })}
${section({ id: "parts", heading: labels.parts[language], body: html`${parts.map((part) => partOf(part, language))}` })}`;
  return framed(
    {
      at: addresses.definitions,
      title: `${labels.definitions[language]}: ${name}`,
      description: html`${moved[language]}`,
      picture: province.glance.state === "told" ? addresses.share("province", language) : undefined,
      main: html`<div class="definitions">${main}</div>`,
    },
    setting,
  );
}

/** What stands in backticks is a name of the API, which reads from the left in Persian too. */
function withCodes(text: Text, language: Language): Html {
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
  const told = lines.map(
    ([label, text]) => html`<div><dt>${label[language]}</dt><dd>${withCodes(text, language)}</dd></div>`,
  );
  const words = values.map(
    (value) => html`<li>${codeOf(value.id, language)}: ${withCodes(value.title, language)}</li>`,
  );
  return html`<article id="${name}"><h3>${withCodes(title, language)}</h3><p class="note"><code>${name}</code></p><dl>${told}</dl>${words.length > 0 && html`<ul>${words}</ul>`}</article>
`;
}

function partOf({ name, title, classes }: Definitions["parts"][number], language: Language): Html {
  const items = classes.map(({ id, title: text }) => html`<li>${text?.[language] ?? html`<bdi>${id}</bdi>`}</li>`);
  return html`<article id="part-${name}"><h3>${title[language]}</h3><p class="note"><code>${name}</code></p><ul>${items}</ul></article>
`;
}
