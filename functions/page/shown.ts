import { textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "./addresses.ts";
import type { Chart, Shown } from "./embeds.ts";
import { funnelChart } from "./html/funnel.ts";
import { strokeWords } from "./html/glance.ts";
import { isEmpty, monthsChart } from "./html/months-section.ts";
import type { Setting } from "./html/setting.ts";
import { agencyView } from "./model/agency-view.ts";
import type { Glance } from "./model/glance.ts";
import type { ProvinceView } from "./model/province-view.ts";
import { roundedNote } from "./words/currency.ts";
import { periodLong } from "./words/dates.ts";
import { headline } from "./words/headline.ts";
import { labels } from "./words/labels.ts";
import { between } from "./words/numbers.ts";
import { funnelExplained, monthsExplained } from "./words/prose.ts";

/** The drawings of the pages that can be shown elsewhere, in the setting's language. */
export function shownOf({ material, province: view, language }: Setting): Shown {
  const { province } = material;
  const { month, whole } = view.currency;
  const name = `${labels.service[language]} ${province.name[language]}`;
  const agencies = province.agencies.flatMap(({ id }) => {
    const agency = agencyView(id, { material, province: view });
    const at = { at: `agencies/${id}`, of: "agency" as const, name: agency?.name[language] ?? "", period: whole };
    return agency ? shareableOf(agency.row.glance, { ...at, page: addresses.agency(id, language) }) : [];
  });
  const own = { at: "province", of: "province" as const, name, period: month, page: addresses.province(language) };
  return {
    language,
    source: bare(province.publicUrl),
    shareables: [...shareableOf(view.glance, own), ...agencies],
    charts: [...monthsOf(view, language), ...funnelsOf(view, language)],
  };

  function shareableOf(glance: Glance, shared: Shared): Shown["shareables"] {
    const { at, of, name, period, page } = shared;
    if (glance.state !== "known" || !period) return [];
    const { low, high, parts } = glance;
    return [
      {
        at,
        language,
        name,
        headline: textOf(headline(glance, { of, language })),
        accent: textOf(between(low, high, language)),
        strokes: { drawn: parts, words: strokeWords(glance, language) },
        asOf: periodLong(period, language),
        note: roundedNote[language],
        address: bare(`${province.publicUrl}${page === "/" ? "" : page}`),
      },
    ];
  }
}

type Shared = {
  at: string;
  of: "province" | "agency";
  name: string;
  period: ProvinceView["currency"]["month"];
  page: string;
};

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
