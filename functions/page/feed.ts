import { startOfDay } from "#shared/domain/time/start-of-day.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "./addresses.ts";
import { escaped } from "./drawings/pen.ts";
import { feedTitle } from "./feed-words.ts";
import type { Material, SiteFile } from "./material.ts";
import { type News, newsOf } from "./news.ts";

/** The feed holds so many of the latest changes, and all of the newest day; a reader keeps what it has seen. */
const most = 60;

/** The feed (RFC 4287) of what changed. */
export function feedFile(material: Material, language: Language): SiteFile {
  const { province, now } = material;
  const { publicUrl: site } = province;
  const entries = newsOf(material, language).filter(({ date }, n, [newest]) => n < most || date === newest?.date);
  const tag = (date: string, rest: string) =>
    `tag:${new URL(site).hostname},${date}:${province.id}/${language}/${rest}`;
  const name = escaped(feedTitle(province.name[language], language));
  const self = escaped(`${site}${addresses.feed(language)}`);
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<id>${self}</id>`,
    `<title>${name}</title>`,
    `<updated>${entries[0] ? startOfDay(entries[0].date) : now}</updated>`,
    `<author><name>${escaped(province.name[language])}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${self}"/>`,
    `<link rel="alternate" type="text/html" hreflang="${language}" href="${escaped(`${site}${addresses.province(language)}`)}"/>`,
    ...entries.map((entry) => entryXml(entry, { id: tag(entry.date, entry.id), site })),
    "</feed>",
  ].join("\n");
  return { path: addresses.feed(language), type: "application/atom+xml; charset=utf-8", body };
}

function entryXml({ date, title, summary, page }: News, { id, site }: { id: string; site: string }): string {
  return [
    "<entry>",
    `<id>${escaped(id)}</id>`,
    `<title>${escaped(title)}</title>`,
    `<updated>${startOfDay(date)}</updated>`,
    `<link rel="alternate" type="text/html" href="${escaped(`${site}${page}`)}"/>`,
    `<summary>${escaped(summary)}</summary>`,
    "</entry>",
  ].join("");
}
