import { startOfDay } from "#shared/domain/time/office-clock.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { textOf } from "#shared/domain/wording/html.ts";
import { escapeXml } from "./drawings/pen.ts";
import { strokesDrawing } from "./drawings/strokes.ts";
import { type EmbedTexts, framedEmbed, getSvgRenderer } from "./embed.ts";
import { agencyPage } from "./html/agency-page.ts";
import { definitionsPage } from "./html/definitions-page.ts";
import type { Assets, PageContext } from "./html/frame.ts";
import { funnelChart } from "./html/funnel.ts";
import { strokeWords } from "./html/glance.ts";
import { isEmpty, monthsChart } from "./html/months-section.ts";
import { provincePage } from "./html/province-page.ts";
import { addresses, type PageData, type SiteFile } from "./model/material.ts";
import { type ProvinceView, provinceView } from "./model/page-views.ts";
import { type SharePictureInput, sharePicture } from "./share-picture.ts";
import { headlineText, roundedNote } from "./words/headline.ts";
import { funnelExplained, labels, monthsExplained } from "./words/labels.ts";
import { feedTitle, type News, newsItems } from "./words/news.ts";
import { periodLong, rangeText } from "./words/numbers-and-dates.ts";

/** The feed holds so many of the latest changes, and all of the newest day; a reader keeps what it has seen. */
const most = 60;

/** The feed (RFC 4287) of what changed. */
export function feedFile(material: PageData, language: Language): SiteFile {
  const { province, now } = material;
  const { publicUrl: site } = province;
  const entries = newsItems(material, language).filter(({ date }, n, [newest]) => n < most || date === newest?.date);
  const tag = (date: string, rest: string) =>
    `tag:${new URL(site).hostname},${date}:${province.id}/${language}/${rest}`;
  const name = escapeXml(feedTitle(province.name[language], language));
  const self = escapeXml(`${site}${addresses.feed(language)}`);
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<id>${self}</id>`,
    `<title>${name}</title>`,
    `<updated>${entries[0] ? startOfDay(entries[0].date) : now}</updated>`,
    `<author><name>${escapeXml(province.name[language])}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${self}"/>`,
    `<link rel="alternate" type="text/html" hreflang="${language}" href="${escapeXml(`${site}${addresses.province(language)}`)}"/>`,
    ...entries.map((entry) => entryXml(entry, { id: tag(entry.date, entry.id), site })),
    "</feed>",
  ].join("\n");
  return { path: addresses.feed(language), type: "application/atom+xml; charset=utf-8", body };
}

function entryXml({ date, title, summary, page }: News, { id, site }: { id: string; site: string }): string {
  return [
    "<entry>",
    `<id>${escapeXml(id)}</id>`,
    `<title>${escapeXml(title)}</title>`,
    `<updated>${startOfDay(date)}</updated>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(`${site}${page}`)}"/>`,
    `<summary>${escapeXml(summary)}</summary>`,
    "</entry>",
  ].join("");
}

/** A chart that other pages may show: `name` as in its address, `months` or `funnel-banks`. */
export type Chart = { name: string; drawing: string; title: string; asOf: string; note: string };

/** All that other pages and messages may show of the province, in one language. */
export type EmbedSources = {
  language: Language;
  source: string;
  summary?: SharePictureInput | undefined;
  charts: Chart[];
};

/** The glance and the charts as drawings that stand alone, and a picture of the glance; drawn when asked for. */
export function embedFiles({ language, source, summary, charts }: EmbedSources): SiteFile[] {
  return [
    ...(summary ? [summaryEmbed(summary), pictureOf(summary)] : []),
    ...charts.map(({ name, drawing, title, asOf, note }) =>
      embedFile(name, { drawing, embedded: { title, date: asOf, source, note, language } }),
    ),
  ];
}

function summaryEmbed({ language, name, headline, strokes, asOf, address, note }: SharePictureInput): SiteFile {
  const drawing = strokesDrawing(strokes.drawn, { language, width: 1100, title: headline }, strokes.words);
  return embedFile("glance", {
    drawing,
    embedded: { title: `${name}: ${headline}`, date: asOf, source: address, note, language },
  });
}

function embedFile(name: string, { drawing, embedded }: { drawing: string; embedded: EmbedTexts }): SiteFile {
  return {
    path: addresses.embed(name, embedded.language),
    type: "image/svg+xml",
    body: async () => framedEmbed(drawing, embedded, await getSvgRenderer()),
    sourceText: JSON.stringify([drawing, embedded]),
  };
}

function pictureOf(glance: SharePictureInput): SiteFile {
  return {
    path: addresses.share(glance.language),
    type: "image/png",
    body: async () => sharePicture(glance, await getSvgRenderer()),
    sourceText: JSON.stringify(glance),
  };
}

/** The drawings of the province's page that can be shown elsewhere, in the setting's language. */
export function embedSources({ material, province: view, language }: PageContext): EmbedSources {
  const { name, publicUrl } = material.province;
  return {
    source: withoutScheme(publicUrl),
    summary: summaryPicture(view, {
      language,
      name: `${labels.service[language]} ${name[language]}`,
      address: withoutScheme(`${publicUrl}${language === "fa" ? "" : addresses.province(language)}`),
    }),
    charts: [...monthsOf(view, language), ...funnelsOf(view, language)],
    language,
  };
}

/** The glance of the province's page, where it has one. */
function summaryPicture(
  { summary, dataState: { month } }: ProvinceView,
  { language, ...named }: Pick<SharePictureInput, "language" | "name" | "address">,
): SharePictureInput | undefined {
  if (summary.state !== "known" || !month) return undefined;
  return {
    ...named,
    language,
    headline: textOf(headlineText(summary, { of: "province", language })),
    accent: textOf(rangeText(summary.low, summary.high, language)),
    strokes: { drawn: summary.parts, words: strokeWords(summary, language) },
    asOf: periodLong(month, language),
    note: roundedNote[language],
  };
}

/** As people read an address. */
const withoutScheme = (address: string) => address.replace(/^https:\/\//, "");

function monthsOf({ months, dataState: { month } }: ProvinceView, language: Language): Chart[] {
  if (!month || isEmpty(months)) return [];
  const note = `${monthsExplained[language]} ${roundedNote[language]}`;
  return [
    { name: "months", ...monthsChart(months, { language, width: 1100 }), asOf: periodLong(month, language), note },
  ];
}

function funnelsOf({ groups, dataState: { longestPeriod } }: ProvinceView, language: Language): Chart[] {
  const note = `${funnelExplained[language]} ${roundedNote[language]}`;
  return groups.flatMap((group) => {
    const chart = longestPeriod && funnelChart(group, { language, width: 600 });
    return chart
      ? [{ name: `funnel-${group.id ?? "others"}`, ...chart, asOf: periodLong(longestPeriod, language), note }]
      : [];
  });
}

const languages: Language[] = ["fa", "en"];
const type = "text/html; charset=utf-8";

/** Every file of the site, made of what was read before; the same for the same material. */
export function siteFiles(material: PageData, assets: Assets): SiteFile[] {
  const province = provinceView(material);
  return languages.flatMap((language) => {
    const setting = { material, province, assets, language };
    const page = (path: string, body: string | undefined) => (body === undefined ? [] : [{ path, type, body }]);
    return [
      ...page(addresses.province(language), provincePage(setting)),
      ...page(addresses.definitions(language), definitionsPage(setting)),
      ...material.province.agencies.flatMap(({ id }) => page(addresses.agency(id, language), agencyPage(id, setting))),
      ...embedFiles(embedSources(setting)),
      feedFile(material, language),
    ];
  });
}
