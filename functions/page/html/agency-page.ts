import { type Html, html, textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "../addresses.ts";
import { type AgencyView, agencyView } from "../model/agency-view.ts";
import { agencyAnswer, flagsSay, predecessorsSay, retiredSays } from "../words/agency.ts";
import { lateSays, nothingYet, roundedNote, scope } from "../words/currency.ts";
import { headline } from "../words/headline.ts";
import { labels, standings } from "../words/labels.ts";
import { silentAnswer } from "../words/opinions.ts";
import { waitingAnswerOf } from "../words/waiting.ts";
import { agencySections } from "./agency-sections.ts";
import { answer, markOf } from "./answers.ts";
import { citizensSection } from "./citizens-section.ts";
import { meaningSection } from "./closing-sections.ts";
import { linksOf } from "./figure.ts";
import { framed } from "./frame.ts";
import { partsTable, strokesOf } from "./glance.ts";
import type { Setting } from "./setting.ts";

/** The same in small for one agency; undefined where the province has none of that id. */
export function agencyPage(id: string, setting: Setting): string | undefined {
  const { language } = setting;
  const view = agencyView(id, setting);
  if (!view) return undefined;
  const heading = headingOf(view, language);
  return framed(
    {
      at: (one) => addresses.agency(id, one),
      title: `${view.name[language]}: ${textOf(heading)}`,
      description: heading,
      main: html`${firstScreen(view, setting)}
${agencySections(view, language)}${citizensSection({ ...view, table: "agency" }, language)}${meaningSection(language)}`,
    },
    setting,
  );
}

function headingOf({ row, currency }: AgencyView, language: Language): Html {
  return row.glance.state === "unpublished"
    ? nothingYet(currency, language).heading
    : headline(row.glance, { of: "agency", language });
}

function firstScreen(view: AgencyView, setting: Setting): Html {
  const { material, language } = setting;
  const { row, name, currency } = view;
  const { glance } = row;
  const late = lateSays(currency, language);
  return html`<div class="first">
${late && html`<p class="late">${late}</p>`}
<p class="scope"><a href="${addresses.province(language)}">${material.province.name[language]}</a> · ${groupOf(view, language)}${scope(currency.whole, glance, language) && html` · ${scope(currency.whole, glance, language)}`}</p>
<h1>${name[language]} <span class="says">${headingOf(view, language)}</span></h1>
${stateOf(view, language)}
${glance.state === "known" && strokesOf(glance, { of: "agency", language })}
${answers(view, setting)}
${currency.whole && html`<div class="below">${linksBelow(view, language)}<p class="note"><a href="#meaning">${roundedNote[language]}</a></p></div>`}
</div>`;
}

function linksBelow({ row: { glance } }: AgencyView, language: Language): Html {
  const table = glance.state === "known" ? partsTable(glance, language) : undefined;
  return linksOf({ definition: "goodLow", table }, language);
}

/** Its peers, where the province's page already shows them. */
function groupOf({ group, currency }: AgencyView, language: Language): Html {
  const name = (group?.name ?? labels.otherAgencies)[language];
  return currency.whole ? html`<a href="${addresses.province(language)}#agencies">${name}</a>` : html`${name}`;
}

/** That it is retired, or takes over from others. */
function stateOf({ retired, predecessors }: AgencyView, language: Language): Html {
  return html`${retired && html`<p class="state">${retiredSays(retired, language)}</p>`}${predecessors.length > 0 && html`<p class="state">${predecessorsSay(predecessors, language)}</p>`}`;
}

function answers(view: AgencyView, { material, province, language }: Setting): Html {
  const { row, group, opinions, id } = view;
  const { heading, says } = agencyAnswer({ row, group, comparison: province.comparison }, language);
  const word = row.class && html`${markOf(row)} ${standings[row.class][language]}`;
  const beside = { heading: word ?? heading, says: html`${says} ${flagsSay(row.flags, language)}` };
  return html`<div class="answers">
${answer(labels.beside[language], beside)}${answer(labels.silentAsked[language], silentAnswer(opinions, language))}${answer(labels.left[language], waitingAnswerOf(material.waiting, { id, language }))}</div>`;
}
