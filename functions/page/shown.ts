import { textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "./addresses.ts";
import type { Chart, Shown } from "./embeds.ts";
import { funnelChart } from "./html/funnel.ts";
import { strokeWords } from "./html/glance.ts";
import { isEmpty, monthsChart } from "./html/months-section.ts";
import type { Setting } from "./html/setting.ts";
import type { ProvinceView } from "./model/province-view.ts";
import type { Shareable } from "./share-picture.ts";
import { roundedNote } from "./words/currency.ts";
import { periodLong } from "./words/dates.ts";
import { headline } from "./words/headline.ts";
import { labels } from "./words/labels.ts";
import { between } from "./words/numbers.ts";
import { funnelExplained, monthsExplained } from "./words/prose.ts";

/** The drawings of the province's page that can be shown elsewhere, in the setting's language. */
export function shownOf({ material, province: view, language }: Setting): Shown {
  const { name, publicUrl } = material.province;
  return {
    source: bare(publicUrl),
    glance: glanceOf(view, {
      language,
      name: `${labels.service[language]} ${name[language]}`,
      address: bare(`${publicUrl}${language === "fa" ? "" : addresses.province(language)}`),
    }),
    charts: [...monthsOf(view, language), ...funnelsOf(view, language)],
    language,
  };
}

/** The glance of the province's page, where it has one. */
function glanceOf(
  { glance, currency: { month } }: ProvinceView,
  { language, ...named }: Pick<Shareable, "language" | "name" | "address">,
): Shareable | undefined {
  if (glance.state !== "known" || !month) return undefined;
  return {
    ...named,
    language,
    headline: textOf(headline(glance, { of: "province", language })),
    accent: textOf(between(glance.low, glance.high, language)),
    strokes: { drawn: glance.parts, words: strokeWords(glance, language) },
    asOf: periodLong(month, language),
    note: roundedNote[language],
  };
}

/** As people read an address. */
const bare = (address: string) => address.replace(/^https:\/\//, "");

function monthsOf({ months, currency: { month } }: ProvinceView, language: Language): Chart[] {
  if (!month || isEmpty(months)) return [];
  const note = `${monthsExplained[language]} ${roundedNote[language]}`;
  return [
    { name: "months", ...monthsChart(months, { language, width: 1100 }), asOf: periodLong(month, language), note },
  ];
}

function funnelsOf({ groups, currency: { whole } }: ProvinceView, language: Language): Chart[] {
  const note = `${funnelExplained[language]} ${roundedNote[language]}`;
  return groups.flatMap((group) => {
    const chart = whole && funnelChart(group, { language, width: 600 });
    return chart ? [{ name: `funnel-${group.id ?? "others"}`, ...chart, asOf: periodLong(whole, language), note }] : [];
  });
}
