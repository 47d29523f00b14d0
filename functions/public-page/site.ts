import { startOfDay } from "#shared/hours/office-clock.ts";
import type { Language } from "#shared/vocabulary.ts";
import { textOf } from "#shared/wording/html.ts";
import { type Drawing, escapeXml } from "./drawings/pen.ts";
import { strokesDrawing } from "./drawings/strokes.ts";
import { type EmbedTexts, framedEmbed, getSvgRenderer } from "./embed.ts";
import { agencyPage } from "./html/agency-page.ts";
import { definitionsPage } from "./html/definitions-page.ts";
import type { Assets, PageContext } from "./html/frame.ts";
import { funnelChart } from "./html/funnel.ts";
import { isEmpty, monthsChart } from "./html/months-section.ts";
import { provincePage } from "./html/province-page.ts";
import { strokeWords } from "./html/summary.ts";
import { addresses, type PageData, type SiteFile } from "./model/material.ts";
import { type ProvinceView, provinceView } from "./model/page-views.ts";
import { type SharePictureInput, sharePicture } from "./share-picture.ts";
import { headlineText, roundedNote } from "./words/headline.ts";
import { funnelExplained, labels, monthsExplained } from "./words/labels.ts";
import { feedTitle, type News, newsItems } from "./words/news.ts";
import { periodLong, rangeText } from "./words/numbers-and-dates.ts";

/** The most entries of the feed; all entries of the newest day are in it in any case. Feed readers keep older entries. */
const mostEntries = 60;

/** The Atom feed (RFC 4287): published periods, agencies whose class changed, and steps of issues. */
export function feedFile(material: PageData, language: Language): SiteFile {
  const { province, now } = material;
  const { publicUrl: site } = province;
  const entries = newsItems(material, language).filter(
    ({ date }, n, [newest]) => n < mostEntries || date === newest?.date,
  );
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

/** A text as somebody wrote it. Its direction changes nothing outside it. */
const isolated = (text: string) => `\u2068${text}\u2069`;

function entryXml({ date, title, subject, summary, page }: News, { id, site }: { id: string; site: string }): string {
  return [
    "<entry>",
    `<id>${escapeXml(id)}</id>`,
    `<title>${escapeXml(subject === undefined ? title : `${title}: ${isolated(subject)}`)}</title>`,
    `<updated>${startOfDay(date)}</updated>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(`${site}${page}`)}"/>`,
    `<summary>${escapeXml(summary)}</summary>`,
    "</entry>",
  ].join("");
}

/** A chart that other sites may show. `name`: its name in the address, such as `months` or `funnel-banks`. */
type Chart = { name: string; drawing: Drawing; title: string; asOf: string; note: string };

/** All drawings that other sites and messengers may show, in one language. `source`: the address of the province's page. */
type EmbedSources = {
  language: Language;
  source: string;
  summary?: SharePictureInput | undefined;
  charts: Chart[];
};

/** SVG files of the summary and of the charts, and a PNG of the summary. A file is drawn when its `body` is called. */
export function embedFiles({ language, source, summary, charts }: EmbedSources): SiteFile[] {
  return [
    ...(summary ? [summaryEmbed(summary), pictureOf(summary)] : []),
    ...charts.map(({ name, drawing, title, asOf, note }) =>
      embedFile(name, { drawing, texts: { title, date: asOf, source, note, language } }),
    ),
  ];
}

function summaryEmbed({ language, name, headline, strokes, asOf, address, note }: SharePictureInput): SiteFile {
  const drawing = strokesDrawing(strokes.drawn, { language, width: 1100, title: headline }, strokes.words);
  return embedFile("glance", {
    drawing,
    texts: { title: `${name}: ${headline}`, date: asOf, source: address, note, language },
  });
}

function embedFile(name: string, { drawing, texts }: { drawing: Drawing; texts: EmbedTexts }): SiteFile {
  return {
    path: addresses.embed(name, texts.language),
    type: "image/svg+xml",
    body: async () => framedEmbed(drawing, texts, await getSvgRenderer()),
    sourceText: JSON.stringify([drawing, texts]),
  };
}

function pictureOf(summary: SharePictureInput): SiteFile {
  return {
    path: addresses.share(summary.language),
    type: "image/png",
    body: async () => sharePicture(summary, await getSvgRenderer()),
    sourceText: JSON.stringify(summary),
  };
}

/** The drawings of the province's page that other sites may show, in the language of the context. */
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

/** The summary of the province as a picture; undefined if no share is published. */
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

/** An address as people write it. */
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

/** All files of the site, in both languages. The same material and assets give the same files. */
export function siteFiles(material: PageData, assets: Assets): SiteFile[] {
  const province = provinceView(material);
  return languages.flatMap((language) => {
    const context = { material, province, assets, language };
    const page = (path: string, body: string | undefined) => (body === undefined ? [] : [{ path, type, body }]);
    return [
      ...page(addresses.province(language), provincePage(context)),
      ...page(addresses.definitions(language), definitionsPage(context)),
      ...material.province.agencies.flatMap(({ id }) => page(addresses.agency(id, language), agencyPage(id, context))),
      ...embedFiles(embedSources(context)),
      feedFile(material, language),
    ];
  });
}
