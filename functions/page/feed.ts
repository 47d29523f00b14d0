import type { Class } from "#shared/domain/statistics/comparison.ts";
import { closesOn } from "#shared/domain/statistics/period.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "./addresses.ts";
import { escaped } from "./drawings/pen.ts";
import { changedSays, feedTitle, publishedSays } from "./feed-words.ts";
import type { Material, SiteFile, ToldTable } from "./material.ts";

/** So many of the latest changes are told, and all of the newest day; a reader keeps what it has seen. */
const most = 60;

type Entry = {
  /** Names the entry for good, within the province. */
  id: string;
  /** The day that it was published on. */
  date: string;
  title: string;
  summary: string;
  /** The page that says more. */
  page: string;
};

/** The feed (RFC 4287) of what changed: a period published, an agency's class other than four quarters before it ended. */
export function feedFile(material: Material, language: Language): SiteFile {
  const { province, now } = material;
  const site = province.publicUrl.replace(/\/+$/, "");
  const entries = [...published(material, language), ...changed(material, language)]
    .sort((a, b) => b.date.localeCompare(a.date))
    .filter(({ date }, n, [newest]) => n < most || date === newest?.date);
  const tag = (date: string, rest: string) =>
    `tag:${new URL(site).hostname},${date}:${province.id}/${language}/${rest}`;
  const name = escaped(feedTitle(province.name[language], language));
  const self = escaped(`${site}${addresses.feed(language)}`);
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<id>${self}</id>`,
    `<title>${name}</title>`,
    `<updated>${entries[0] ? startOf(entries[0].date) : now}</updated>`,
    `<author><name>${escaped(province.name[language])}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${self}"/>`,
    `<link rel="alternate" type="text/html" hreflang="${language}" href="${escaped(`${site}${addresses.province(language)}`)}"/>`,
    ...entries.map((entry) => entryXml(entry, { id: tag(entry.date, entry.id), site })),
    "</feed>",
  ].join("\n");
  return { path: addresses.feed(language), type: "application/atom+xml; charset=utf-8", body };
}

function entryXml({ date, title, summary, page }: Entry, { id, site }: { id: string; site: string }): string {
  return [
    "<entry>",
    `<id>${escaped(id)}</id>`,
    `<title>${escaped(title)}</title>`,
    `<updated>${startOf(date)}</updated>`,
    `<link rel="alternate" type="text/html" href="${escaped(`${site}${page}`)}"/>`,
    `<summary>${escaped(summary)}</summary>`,
    "</entry>",
  ].join("");
}

/** A day of Tehran, which has been at the same distance from UTC all year since 2022. */
const startOf = (date: string) => `${date}T00:00:00+03:30`;

function published({ closed }: Material, language: Language): Entry[] {
  return closed.map((period) => ({
    id: `${period.kind}/${period.name}`,
    date: period.publishedOn,
    ...publishedSays(period, language),
    page: addresses.province(language),
  }));
}

/** From each four quarters' table to the next that is told. */
function changed({ province, tables }: Material, language: Language): Entry[] {
  const told = tables
    .filter(({ period, table }) => period.kind === "four-quarters" && table === "agency")
    .sort((a, b) => a.period.name.localeCompare(b.period.name));
  return told.slice(1).flatMap(({ period, cells }, n) => {
    const before = classesIn(told[n]?.cells ?? []);
    return [...classesIn(cells)].flatMap(([id, to]) => {
      const [from, agency] = [before.get(id), province.agencies.find((one) => one.id === id)];
      if (!agency || !from || from === to) return [];
      const words = changedSays({ name: agency.name[language], from, to, period }, language);
      const page = addresses.agency(id, language);
      return [{ id: `class/${period.name}/${id}`, date: closesOn(period), ...words, page }];
    });
  });
}

/** Every agency of which there are enough complaints to have one. */
function classesIn(cells: ToldTable["cells"]): Map<string, Class> {
  const classes = cells.map(({ cell, figures }) => [cell.cell, figures.class] as const);
  return new Map(classes.flatMap(([id, one]) => (one === undefined || one === "too-few" ? [] : [[id, one] as const])));
}
