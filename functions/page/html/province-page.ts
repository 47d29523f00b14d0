import { type Html, html, textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses, csvAddress } from "../addresses.ts";
import type { ProvinceView } from "../model/province-view.ts";
import { lateSays, nothingYet, roundedNote, scope } from "../words/currency.ts";
import { headline } from "../words/headline.ts";
import { labels } from "../words/labels.ts";
import { agenciesSection } from "./agencies-section.ts";
import { answersOf } from "./answers.ts";
import { citizensSection } from "./citizens-section.ts";
import { howSection, meaningSection, newsSection } from "./closing-sections.ts";
import { countiesSection } from "./counties-section.ts";
import { linksOf } from "./figure.ts";
import { framed } from "./frame.ts";
import { partsTable, strokesOf } from "./glance.ts";
import { whatSection } from "./lists-section.ts";
import { monthsSection } from "./months-section.ts";
import type { Setting } from "./setting.ts";

/** The page that the public opens first. */
export function provincePage(setting: Setting): string {
  const { material, province: view, language } = setting;
  const heading = headingOf(view, language);
  const name = `${labels.service[language]} ${material.province.name[language]}`;
  return framed(
    {
      at: addresses.province,
      title: `${name}: ${textOf(heading)}`,
      description: heading,
      picture: view.glance.state === "known" ? addresses.share(language) : undefined,
      isOfTheDay: true,
      main: html`${firstScreen(view, setting)}
${sectionsOf(view, setting)}`,
    },
    setting,
  );
}

function headingOf({ glance, currency }: ProvinceView, language: Language): Html {
  return glance.state === "unpublished"
    ? nothingYet(currency, language).heading
    : headline(glance, { of: "province", language });
}

function firstScreen(view: ProvinceView, setting: Setting): Html {
  const { glance, currency } = view;
  const { language } = setting;
  const late = lateSays(currency, language);
  return html`<div class="first">
${late && html`<p class="late">${late}</p>`}
<p class="scope">${scope(currency.month, glance, language)}</p>
<h1>${headingOf(view, language)}</h1>
${glance.state === "unpublished" && html`<p>${nothingYet(currency, language).says}</p>`}
${glance.state === "known" && strokesOf(glance, { of: "province", language })}
${answersOf(view, setting)}
${linksBelow(view, language)}
</div>`;
}

function linksBelow({ glance, currency }: ProvinceView, language: Language): Html | undefined {
  if (!currency.month) return undefined;
  const table = glance.state === "known" ? partsTable(glance, language) : undefined;
  const embed = glance.state === "known" ? "glance" : undefined;
  const links = linksOf({ definition: "goodLow", csv: csvAddress("total", currency.month), embed, table }, language);
  return html`<div class="below">${links}<p class="note"><a href="#meaning">${roundedNote[language]}</a></p></div>`;
}

function sectionsOf(view: ProvinceView, { material, language }: Setting): Html {
  return html`${view.currency.whole && agenciesSection(view, language)}${monthsSection(view, language)}${whatSection(view, language)}${citizensSection({ ...view, table: "total" }, language)}${countiesSection(view, language)}${howSection(material, language)}${newsSection(material, language)}${meaningSection(language)}`;
}
